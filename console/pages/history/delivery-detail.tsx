import { Alert, Anchor, Group, Skeleton, Stack, Text, Title } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { IconMapOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ApiProblem } from '../../data/client.ts'
import { type DeliveryWithAttempts, deliveryQuery, isSettled } from '../../data/deliveries.ts'
import { eventQuery } from '../../data/events.ts'
import { useLive } from '../../data/live.ts'
import { type Webhook, webhookQuery } from '../../data/webhooks.ts'
import { AttemptTimeline } from '../../parts/attempt-timeline.tsx'
import { CopyButton } from '../../parts/copy-button.tsx'
import { DeliveryFacts } from '../../parts/delivery/facts.tsx'
import { knownReason } from '../../parts/delivery/state.tsx'
import { Empty } from '../../parts/empty.tsx'
import { EventName } from '../../parts/event-name.tsx'
import { EventSentence } from '../../parts/event-sentence.tsx'
import { ProblemAlert } from '../../parts/problem/alert.tsx'
import { StatusBadge } from '../../parts/status-badge.tsx'
import { Time } from '../../parts/time.tsx'
import { madeAddress } from '../replays/made-address.ts'
import { DeliveryActions } from './delivery-actions.tsx'
import { NextStepBox } from './next-step-box.tsx'
import { OtherDeliveries } from './other-deliveries.tsx'
import { RecordLabel } from './record-label.tsx'
import { SentAgainBox } from './sent-again-box.tsx'
import { useWebhookName } from './use-webhook-name.ts'

const isGone = (error: Error | null) => error instanceof ApiProblem && error.status === 404

interface Props {
  id: string
  onOpen: (id: string) => void
}

/** One delivery: what it is for, how it stands, what happens next, and every attempt. */
export function DeliveryDetail({ id, onOpen }: Props) {
  const { t } = useTranslation(['history', 'common'])
  const client = useQueryClient()
  const {
    data: delivery,
    error,
    refetch,
  } = useQuery({
    ...deliveryQuery(id),
    // What is waiting is canceled, expires or is put off without an attempt that would tell.
    refetchInterval: ({ state }) => (state.data && isSettled(state.data) ? false : 10_000),
  })
  const webhook = useQuery({
    ...webhookQuery(delivery?.webhook_id ?? ''),
    enabled: delivery !== undefined,
    retry: false,
  })
  const reread = () => void client.invalidateQueries({ queryKey: deliveryQuery(id).queryKey })
  useLive({
    attempt(attempt) {
      // Also one at a later delivery of the same event: this one was sent again.
      if (attempt.event_id === delivery?.event_id && attempt.webhook_id === delivery.webhook_id) reread()
    },
    missed: reread,
  })

  if (isGone(error)) {
    return (
      <Empty icon={IconMapOff} title={t('detail.gone')}>
        {t('detail.goneAbout')}
      </Empty>
    )
  }
  if (error && !delivery) return <ProblemAlert problem={error} retry={() => void refetch()} />
  if (!delivery || webhook.isPending) {
    return (
      <Stack role="status" aria-label={t('common:loading')}>
        <Skeleton height={28} width="60%" />
        <Skeleton height={120} />
        <Skeleton height={220} />
      </Stack>
    )
  }
  return <Shown delivery={delivery} webhook={webhook.data ?? null} onOpen={onOpen} />
}

interface ShownProps {
  delivery: DeliveryWithAttempts
  /** null where it was deleted, or cannot be read. */
  webhook: Webhook | null
  onOpen: (id: string) => void
}

