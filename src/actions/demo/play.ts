/**
 * Lets the story happen in the past: every change goes through the code that takes changes, every delivery through the code
 * that sends, with a clock that tells the story's time. Only the network is pretended, and nothing leaves the transaction.
 */
import { setImmediate as breathe } from 'node:timers/promises'
import { deliver } from '../../delivery/deliver.ts'
import type { OutgoingRequest } from '../../delivery/answer.ts'
import { writeOutcomes } from '../../delivery/outcomes.ts'
import { settledUnsent } from '../../delivery/settle.ts'
import type { Cause, CrmEvent, Webhook } from '../../model/index.ts'
import { makeAccountConfigs, makeRateGuard } from '../../record-events/index.ts'
import type { FreshDelivery, Handoff } from '../../record-events/index.ts'
import type { IdPrefix, NewId } from '../../runtime/ids.ts'
import type { AttemptRecord, Transaction } from '../../store/store.ts'
import type { Submission } from '../ingest/change.ts'
import { writeGroup } from '../ingest/write-group.ts'
import type { Role } from './demo-text.ts'
import type { Random } from './random.ts'
import { answerOf } from './receivers.ts'
import type { Troubles } from './scenes.ts'

/** What the story is played with. */
export interface PlayScene {
  tx: Transaction
  account_id: string
  /** The demo's webhooks, by their ids. */
  roles: ReadonlyMap<string, Role>
  troubles: Troubles
  random: Random
  newId: NewId
  rateGuardPerMinute: number
  signCause(cause: Cause, accountId: string): string
  /** What the webhook of a role sent and somebody received. */
  onReceived(role: Role, at: number, request: OutgoingRequest): void
}

export interface Player {
  /** Writes changes at their time, and sends what they set off. Every one must be taken. */
  change(at: number, submissions: Submission[]): Promise<void>
  /** Tries again what is due up to this time. */
  until(at: number): Promise<void>
  /** What webhooks of this role have waiting. */
  waiting(role: Role): string[]
  counts(): { events: number; deliveries: number }
}

interface Due {
  at: number
  delivery_id: string
  webhook_id: string
}

/** Between the commit and the first attempt. */
const startMs = 12
const leaseMarginMs = 5000
/** Others on this thread get their turn after so many changes. */
const turnEvery = 10

export function makePlayer(scene: PlayScene): Player {
  const { account_id, random, newId, signCause } = scene
  const configs = makeAccountConfigs()
  const rateGuard = makeRateGuard(scene.rateGuardPerMinute)
  const eventOf = new Map<string, CrmEvent>()
  const blockedUntil = new Map<string, number>()
  const due: Due[] = []
  const inserted: Due[] = []
  let deliveries = 0
  let turns = 0

  const isBlocked = (webhookId: string, at: number) => (blockedUntil.get(webhookId) ?? 0) > at
  const handoff: Handoff = {
    reserve: ({ id }, at) => !isBlocked(id, at),
    release() {},
    send() {},
    nudge() {},
  }
  const tx: Transaction = {
    ...scene.tx,
    events: {
      ...scene.tx.events,
      async insert(events) {
        for (const { event } of events) eventOf.set(event.id, event)
        await scene.tx.events.insert(events)
      },
    },
    deliveries: {
      ...scene.tx.deliveries,
      async insert(made) {
        deliveries += made.length
        for (const { id, webhook_id, due_at, state } of made)
          if (state === 'pending') inserted.push({ at: due_at, delivery_id: id, webhook_id })
        await scene.tx.deliveries.insert(made)
      },
    },
  }

  function later(one: Due): void {
    const at = Math.max(one.at, blockedUntil.get(one.webhook_id) ?? 0)
    const before = due.findLastIndex((other) => other.at <= at)
    due.splice(before + 1, 0, { ...one, at })
  }

  /** Sends what was written leased, records what came of it, and goes on with what that set off. */
  async function send(fresh: FreshDelivery[], at: number): Promise<void> {
    let left = fresh
    while (left.length > 0) {
      const records: AttemptRecord[] = []
      let end = at
      for (const held of left) {
        let now = at + startMs
        const role = scene.roles.get(held.webhook.id)!
        const sender = {
          async send(request: OutgoingRequest, timeoutMs: number) {
            const answer = answerOf({ role, at: now, timeoutMs, random, troubles: scene.troubles })
            if (answer.kind === 'response' || answer.reason === 'timeout')
              scene.onReceived(role, now, request)
            now += answer.durationMs
            return answer
          },
        }
        records.push(await deliver(held, { sender, clock: () => now, random: random.next, signCause, newId }))
        end = Math.max(end, now)
      }
      left = await record(records, end)
    }
    for (const one of inserted.splice(0)) later(one)
  }

  async function record(records: AttemptRecord[], at: number): Promise<FreshDelivery[]> {
    for (const { webhook_id, delivery_id, next, lane_blocked_until } of records) {
      if (lane_blocked_until !== null) blockedUntil.set(webhook_id, lane_blocked_until)
      if (next.state === 'waiting') later({ at: next.due_at, delivery_id, webhook_id })
    }
    const outcomes = { configs, handoff, rateGuard, newId, onTripped() {} }
    return (await writeOutcomes(tx, records, at, outcomes, [])).fresh
  }

  async function retry({ at, delivery_id, webhook_id }: Due): Promise<void> {
    const versions = (await tx.accounts.versions([account_id])).get(account_id)!
    const config = (await configs.at(tx, account_id, versions))!
    const webhook: Webhook | undefined = config.webhook(webhook_id)
    // As the claim does, it passes over what is paused.
    if (webhook?.status === 'paused') return
    const leaseEnd = at + (webhook?.delivery.timeout_s ?? 0) * 1000 + leaseMarginMs
    const delivery = await tx.deliveries.lease(account_id, delivery_id, leaseEnd)
    if (!delivery) return
    const unsent = settledUnsent(delivery, webhook, at)
    if (unsent) await record([unsent], at)
    else await send([{ delivery, event: eventOf.get(delivery.event_id)!, webhook: webhook!, config }], at)
  }

  return {
    async change(at, submissions) {
      const group = { configs, handoff, rateGuard, newId, clock: () => at }
      const { outcomes, fresh } = await writeGroup(tx, submissions, group, [])
      for (const { error } of outcomes) if (error) throw error
      await send(fresh, at)
      if (++turns % turnEvery === 0) await breathe()
    },
    async until(at) {
      while (due.length > 0 && due[0]!.at <= at) {
        const next = due.shift()!
        if (isBlocked(next.webhook_id, next.at)) later(next)
        else await retry(next)
      }
    },
    waiting: (role) =>
      due.filter(({ webhook_id }) => scene.roles.get(webhook_id) === role).map((one) => one.delivery_id),
    counts: () => ({ events: eventOf.size, deliveries }),
  }
}

/** Ids of past moments: each noun in its own order of time. */
export function makePastIds(makeIds: () => NewId): NewId {
  const makers = new Map<IdPrefix, NewId>()
  return (prefix, ms) => {
    let make = makers.get(prefix)
    if (!make) makers.set(prefix, (make = makeIds()))
    return make(prefix, ms)
  }
}
