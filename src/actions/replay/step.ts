import type { Delivery, Replay, Webhook } from '../../model/index.ts'
import type { PastReplay, ReplayItem, ReplayStretch, Store, Transaction } from '../../store/store.ts'
import { newReplayDelivery } from './replays.ts'

/** Items of one step: some milliseconds of the store's time. */
const stepMax = 500
/** Above it a replay says only how many it has found so far: counting must not hold up other reads. */
const countMax = 100_000
/** How much of a delay a paced replay makes up for; behind a longer one it goes on as if it began now. */
const catchUpMs = 1000

/**
 * Does a running replay's next step: reads what comes behind its cursor, and makes the deliveries and moves the cursor in one
 * transaction, at most `room` of them. Reading is outside, since what a replay goes over does not change. Answers the replay
 * as it is then, or null where it is not running any more or another process was faster.
 */
export async function stepReplay(
  store: Pick<Store, 'replays' | 'transaction'>,
  replay: Replay,
  { now, room }: { now: number; room: number },
): Promise<Replay | null> {
  const total = replay.total ?? (await store.replays.count(replay, countMax))
  const stretch = await store.replays.stretch(replay, Math.min(stepMax, room, replay.pace_per_s ?? stepMax))
  return store.transaction(async (tx) => {
    const locked = await tx.replays.lock(replay.id)
    if (!locked || locked.cursor !== replay.cursor) return null
    const startAt = Math.max(locked.next_at, now - catchUpMs)
    const intervalMs = locked.pace_per_s === null ? 0 : 1000 / locked.pace_per_s
    const made = await deliveriesOf(tx, locked, stretch.items, { now, startAt, intervalMs })
    await write(tx, locked, made)
    const moved = moveOn(locked, stretch, made.length, total)
    const next_at = locked.pace_per_s === null ? now : Math.ceil(startAt + made.length * intervalMs)
    const after = { ...moved, next_at, updated_at: now }
    await tx.replays.update(after)
    return after
  })
}

interface Made {
  item: ReplayItem
  delivery: Delivery
}

async function deliveriesOf(
  tx: Transaction,
  replay: Replay,
  items: readonly ReplayItem[],
  { now, startAt, intervalMs }: { now: number; startAt: number; intervalMs: number },
): Promise<Made[]> {
  const past = await tx.replays.made(replay.account_id, [...new Set(items.map(({ event_id }) => event_id))])
  const webhooks = new Map<string, Webhook | null>()
  // Behind the bound also where this process' clock runs behind the one that started it, or it would find its own work.
  const madeAt = Math.max(now, replay.created_at + 1)
  const made: Made[] = []
  for (const item of items) {
    let webhook = webhooks.get(item.webhook_id)
    if (webhook === undefined) {
      webhook = await tx.webhooks.get(replay.account_id, item.webhook_id)
      webhooks.set(item.webhook_id, webhook)
    }
    const replays = past.get(item.event_id)
    if (!webhook || webhook.status === 'disabled' || !replays || isCovered(replay, item, replays)) continue
    if (replay.mode === 'bytes' && item.attempt_id === null) continue
    const dueAt = Math.floor(replay.pace_per_s === null ? now : startAt + made.length * intervalMs)
    const attemptId = replay.mode === 'bytes' ? item.attempt_id : null
    const of = item.delivery?.id ?? null
    const delivery = newReplayDelivery(item, webhook, {
      of,
      attemptId,
      replayId: replay.id,
      dueAt,
      now: madeAt,
    })
    made.push({ item, delivery })
    // The same event of the same webhook may come again in this very step.
    replays.push(delivery)
  }
  return made
}

/**
 * Whether a replay of the event stands for the item already: one that was made since this replay began, or, where the item
 * did not arrive, a later one that did or is under way. Deliveries that are named are always sent again.
 */
function isCovered(
  { id, selection }: Replay,
  { webhook_id, delivery }: ReplayItem,
  replays: readonly PastReplay[],
): boolean {
  if (selection.of === 'deliveries') return false
  const began = id.slice('rpl'.length)
  return replays.some((replay) => {
    if (replay.webhook_id !== webhook_id) return false
    if (replay.id.slice('dlv'.length) > began) return true
    if (!delivery || delivery.state === 'delivered') return false
    return replay.id > delivery.id && replay.state !== 'dead' && replay.state !== 'canceled'
  })
}

async function write(tx: Transaction, { account_id }: Replay, made: readonly Made[]): Promise<void> {
  if (made.length === 0) return
  await tx.deliveries.insert(made.map(({ delivery }) => delivery))
  const missed = made.filter(({ item }) => item.delivery === null)
  const eventIds = missed.map(({ item }) => item.event_id)
  // Only a replay of one webhook finds missed events.
  if (missed.length > 0) await tx.replays.removeMissed(account_id, missed[0]!.item.webhook_id, eventIds)
}

function moveOn(replay: Replay, { items, cursor, end }: ReplayStretch, made: number, known: number): Replay {
  const created = replay.created + made
  const done = replay.done + items.length
  const state = end ? 'done' : 'running'
  const total = end ? done : Math.max(known, done)
  return { ...replay, state, cursor, total, done, created, skipped: done - created }
}
