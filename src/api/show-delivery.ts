import { Type } from 'typebox'
import { type Delivery, deliveryStates, expiresAt, isSettled } from '../model/index.ts'
import { type AttemptSummary, type Reads, refKey, type SentAgain } from '../store/store.ts'
import { nullableInteger, nullableText, nullableTime, time } from './schemas.ts'
import { iso, isoOrNull } from './times.ts'

const lastAttemptShape = Type.Unsafe({
  ...Type.Object({
    id: Type.String(),
    number: Type.Integer({ description: 'As the receiver saw it in `hookline-attempt`.' }),
    outcome: Type.String({ description: '`delivered`, `retry`, `rejected` or `gone`.' }),
    reason: nullableText({ description: 'guard, dns, connect, tls, timeout, reset, status or template.' }),
    started_at: time,
    duration_ms: Type.Integer(),
  }),
  type: ['object', 'null'],
  description: 'In short the attempt that began last, late ones aside; null before the first.',
})

const sentAgainShape = Type.Unsafe({
  ...Type.Object({
    id: Type.String(),
    state: Type.String({ description: deliveryStates.join(', ') }),
    reason: nullableText({ description: 'Why it ended so, where the state does not say it.' }),
    created_at: time,
  }),
  type: ['object', 'null'],
  description:
    'In short the last replay of its event for its webhook that was made after it, alone or with many; null where it was not ' +
    'sent again, or is not settled.',
})

export const deliveryShape = Type.Object({
  id: Type.String({ description: 'The `webhook-id` of every attempt.' }),
  webhook_id: Type.String(),
  event_id: Type.String(),
  event_type: Type.String(),
  record: Type.Object({
    kind: Type.String(),
    id: Type.String(),
    name: nullableText({
      description: 'What the record is called now; null where it has no name, or was erased.',
    }),
  }),
  sequence: Type.Integer(),
  purpose: Type.String({ description: '`event`, `test` or `replay`.' }),
  state: Type.String({ description: deliveryStates.join(', ') }),
  reason: nullableText({ description: 'Why it ended so, where the state does not say it.' }),
  attempt_count: Type.Integer({ description: 'Judged attempts so far.' }),
  due_at: nullableText({ description: 'When it is tried next; null once it is settled.' }),
  expires_at: time,
  last_status_code: nullableInteger({ description: 'Of the last attempt; null where nothing was answered.' }),
  last_attempt: lastAttemptShape,
  created_at: time,
  settled_at: nullableTime,
  replay_of: nullableText({ description: 'Of a replay: the delivery that it repeats.' }),
  replay_attempt_id: nullableText({ description: 'Of a replay byte for byte: the attempt that it repeats.' }),
  replay_id: nullableText({ description: 'The replay of many that made it; null where it was made alone.' }),
  sent_again: sentAgainShape,
})

type Looked = Pick<Reads, 'deliveries' | 'records' | 'webhooks'>

/** Deliveries as they are answered. What their rows do not hold is read for all of them at once. */
export async function showDeliveries(reads: Looked, accountId: string, deliveries: Delivery[], now: number) {
  const records = deliveries.map(({ record }) => record)
  // What is pending was never tried.
  const tried = deliveries.filter(({ state }) => state !== 'pending').map(({ id }) => id)
  const current = await withExpiry(reads.webhooks, accountId, deliveries, now)
  const names = await reads.records.names(accountId, records)
  const attempts = await reads.deliveries.lastAttempts(accountId, tried)
  // What is not settled is still sent for the first time.
  const settled = deliveries.filter(({ state }) => isSettled(state))
  const again = await reads.deliveries.sentAgain(accountId, settled)
  return current.map((delivery) =>
    show(delivery, {
      name: names.get(refKey(delivery.record)) ?? null,
      last: attempts.get(delivery.id),
      again: again.get(delivery.id),
    }),
  )
}

export async function showDelivery(reads: Looked, delivery: Delivery, now: number) {
  const [shown] = await showDeliveries(reads, delivery.account_id, [delivery], now)
  return shown!
}

/** Deliveries with the end of their time as it is now: that of unsettled ones moves on while their webhook is paused. */
async function withExpiry(
  webhooks: Looked['webhooks'],
  accountId: string,
  deliveries: Delivery[],
  now: number,
): Promise<Delivery[]> {
  const unsettled = deliveries.filter(({ state }) => !isSettled(state))
  if (unsettled.length === 0) return deliveries
  const ids = [...new Set(unsettled.map(({ webhook_id }) => webhook_id))]
  const pauses = await webhooks.pauses(accountId, ids)
  return deliveries.map((delivery) =>
    isSettled(delivery.state)
      ? delivery
      : { ...delivery, expires_at: expiresAt(delivery, pauses.get(delivery.webhook_id) ?? [], now) },
  )
}

interface Known {
  name: string | null
  last: AttemptSummary | undefined
  again: SentAgain | undefined
}

function show(delivery: Delivery, { name, last, again }: Known) {
  const {
    account_id: _account,
    lease: _lease,
    record,
    attempts,
    due_at,
    expires_at,
    created_at,
    settled_at,
    ...shown
  } = delivery
  return {
    ...shown,
    record: { ...record, name },
    attempt_count: attempts,
    due_at: isSettled(delivery.state) ? null : iso(due_at),
    expires_at: iso(expires_at),
    last_attempt: last ? { ...last, started_at: iso(last.started_at) } : null,
    created_at: iso(created_at),
    settled_at: isoOrNull(settled_at),
    sent_again: again ? { ...again, created_at: iso(again.created_at) } : null,
  }
}
