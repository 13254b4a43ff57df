import { Anchor, Group, Text } from '@mantine/core'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { findEventType, useCatalogue } from '../../data/catalogue.ts'
import type { CrmEvent, ListedEvent } from '../../data/events.ts'
import { useNames } from '../../data/names.ts'
import { ChangeShort } from '../../parts/change-table/change-table.tsx'
import { changedFields, recordTitle, toldData, toldInShort } from '../../parts/change-table/fields.ts'
import { ToldShort } from '../../parts/change-table/told.tsx'
import { DeliveryMoment } from '../../parts/delivery/moment.tsx'
import { opens, RowSpace } from '../../parts/delivery/row-parts.tsx'
import classes from '../../parts/delivery/rows.module.css'
import { EventName } from '../../parts/event-name.tsx'
import { useFieldNames } from '../../parts/field-name.ts'
import { useVirtualRows } from '../../parts/virtual-rows.ts'
import { FiredSummary } from './fired-summary.tsx'

interface Props {
  events: ListedEvent[]
  onEnd: () => void
}

/** Events in a table; of thousands only those in sight are drawn. */
export function EventTable({ events, onEnd }: Props) {
  const { t } = useTranslation('events')
  const { list, rows, before, after, measure } = useVirtualRows<HTMLTableSectionElement>({
    count: events.length,
    keyOf: (index) => events[index]!.id,
    estimate: 60,
    onEnd,
  })
  return (
    <table className={classes['table']} aria-label={t('list.label')}>
      <colgroup>
        <col style={{ width: 104 }} />
        <col style={{ width: '34%' }} />
        <col />
        <col style={{ width: 176 }} />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">{t('list.time')}</th>
          <th scope="col">{t('list.event')}</th>
          <th scope="col">{t('list.changed')}</th>
          <th scope="col">{t('list.fired')}</th>
        </tr>
      </thead>
      <tbody ref={list}>
        <RowSpace height={before} columns={4} />
        {rows.map(({ index, key }) => (
          <Row key={key} index={index} event={events[index]!} measure={measure} />
        ))}
        <RowSpace height={after} columns={4} />
      </tbody>
    </table>
  )
}

interface RowProps {
  event: ListedEvent
  index: number
  measure: (row: Element | null) => void
}

/** Only the rows that come into sight are drawn, and those of which something became known. */
const Row = memo(function Row({ event, index, measure }: RowProps) {
  const navigate = useNavigate()
  return (
    <tr
      ref={measure}
      data-index={index}
      className={classes['row']}
      onClick={(click) => opens(click) && void navigate(`/events/${event.id}`)}
    >
      <td>
        <DeliveryMoment at={event.received_at} />
      </td>
      <td>
        <Heading event={event} />
      </td>
      <td>
        <InShort event={event} />
      </td>
      <td>
        <FiredSummary event={event} />
      </td>
    </tr>
  )
})

/** The same for narrow screens: a card for each. */
export function EventCards({ events, onEnd }: Props) {
  const { list, rows, before, after, measure } = useVirtualRows<HTMLDivElement>({
    count: events.length,
    keyOf: (index) => events[index]!.id,
    estimate: 120,
    onEnd,
  })
  return (
    <div ref={list} role="list" style={{ paddingTop: before, paddingBottom: after }}>
      {rows.map(({ index, key }) => (
        <EventCard key={key} index={index} event={events[index]!} measure={measure} />
      ))}
    </div>
  )
}

const EventCard = memo(function EventCard({ event, index, measure }: RowProps) {
  const { t } = useTranslation('events')
  return (
    <div ref={measure} role="listitem" data-index={index} className={`${classes['card']} ${classes['row']}`}>
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap="sm">
        <div style={{ minWidth: 0 }}>
          <Heading event={event} />
        </div>
        <div style={{ textAlign: 'right', flexShrink: 0 }}>
          <DeliveryMoment at={event.received_at} />
        </div>
      </Group>
      <div style={{ marginTop: 4 }}>
        <InShort event={event} />
      </div>
      <Group gap={6} mt={4} align="baseline">
        <Text size="xs" c="dimmed">
          {t('list.firedLabel')}
        </Text>
        <FiredSummary event={event} />
      </Group>
    </div>
  )
})

function Heading({ event }: { event: CrmEvent }) {
  return (
    <>
      <Anchor component={Link} to={`/events/${event.id}`} size="sm" className={classes['link'] ?? ''}>
        <EventName type={event.type} />
      </Anchor>
      <Text size="xs" c="dimmed">
        {recordTitle(event)}
      </Text>
    </>
  )
}

/** What changed, or what the event tells, in two lines. */
function InShort({ event }: { event: CrmEvent }) {
  const catalogue = useCatalogue()
  const kind = catalogue.kinds.find(({ name }) => name === event.record.kind)
  const { nameOf: titleOf } = useFieldNames([event.record.kind])
  const nameOf = useNames([event.record.kind])
  const told = toldData(event, findEventType(catalogue, event.type))
  if (told.length > 0)
    return <ToldShort told={toldInShort(event, told)} titleOf={(name) => titleOf(`data.${name}`)} />
  return <ChangeShort changed={changedFields(event, kind)} nameOf={nameOf} />
}
