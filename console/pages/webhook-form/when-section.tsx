import { Alert, List, SegmentedControl, Stack, Text } from '@mantine/core'
import { IconBolt, IconInfoCircle } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useCatalogue } from '../../data/catalogue.ts'
import { allPipelines } from '../../data/pipelines.ts'
import type { ScopeEntry, WebhookSettings } from '../../data/webhooks.ts'
import { EventPicker } from '../../parts/event-picker/event-picker.tsx'
import { useEventOptions } from '../../parts/event-picker/use-event-options.ts'
import { StagePicker } from '../../parts/stage-picker/stage-picker.tsx'
import { AskMark } from './asks.tsx'
import classes from './form.module.css'
import { useWebhookForm } from './form-state.ts'
import { Fields, Section, Warning } from './section.tsx'
import { patternMeans, subscribedTypes } from './subscribed.ts'
import { useField, useProblemIn } from './use-field.ts'
import { whenText } from './when-text.ts'

/** What must happen, and where the record must stand. */
export function WhenSection() {
  const { t } = useTranslation('form')
  const { draft, readOnly } = useWebhookForm()
  const events = useField<string[]>('events')
  const problem = useProblemIn('events')
  return (
    <Section icon={IconBolt} title={t('section.when.title')} about={t('section.when.about')}>
      <Fields>
        <Stack gap="lg">
          <div>
            <EventPicker
              label={t('field.events')}
              description={<AskMark path="events" />}
              value={events.value}
              onChange={events.set}
              disabled={readOnly}
              data-field="events"
              error={problem}
            />
            <EventsAbout events={draft.events} />
          </div>
          <Stages />
          <Says />
        </Stack>
      </Fields>
    </Section>
  )
}

/** What a single event means; of several the list tells it. */
function EventsAbout({ events }: { events: string[] }) {
  const options = useEventOptions()
  const [only, ...more] = events
  const about = options.find(({ value }) => value === only)?.description
  if (!about || more.length > 0) return null
  return (
    <Text size="xs" c="dimmed" mt={4}>
      {about}
    </Text>
  )
}

/** Shown where one of the events is about records that stand on stages. */
function Stages() {
  const { t } = useTranslation('form')
  const { draft, set, asks, readOnly } = useWebhookForm()
  const catalogue = useCatalogue()
  const { data: pipelines } = useSuspenseQuery(allPipelines)
  const problem = useProblemIn('scope')
  const entering = useField<WebhookSettings['entering']>('entering')
  const types = subscribedTypes({ ...draft, entering: 'moved' }, catalogue)
  const kinds = catalogue.kinds.filter(({ name }) => types.some(({ kind }) => kind === name))
  const staged = kinds.filter(({ capabilities }) => capabilities.includes('staged')).map(({ name }) => name)
  const periodic = kinds.some(({ capabilities }) => capabilities.includes('periodic'))
  const moves = draft.events.some((event) =>
    types.some((type) => type.action === 'stage_changed' && patternMeans(event, type)),
  )
  if (staged.length === 0 && draft.scope.length === 0) return null
  const needed = asks.some(({ path, required }) => path === 'scope' && required)

  const change = (scope: ScopeEntry[]) => {
    set('scope', scope)
    // Without a place nothing is entered; where the preset needs one, its choice waits for it.
    if (scope.length === 0 && !needed) set('entering', 'moved')
  }
  return (
    <div>
      <StagePicker
        label={t('field.scope')}
        description={<AskMark path="scope">{t('stages.about')}</AskMark>}
        pipelines={pipelines.filter(({ kind }) => staged.includes(kind))}
        periodic={periodic && staged.length > 0}
        value={draft.scope}
        onChange={change}
        disabled={readOnly}
        data-field="scope"
        error={problem}
      />
      {draft.scope.length > 0 && (moves || draft.entering !== 'moved') && (
        <div data-field="entering">
          <Text size="sm" fw={500} mt="md" mb={4} id="entering">
            {t('field.entering')}
          </Text>
          <SegmentedControl
            aria-labelledby="entering"
            className={classes.segments}
            value={entering.value}
            disabled={readOnly}
            onChange={(picked) => entering.set(picked as WebhookSettings['entering'])}
            data={(['moved', 'created', 'moved_or_created'] as const).map((value) => ({
              value,
              label: t(`entering.${value}`),
            }))}
          />
          {entering.input.error && (
            <Text size="xs" c="var(--mantine-color-error)" role="alert" mt={4}>
              {entering.input.error}
            </Text>
          )}
          <Warning path="entering" />
        </div>
      )}
    </div>
  )
}

/** The result in words, so that nobody has to work it out. */
function Says() {
  const { t, i18n } = useTranslation('form')
  const { draft } = useWebhookForm()
  const catalogue = useCatalogue()
  const { data: pipelines } = useSuspenseQuery(allPipelines)
  const options = useEventOptions()
  const titleOf = (event: string) => options.find(({ value }) => value === event)?.title ?? event
  const { clauses, never } = whenText(draft, { t, language: i18n.language, catalogue, pipelines, titleOf })
  if (clauses.length === 0 && never.length === 0) return null
  return (
    <Stack gap="xs" aria-live="polite">
      {clauses.length > 0 && (
        <div className={classes.says}>
          <Text span inherit fw={600}>
            {t('when.fires')}
          </Text>
          {clauses.length === 1 ? (
            ` ${clauses[0]}`
          ) : (
            <List size="sm" mt={2} withPadding={false} ps={18}>
              {clauses.map((clause) => (
                <List.Item key={clause}>{clause}</List.Item>
              ))}
            </List>
          )}
        </div>
      )}
      {never.length > 0 && (
        <Alert color="yellow" variant="light" p="xs" icon={<IconInfoCircle />}>
          {t('when.never', { kinds: new Intl.ListFormat(i18n.language).format(never) })}
        </Alert>
      )}
    </Stack>
  )
}
