import { Anchor, Button, CloseButton, Group, Loader, Paper, Stack, Text } from '@mantine/core'
import { useQueries, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { type Delivery, eventDeliveries, isSettled } from '../../data/deliveries.ts'
import { decisionsQuery } from '../../data/events.ts'
import { useLive } from '../../data/live.ts'
import type { Stage } from '../../data/pipelines.ts'
import { type CrmRecord, recordName } from '../../data/records.ts'
import { EventName } from '../../parts/event-name.tsx'
import { StageBadge } from '../../parts/stage/badge.tsx'
import { StatusBadge } from '../../parts/status-badge.tsx'
import classes from './board.module.css'

/** A record that was moved here, and the events that the write yielded. */
export interface Move {
  /** As it was before. */
  record: CrmRecord
  to: Stage
  events: { id: string; type: string }[]
  at: number
}

interface Props {
  moves: Move[]
  onForget: (move: Move) => void
  onUndo: (move: Move) => void
}

const shownMs = 12_000

/** What the last moves set off: which webhooks fired, and what became of it so far. */
export function Outcomes({ moves, ...rest }: Props) {
  return (
    <div className={classes.outcomes} role="status">
      {moves.map((move) => (
        <Outcome key={move.record.id} move={move} {...rest} />
      ))}
    </div>
  )
}

function Outcome({ move, onForget, onUndo }: Omit<Props, 'moves'> & { move: Move }) {
  const { t } = useTranslation(['pipelines', 'common'])
  const { record, to, events } = move
  const [held, setHeld] = useState(false)
  useEffect(() => {
    if (held) return
    const timer = setTimeout(() => onForget(move), shownMs)
    return () => clearTimeout(timer)
  }, [held, move, onForget])

  const { fired, known } = useFired(events)
  const first = events[0]
  return (
    <Paper
      withBorder
      shadow="lg"
      p="sm"
      radius="md"
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap="xs">
        <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
          {t('outcome.moved', { name: recordName(record) })} <StageBadge stage={to} fw={600} />
        </Text>
        <CloseButton size="sm" aria-label={t('common:close')} onClick={() => onForget(move)} />
      </Group>
      <Text size="sm" c="dimmed" mt={2} component="div">
        {!known ? (
          <Loader type="dots" size="xs" />
        ) : (
          t('outcome.fired', { count: new Set(fired.map(({ webhook_id }) => webhook_id)).size })
        )}
      </Text>
      <Stack gap={4} mt={fired.length > 0 ? 6 : 0}>
        {fired.map(({ webhook_id, webhook_name, delivery_id, delivery, type }) => (
          <Group key={delivery_id ?? webhook_id} gap="xs" justify="space-between" wrap="nowrap">
            <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
              <Anchor
                component={Link}
                to={delivery_id ? `/history/${delivery_id}` : `/webhooks/${webhook_id}`}
                inherit
              >
                {webhook_name}
              </Anchor>{' '}
              <Text span size="xs" c="dimmed">
                <EventName type={type} />
              </Text>
            </Text>
            <Group gap={6} wrap="nowrap" style={{ flexShrink: 0 }}>
              {delivery?.last_status_code && (
                <Text size="xs" c="dimmed" ff="monospace">
                  {delivery.last_status_code}
                </Text>
              )}
              <StatusBadge status={delivery?.state ?? 'pending'} />
            </Group>
          </Group>
        ))}
      </Stack>
      <Group gap="xs" mt="xs">
        {first && (
          <Button component={Link} to={`/events/${first.id}`} size="compact-xs" variant="light">
            {t('outcome.why')}
          </Button>
        )}
        <Button size="compact-xs" variant="default" onClick={() => onUndo(move)}>
          {t('common:undo')}
        </Button>
      </Group>
    </Paper>
  )
}

/** The webhooks that fired for any of these events, each with its delivery as it is now. */
function useFired(events: Move['events']) {
  const client = useQueryClient()
  const decisions = useQueries({ queries: events.map(({ id }) => decisionsQuery(id)) })
  const deliveries = useQueries({
    queries: events.map(({ id }) => ({
      ...eventDeliveries(id),
      // In case the live message is lost.
      refetchInterval: ({ state }: { state: { data: Delivery[] | undefined } }) =>
        state.data?.every(isSettled) ? false : 3000,
    })),
  })
  useLive({
    attempt({ event_id }) {
      if (events.some(({ id }) => id === event_id))
        void client.invalidateQueries({ queryKey: eventDeliveries(event_id).queryKey })
    },
  })
  const sent = deliveries.flatMap(({ data }) => data ?? [])
  return {
    known: decisions.every(({ isSuccess }) => isSuccess),
    fired: decisions.flatMap(({ data = [] }, index) =>
      data
        .filter(({ verdict }) => verdict === 'fired')
        .map((decision) => ({
          ...decision,
          type: events[index]?.type ?? '',
          delivery: sent.find(({ id }) => id === decision.delivery_id),
        })),
    ),
  }
}
