import {
  invalid,
  notFound,
  Problem,
  type Delivery,
  type ProblemDetail,
  type Replay,
  type ReplayMode,
  type ReplaySelection,
  type Webhook,
} from '../../model/index.ts'
import { newId } from '../../runtime/ids.ts'
import type { Transaction } from '../../store/store.ts'

/** How many deliveries one request can name. */
export const replayIdsMax = 1000

export interface ReplayScene {
  tx: Transaction
  account_id: string
  now: number
  /** As replays remember it: `token tok_…`. */
  by: string
}

interface NewReplay {
  /** The delivery that is repeated. */
  of: string | null
  attemptId: string | null
  /** null: nobody asked for more than this one. */
  replayId: string | null
  dueAt: number
  now: number
}

/** A new delivery of an event that was sent, or missed, before: with a `webhook-id` of its own and all its retries. */
export function newReplayDelivery(
  {
    event_id,
    event_type,
    record,
    sequence,
  }: Pick<Delivery, 'event_id' | 'event_type' | 'record' | 'sequence'>,
  webhook: Webhook,
  { of, attemptId, replayId, dueAt, now }: NewReplay,
): Delivery {
  return {
    id: newId('dlv', now),
    account_id: webhook.account_id,
    webhook_id: webhook.id,
    event_id,
    event_type,
    record,
    sequence,
    purpose: 'replay',
    state: 'pending',
    reason: null,
    attempts: 0,
    due_at: dueAt,
    expires_at: dueAt + webhook.delivery.expires_s * 1000,
    lease: 0,
    last_status_code: null,
    created_at: now,
    settled_at: null,
    replay_of: of,
    replay_attempt_id: attemptId,
    replay_id: replayId,
  }
}

/**
 * Makes one delivery anew. `attemptId` names what mode `bytes` sends again; without it, the last attempt that has a request.
 * Throws Problems `not_found`, `conflict` where it is not settled or cannot be sent, `invalid` where there is no such attempt.
 */
export async function replayDelivery(
  { tx, account_id, now }: ReplayScene,
  deliveryId: string,
  { mode, attemptId }: { mode: ReplayMode; attemptId: string | undefined },
): Promise<Delivery> {
  const before = await tx.deliveries.get(account_id, deliveryId)
  if (!before) throw notFound('delivery', deliveryId)
  if (before.settled_at === null)
    throw new Problem(
      'conflict',
      `This delivery is ${before.state}: it is not settled yet, so it is sent anyway.`,
    )
  const webhook = await sendable(tx, account_id, before.webhook_id)
  if (!(await tx.events.get(account_id, before.event_id)))
    throw new Problem('conflict', 'The event of this delivery is no longer kept.')
  const attempt = mode === 'bytes' ? await attemptOf(tx, before, attemptId) : null
  const made = { of: before.id, attemptId: attempt, replayId: null, dueAt: now, now }
  const delivery = newReplayDelivery(before, webhook, made)
  await tx.deliveries.insert([delivery])
  return delivery
}

async function attemptOf(
  tx: Transaction,
  { account_id, id }: Delivery,
  attemptId: string | undefined,
): Promise<string> {
  const attempts = await tx.deliveries.attempts(account_id, id)
  const wanted =
    attemptId === undefined
      ? attempts.findLast(({ request }) => request !== null)
      : attempts.find((attempt) => attempt.id === attemptId)
  if (wanted?.request) return wanted.id
  const message =
    attemptId !== undefined && !wanted
      ? `There is no attempt "${attemptId}" of this delivery.`
      : 'No request was sent there that could be repeated. Replay it in mode "render".'
  throw invalid([{ path: 'attempt_id', code: 'nothing_to_repeat', message }])
}

export interface ReplayWish {
  webhook_id: string | null
  selection: ReplaySelection
  mode: ReplayMode
  pace_per_s: number | null
}

/**
 * Starts a replay; the work is done in the background. Throws Problems `not_found` and `conflict` about its webhook, and
 * `invalid` where deliveries that it names cannot be replayed.
 */
export async function startReplay(
  { tx, account_id, now, by }: ReplayScene,
  wish: ReplayWish,
): Promise<Replay> {
  if (wish.webhook_id !== null) await sendable(tx, account_id, wish.webhook_id)
  const { selection } = wish
  const replay: Replay = {
    id: newId('rpl', now),
    account_id,
    ...wish,
    state: 'running',
    made_by: by,
    cursor: null,
    total: selection.of === 'deliveries' ? selection.delivery_ids.length : null,
    done: 0,
    created: 0,
    skipped: 0,
    next_at: now,
    created_at: now,
    updated_at: now,
  }
  if (selection.of === 'deliveries') await checkDeliveries(tx, replay, selection.delivery_ids)
  await tx.replays.insert(replay)
  return replay
}

async function checkDeliveries(tx: Transaction, replay: Replay, ids: readonly string[]): Promise<void> {
  const { items } = await tx.replays.stretch(replay, ids.length)
  const found = new Set(items.map(({ delivery }) => delivery?.id))
  const errors: ProblemDetail[] = []
  for (const [index, id] of ids.entries()) {
    if (found.has(id)) continue
    const delivery = await tx.deliveries.get(replay.account_id, id)
    errors.push({
      path: `delivery_ids[${index}]`,
      code: delivery ? 'not_settled' : 'not_found',
      message: delivery
        ? `The delivery "${id}" is ${delivery.state}: it is not settled yet, so it is sent anyway.`
        : `There is no delivery "${id}" in this account.`,
    })
  }
  if (errors.length > 0) throw invalid(errors)
}

async function sendable(tx: Transaction, accountId: string, webhookId: string): Promise<Webhook> {
  const webhook = await tx.webhooks.get(accountId, webhookId)
  if (!webhook) throw notFound('webhook', webhookId)
  if (webhook.status !== 'disabled') return webhook
  throw new Problem('conflict', 'This webhook is disabled, so nothing of it is sent. Enable it first.')
}
