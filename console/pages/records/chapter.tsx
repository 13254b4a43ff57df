import { Anchor, Box, Group, Stack, Text, VisuallyHidden } from '@mantine/core'
import {
  IconArchive,
  IconArrowsRightLeft,
  IconBolt,
  IconMail,
  IconMessage,
  IconNote,
  IconPencil,
  IconPhone,
  IconPlus,
  IconTag,
  IconTrash,
  IconUser,
  IconWorld,
} from '@tabler/icons-react'
import { Fragment, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { type Catalogue, findEventType, type KnownField } from '../../data/catalogue.ts'
import type { Delivery } from '../../data/deliveries.ts'
import type { CrmEvent } from '../../data/events.ts'
import type { Webhook } from '../../data/webhooks.ts'
import { EventName } from '../../parts/event-name.tsx'
import { type RecordNames, RecordValue } from '../../parts/record/value.tsx'
import { StatusBadge } from '../../parts/status-badge.tsx'
import { Time } from '../../parts/time.tsx'
import { ActivityData } from './activity-data.tsx'
import { type Chapter, changesOf } from './story.ts'

const icons: Record<string, typeof IconBolt> = {
  created: IconPlus,
  updated: IconPencil,
  deleted: IconTrash,
  stage_changed: IconArrowsRightLeft,
  reassigned: IconUser,
  tagged: IconTag,
  untagged: IconTag,
  archived: IconArchive,
  discarded: IconArchive,
  note_added: IconNote,
  follow_up_logged: IconNote,
  email_received: IconMail,
  email_sent: IconMail,
  email_opened: IconMail,
  call_received: IconPhone,
  chat_message_received: IconMessage,
  site_visited: IconWorld,
  link_clicked: IconWorld,
}

/** The sign of its first event; a bolt for all that have none of their own. */
export function chapterIcon({ events }: Chapter, catalogue: Catalogue): ReactNode {
  const action = findEventType(catalogue, events[0]?.type ?? '')?.action ?? ''
  const Icon = icons[action] ?? IconBolt
  return <Icon size={14} stroke={1.8} aria-hidden />
}

/** What its events are called; each leads to its page. */
export function ChapterTitle({ chapter: { events } }: { chapter: Chapter }) {
  return (
    <Text component="span" size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
      {events.map((event, index) => (
        <Fragment key={event.id}>
          {index > 0 && ' · '}
          <Anchor component={Link} to={`/events/${event.id}`} inherit c="bright">
            <EventName type={event.type} />
          </Anchor>
        </Fragment>
      ))}
    </Text>
  )
}

interface BodyProps {
  chapter: Chapter
  fields: KnownField[]
  names: RecordNames
  deliveries: Delivery[]
  /** null until they are known. */
  webhooks: Webhook[] | undefined
}

export function ChapterBody({ chapter, fields, names, deliveries, webhooks }: BodyProps) {
  const { t } = useTranslation('pipelines')
  const [first] = chapter.events
  if (!first) return null
  const { kind } = first.record
  // What people do here is no matter of the API to them.
  const cause = ({ actor, source }: CrmEvent) =>
    source === 'ui' && actor.kind === 'api'
      ? t('actor.console')
      : [t(`actor.${actor.kind}`), ...(source === 'api' || source === 'ui' ? [] : [source])].join(' · ')
  const changes = first.type.endsWith('.created') ? [] : changesOf(chapter, fields)
  return (
    <Stack gap={6} mt={2}>
      <Text size="xs" c="dimmed">
        <Time at={chapter.at} show="moment" /> · <Time at={chapter.at} /> · {cause(first)}
      </Text>
      {changes.length > 0 && (
        <Stack gap={2} component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
          {changes.map(({ field, before, after, pipelineBefore, pipelineAfter }) => (
            <Text key={field.name} component="li" size="sm" style={{ overflowWrap: 'anywhere' }}>
              <Text span inherit c="dimmed">
                {field.title}:
              </Text>{' '}
              <RecordValue
                value={before}
                field={field}
                kind={kind}
                pipelineId={pipelineBefore}
                names={names}
              />
              <span aria-hidden> → </span>
              <VisuallyHidden> {t('timeline.to')} </VisuallyHidden>
              <RecordValue value={after} field={field} kind={kind} pipelineId={pipelineAfter} names={names} />
            </Text>
          ))}
        </Stack>
      )}
      <ActivityData event={first} names={names} />
      {deliveries.length > 0 && (
        <Stack gap={4} component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
          {deliveries.map((delivery) => (
            <SentLine
              key={delivery.id}
              delivery={delivery}
              name={webhooks?.find(({ id }) => id === delivery.webhook_id)?.name}
            />
          ))}
        </Stack>
      )}
      <Box>
        <Anchor component={Link} to={`/events/${first.id}`} size="xs">
          {t('timeline.why')}
        </Anchor>
      </Box>
    </Stack>
  )
}

/** A webhook that fired, and what became of it. */
function SentLine({ delivery, name }: { delivery: Delivery; name: string | undefined }) {
  const { t } = useTranslation('pipelines')
  const { id, webhook_id, state, last_status_code, purpose } = delivery
  return (
    <Group component="li" gap="xs" justify="space-between" wrap="nowrap">
      <Anchor component={Link} to={`/history/${id}`} size="sm" style={{ overflowWrap: 'anywhere' }}>
        {name ?? webhook_id}
        {purpose !== 'event' && ` (${t(`timeline.${purpose}`)})`}
      </Anchor>
      <Group gap={6} wrap="nowrap" style={{ flexShrink: 0 }}>
        {last_status_code !== null && (
          <Text size="xs" c="dimmed" ff="monospace">
            {last_status_code}
          </Text>
        )}
        <StatusBadge status={state} />
      </Group>
    </Group>
  )
}
