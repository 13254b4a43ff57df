import { Anchor, Group, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { type CrmEvent, lastEvents } from '../../data/events.ts'
import { type LiveAttempt, type LiveEvent, useLive } from '../../data/live.ts'
import type { Webhook } from '../../data/webhooks.ts'
import { recordTitle } from '../../parts/change-table/fields.ts'
import { noAnswerText } from '../../parts/delivery/row-text.ts'
import { EventName } from '../../parts/event-name.tsx'
import { StatusBadge } from '../../parts/status-badge.tsx'
import { Time } from '../../parts/time.tsx'

const keptMax = 12

type Row =
  { kind: 'event'; at: string; event: LiveEvent } | { kind: 'attempt'; at: string; attempt: LiveAttempt }

/** An event of the list as it would have been told. */
const liveForm = (event: CrmEvent): LiveEvent => ({
  ...event,
  record: { ...event.record, name: recordTitle(event) },
})

/** What happened last, and what happens, as it happens. */
export function LiveFeed({ webhooks }: { webhooks: Webhook[] }) {
  const { t } = useTranslation('overview')
  const { t: ofHistory } = useTranslation('history')
  const [rows, setRows] = useState<Row[]>([])
  const add = (row: Row) => setRows((known) => [row, ...known].slice(0, keptMax))
  useLive({
    event: (event) => add({ kind: 'event', at: event.received_at, event }),
    attempt: (attempt) => add({ kind: 'attempt', at: attempt.started_at, attempt }),
  })
  const webhookName = (id: string) => webhooks.find((webhook) => webhook.id === id)?.name
  // The server's own events are about webhooks.
  const titleOf = ({ kind, id, name }: LiveEvent['record']) =>
    name ?? (kind === 'webhook' ? webhookName(id) : null) ?? id
  const last = useQuery(lastEvents(keptMax))
  const known = new Set(rows.map((row) => (row.kind === 'event' ? row.event.id : '')))
  const before = (last.data ?? []).filter(({ id }) => !known.has(id))
  const shown = [
    ...rows,
    ...before.map((event): Row => ({ kind: 'event', at: event.received_at, event: liveForm(event) })),
  ].slice(0, keptMax)
  if (shown.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('live.none')}
      </Text>
    )
  }
  return (
    <Stack gap="xs" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
      {shown.map((row) => (
        <Group
          key={row.kind === 'event' ? row.event.id : row.attempt.id}
          component="li"
          justify="space-between"
          wrap="nowrap"
          align="baseline"
        >
          {row.kind === 'event' ? (
            <Text size="sm" style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
              <Anchor component={Link} to={`/events/${row.event.id}`}>
                <EventName type={row.event.type} />
              </Anchor>{' '}
              <Text span inherit c="dimmed">
                {titleOf(row.event.record)}
              </Text>
            </Text>
          ) : (
            <Group gap="xs" style={{ minWidth: 0 }}>
              <StatusBadge status={row.attempt.outcome} />
              <Anchor
                component={Link}
                size="sm"
                to={`/history/${row.attempt.delivery_id}`}
                style={{ overflowWrap: 'anywhere' }}
              >
                {webhookName(row.attempt.webhook_id) ?? row.attempt.webhook_id}
              </Anchor>
              <Text size="xs" c="dimmed">
                {row.attempt.status_code ??
                  noAnswerText({ last_status_code: null, last_attempt: row.attempt }, ofHistory)}
              </Text>
            </Group>
          )}
          <Time at={row.at} size="xs" c="dimmed" style={{ flexShrink: 0 }} />
        </Group>
      ))}
    </Stack>
  )
}
