import type { CrmEvent, Decision, DecisionReason, Delivery, Webhook } from '../model/index.ts'
import { opensAt } from '../rules/index.ts'
import { newId as idOfNow, type NewId } from '../runtime/ids.ts'
import { lineKey } from '../store/store.ts'
import type { MissedEvent, RecordedEvent, Transaction } from '../store/store.ts'
import type { AccountConfig } from './account-config.ts'
import { decide } from './decide.ts'
import { hasLimits, lockFirings } from './firing-limits.ts'
import type { RateGuard } from './rate-guard.ts'

/** A delivery that was written already leased to this process, with all that sending it needs. */
export interface FreshDelivery {
  delivery: Delivery
  event: CrmEvent
  webhook: Webhook
  config: AccountConfig
}

/** The way from the transaction straight to the sender, past the claim: free slots are taken while writing. */
export interface Handoff {
  /** Takes a slot for a delivery of this webhook; false: it is written as pending, and claimed like any other. */
  reserve(webhook: Webhook, now: number): boolean
  /** Gives slots back whose deliveries were not written after all. */
  release(webhooks: Webhook[]): void
  /** Sends what was written and is durable. */
  send(deliveries: FreshDelivery[]): void
  /** Says that deliveries were written for which there was no slot. */
  nudge(): void
}

/** A lease outlasts the webhook's timeout by this much: time to record the outcome. */
const leaseMarginMs = 5000

export interface EventToRecord {
  event: CrmEvent
  config: AccountConfig
  /** See `RecordedEvent`. */
  previous_id?: string
}

/** What recording is done with, beside its transaction. */
export interface RecordingScene {
  /** null where this process does not send. */
  handoff: Handoff | null
  rateGuard: RateGuard
  /** Collects the webhooks whose slots were taken, so that a rollback can give them back. */
  reserved: Webhook[]
  now: number
  /** Ids of its own, for a `now` that is past; those of the process where it is left out. */
  newId?: NewId
}

export interface Recorded {
  fresh: FreshDelivery[]
  /** Deliveries were written that nobody holds yet and that are due now. */
  pending: boolean
}

interface Firing {
  webhook: Webhook
  decision: Decision
  event: CrmEvent
  config: AccountConfig
}

/**
 * Decides and writes: events with their decisions, and one delivery per firing webhook, as the last writes of the caller's
 * transaction.
 * The events of one write must come together: a webhook that waits for its conditions to become true fires once for all.
 */
export async function recordEvents(
  tx: Transaction,
  events: EventToRecord[],
  scene: RecordingScene,
): Promise<Recorded> {
  const recorded: RecordedEvent[] = []
  const firings: Firing[] = []
  for (const { event, config, previous_id } of events) {
    const { decisions, firing } = decide(event, config)
    recorded.push({ event, config_version: config.account.config_version, decisions, previous_id })
    for (const { webhook, decision } of firing) firings.push({ webhook, decision, event, config })
  }

  const { newId = idOfNow } = scene
  const fired = await keepCounted(tx, firings, scene)
  const deliveries: Delivery[] = []
  const result: Recorded = { fresh: [], pending: false }
  const behind = await standBehind(tx, fired)
  for (const { webhook, decision, event, config } of fired) {
    const dueAt = dueAtOf(webhook, scene.now)
    const free = !behind(webhook, event)
    const leased = dueAt <= scene.now && free && reserve(webhook, scene)
    const delivery = newDelivery(event, webhook, { leased, dueAt, now: scene.now, newId })
    decision.delivery_id = delivery.id
    deliveries.push(delivery)
    if (leased) result.fresh.push({ delivery, event, webhook, config })
    else if (dueAt <= scene.now) result.pending = true
  }

  const missed = missedOf(firings)
  if (recorded.length > 0) tx.trailing(tx.events.insert(recorded))
  if (missed.length > 0) tx.trailing(tx.replays.addMissed(missed))
  if (deliveries.length > 0) tx.trailing(tx.deliveries.insert(deliveries))
  return result
}

/**
 * Whether a delivery must wait for an earlier one of its record: asked once for each, in the order of the events, since
 * each one that is asked for stands before the next.
 */
