import { Anchor, Stack, Text } from '@mantine/core'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { findEventType, useCatalogue } from '../../data/catalogue.ts'
import { type CrmEvent, eventQuery, sameWrite } from '../../data/events.ts'
import { useNames } from '../../data/names.ts'
import { changedFields, keptFields, toldData } from '../../parts/change-table/fields.ts'
import { ToldData } from '../../parts/change-table/told.tsx'
import { ChangeTable, Value } from '../../parts/change-table/change-table.tsx'
import { CodeBlock } from '../../parts/code-block.tsx'
import { DeliveryFacts } from '../../parts/delivery/facts.tsx'
import { EventName } from '../../parts/event-name.tsx'
import { EventSentence } from '../../parts/event-sentence.tsx'
import { useFieldNames } from '../../parts/field-name.ts'
import { Page as Frame } from '../../parts/page.tsx'
import { Panel } from '../../parts/panel.tsx'
import { Fold } from './fold.tsx'
import { Origin } from './origin.tsx'
import { Why } from './why.tsx'
import classes from './page.module.css'

/** One event: what happened, what changed, who did it, and what each webhook made of it. */
export function Page() {
  const { t } = useTranslation('events')
  const { id = '' } = useParams()
  const { data: event } = useSuspenseQuery(eventQuery(id))
  const title = findEventType(useCatalogue(), event.type)?.title ?? event.type
  return (
    <Frame
      title={title}
      about={<EventSentence event={event} />}
      trail={[{ title: t('title'), to: '/events' }]}
    >
      <div className={classes['grid']}>
        <div className={classes['changes']}>
          <Changes event={event} />
        </div>
        <div className={classes['why']}>
          <Why event={event} />
        </div>
        <Stack className={classes['facts'] ?? ''} gap="lg">
          <Origin event={event} />
          <SameWrite event={event} />
          <Panel>
            <Fold title={t('detail.json')} order={2}>
              <CodeBlock code={JSON.stringify(event, null, 2)} language="json" label={t('detail.json')} />
            </Fold>
          </Panel>
        </Stack>
      </div>
    </Frame>
  )
}

function Changes({ event }: { event: CrmEvent }) {
  const { t } = useTranslation('events')
  const catalogue = useCatalogue()
  const kind = catalogue.kinds.find(({ name }) => name === event.record.kind)
  const { nameOf: titleOf } = useFieldNames([event.record.kind])
  const nameOf = useNames([event.record.kind])
  const changed = changedFields(event, kind)
  const kept = keptFields(event, kind)
  const told = toldData(event, findEventType(catalogue, event.type))
  const created = changed.length > 0 && changed.every(({ before }) => before === null) && event.sequence === 1
  const title = changed.length === 0 ? t('changes.data') : created ? t('changes.created') : t('changes.title')
  return (
    <Panel title={title}>
      <Stack gap="md">
        {told.length > 0 && (
          <ToldData told={told} titleOf={(name) => titleOf(`data.${name}`)} nameOf={nameOf} />
        )}
        {changed.length > 0 && <ChangeTable changed={changed} created={created} nameOf={nameOf} />}
        {changed.length === 0 && (
          <Text size="sm" c="dimmed">
            {t('changes.nothing')}
          </Text>
        )}
        {kept.length > 0 && (
          <Fold title={t('changes.kept', { count: kept.length })}>
            <DeliveryFacts
              facts={kept.map((field) => ({
                title: field.title,
                value: <Value value={field.value} name={field.valueName} field={field} nameOf={nameOf} />,
              }))}
            />
          </Fold>
        )}
      </Stack>
    </Panel>
  )
}

/** The other events of the same write. */
function SameWrite({ event }: { event: CrmEvent }) {
  const { t } = useTranslation('events')
  const { data = [] } = useQuery(sameWrite(event))
  const others = data.filter(({ id }) => id !== event.id)
  if (others.length === 0) return null
  return (
    <Panel title={t('detail.sameWrite')} about={t('detail.sameWriteAbout')}>
      <Stack gap="xs">
        {others.map((other) => (
          <div key={other.id}>
            <Anchor component={Link} to={`/events/${other.id}`} size="sm" fw={600}>
              <EventName type={other.type} />
            </Anchor>
            <Text size="sm" c="dimmed">
              <EventSentence event={other} />
            </Text>
          </div>
        ))}
      </Stack>
    </Panel>
  )
}