function Shown({ delivery, webhook, onOpen }: ShownProps) {
  const { t } = useTranslation('history')
  const { state, attempts, event_id } = delivery
  const reason = knownReason(delivery.reason)
  return (
    <Stack gap="lg">
      <Group gap="sm" justify="space-between">
        <Group gap="xs">
          <StatusBadge status={state} />
          {isSettled(delivery) && (
            <Text size="sm">{reason === null ? t(`stateAbout.${state}`) : t(`reasonAbout.${reason}`)}</Text>
          )}
        </Group>
        <DeliveryActions delivery={delivery} webhook={webhook} onOpen={onOpen} />
      </Group>
      {delivery.sent_again && <SentAgainBox again={delivery.sent_again} onOpen={onOpen} />}
      <NextStepBox delivery={delivery} webhook={webhook} />
      <About delivery={delivery} webhook={webhook} onOpen={onOpen} />
      <section aria-label={t('attempt.title')}>
        <Title order={3} size="h4" mb="sm">
          {t('attempt.title')}
        </Title>
        {attempts.length > 0 ? (
          <AttemptTimeline attempts={attempts} version={webhook?.version ?? null} />
        ) : (
          <Text size="sm" c="dimmed">
            {isSettled(delivery) ? t('attempt.never') : t('attempt.notYet')}
          </Text>
        )}
      </section>
      <OtherDeliveries eventId={event_id} id={delivery.id} onOpen={onOpen} />
    </Stack>
  )
}

function About({ delivery, webhook, onOpen }: ShownProps) {
  const { t } = useTranslation('history')
  const {
    id,
    webhook_id,
    event_id,
    event_type,
    record,
    created_at,
    replay_of,
    replay_attempt_id,
    replay_id,
  } = delivery
  const webhookName = useWebhookName()
  const event = useQuery({ ...eventQuery(event_id), retry: false })
  const facts = [
    {
      title: t('detail.event'),
      value: (
        <>
          <Anchor component={Link} to={`/events/${event_id}`} inherit fw={600}>
            <EventName type={event_type} />
          </Anchor>
          {event.data && (
            <Text size="sm" c="dimmed">
              <EventSentence event={event.data} bare />
            </Text>
          )}
          {isGone(event.error) && (
            <Text size="sm" c="dimmed">
              {t('detail.eventGone')}
            </Text>
          )}
        </>
      ),
    },
    {
      title: t('detail.webhook'),
      value: webhook ? (
        <Group gap="xs">
          <Anchor component={Link} to={`/webhooks/${webhook_id}`} inherit>
            {webhook.name}
          </Anchor>
          {webhook.status !== 'active' && <StatusBadge status={webhook.status} />}
        </Group>
      ) : (
        t('list.deletedWebhook')
      ),
    },
    {
      title: t('detail.record'),
      value:
        record.kind === 'webhook' || record.kind === 'delivery' ? null : (
          <Anchor component={Link} to={`/records/${record.kind}/${encodeURIComponent(record.id)}`} inherit>
            <RecordLabel record={record} webhookName={webhookName} />
          </Anchor>
        ),
    },
    { title: t('detail.made'), value: <Time at={created_at} show="moment" /> },
    {
      title: t('detail.replayOf'),
      value: replay_of !== null && (
        <Anchor component="button" type="button" inherit ta="left" onClick={() => onOpen(replay_of)}>
          {replay_attempt_id === null ? t('detail.replayRendered') : t('detail.replayBytes')}
        </Anchor>
      ),
    },
    {
      title: t('detail.replayMany'),
      value: replay_id !== null && (
        <Anchor component={Link} to={madeAddress(replay_id)} inherit>
          {t('detail.replayManyAll')}
        </Anchor>
      ),
    },
    {
      title: t('detail.id'),
      value: (
        <Group gap={4} wrap="nowrap">
          <Text span ff="monospace" size="xs" style={{ overflowWrap: 'anywhere' }}>
            {id}
          </Text>
          <CopyButton value={id} />
        </Group>
      ),
    },
  ]
  return (
    <Stack gap="sm">
      <DeliveryFacts facts={facts} />
      {webhook?.status === 'disabled' && (
        <Alert variant="light" color="yellow">
          {t('detail.webhookDisabled')}
        </Alert>
      )}
    </Stack>
  )
}