async function standBehind(
  tx: Transaction,
  fired: Firing[],
): Promise<(webhook: Webhook, event: CrmEvent) => boolean> {
  const inOrder = fired.filter(({ webhook }) => webhook.delivery.order === 'record')
  if (inOrder.length === 0) return () => false
  const key = (webhook: Webhook, { record }: CrmEvent) => ({ webhook_id: webhook.id, record })
  const lines = await tx.deliveries.lines(inOrder.map(({ webhook, event }) => key(webhook, event)))
  return (webhook, event) => {
    if (webhook.delivery.order !== 'record') return false
    const line = lineKey(key(webhook, event))
    if (lines.has(line)) return true
    lines.add(line)
    return false
  }
}

/** Asks what is counted, in the order of the events; those that may not fire are told why in their decision. */
async function keepCounted(
  tx: Transaction,
  firings: Firing[],
  { rateGuard, now }: RecordingScene,
): Promise<Firing[]> {
  const limited = firings.filter(({ webhook }) => hasLimits(webhook))
  const counters = limited.length > 0 ? await lockFirings(tx, limited) : null
  const newlyTrue = new Set<string>()

  function refusal({ webhook, event }: Firing): DecisionReason | null {
    if (webhook.fire === 'becomes_true') {
      const once = `${webhook.id} ${event.correlation_id}`
      if (newlyTrue.has(once)) return 'not_newly_true'
      newlyTrue.add(once)
    }
    const limits = hasLimits(webhook) ? counters : null
    const limited = limits?.refusal(webhook, event, now) ?? null
    if (limited) return limited
    // Behind all that the webhook asks for, so that `disabled` says what would have been sent; before anything is counted,
    // since what is not sent uses up no limit.
    if (webhook.status === 'disabled') return 'disabled'
    if (!rateGuard.allows(webhook.id, event.record.id, now)) return 'rate_guard'
    limits?.count(webhook, event, now)
    return null
  }

  const kept = firings.filter((firing) => {
    const reason = refusal(firing)
    if (reason === null) return true
    firing.decision.verdict = 'skipped'
    firing.decision.reason = reason
    return false
  })
  await counters?.write()
  return kept
}

/** What would have been sent if its webhook were not disabled: to be found again when that is enabled. */
function missedOf(firings: Firing[]): MissedEvent[] {
  return firings.flatMap(({ webhook, decision, event }) =>
    decision.reason === 'disabled'
      ? [{ account_id: event.account_id, webhook_id: webhook.id, event_id: event.id }]
      : [],
  )
}

function dueAtOf({ delay_s, active_hours }: Webhook, now: number): number {
  return whenOpen(active_hours, now + delay_s * 1000)
}

/** The next moment at which a webhook's hours let it send, where they hold what comes outside them. */
export function whenOpen(hours: Webhook['active_hours'], ms: number): number {
  return hours?.outside === 'hold' ? opensAt(hours, ms) : ms
}

function reserve(webhook: Webhook, { handoff, reserved, now }: RecordingScene): boolean {
  if (webhook.status !== 'active' || !handoff?.reserve(webhook, now)) return false
  reserved.push(webhook)
  return true
}

function newDelivery(
  event: CrmEvent,
  webhook: Webhook,
  { leased, dueAt, now, newId }: { leased: boolean; dueAt: number; now: number; newId: NewId },
): Delivery {
  return {
    id: newId('dlv', now),
    account_id: event.account_id,
    webhook_id: webhook.id,
    event_id: event.id,
    event_type: event.type,
    record: event.record,
    sequence: event.sequence,
    purpose: 'event',
    state: leased ? 'sending' : 'pending',
    reason: null,
    attempts: 0,
    due_at: leased ? now + webhook.delivery.timeout_s * 1000 + leaseMarginMs : dueAt,
    expires_at: dueAt + webhook.delivery.expires_s * 1000,
    lease: leased ? 1 : 0,
    last_status_code: null,
    created_at: now,
    settled_at: null,
    replay_of: null,
    replay_attempt_id: null,
    replay_id: null,
  }
}
