import { Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { To } from 'react-router'
import type { Delivery } from '../../data/deliveries.ts'
import { SentAgainMark } from './sent-again-mark.tsx'
import { StatusBadge } from '../status-badge.tsx'
import { Time } from '../time.tsx'

const reasons = [
  'rejected',
  'gone',
  'out_of_attempts',
  'expired',
  'webhook_disabled',
  'webhook_deleted',
  'by_user',
  'erased',
] as const
type Reason = (typeof reasons)[number]

/** Why a delivery ended as it did, where the console has a word for it. */
export function knownReason(reason: string | null): Reason | null {
  return reasons.find((known) => known === reason) ?? null
}

interface Props {
  delivery: Pick<Delivery, 'state' | 'reason' | 'due_at' | 'sent_again'>
  /** Where a later delivery of the same event is found; without it none is linked to. */
  addressOf?: (id: string) => To
}

/** A delivery's state, and beneath it why it ended so, when it goes on, or that it was sent again. */
export function DeliveryState({ delivery, addressOf }: Props) {
  const { t } = useTranslation('history')
  const { state, due_at, sent_again } = delivery
  const [shownAt] = useState(() => Date.now())
  const reason = knownReason(delivery.reason)
  // What was never tried is due at once, unless its webhook waits before it sends.
  const goesOn =
    due_at !== null && (state === 'waiting' || (state === 'pending' && Date.parse(due_at) > shownAt))
  return (
    <Stack gap={2} align="flex-start" style={{ flexShrink: 0, maxWidth: '9rem' }}>
      <StatusBadge status={state} />
      {reason !== null && (
        <Text size="xs" c="dimmed">
          {t(`reason.${reason}`)}
        </Text>
      )}
      {goesOn && (
        <Text size="xs" c="dimmed">
          <Time at={due_at} />
        </Text>
      )}
      {sent_again !== null && (
        <SentAgainMark again={sent_again} to={addressOf ? addressOf(sent_again.id) : null} />
      )}
    </Stack>
  )
}
