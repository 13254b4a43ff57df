import type { Cause, Webhook } from '../model/index.ts'
import type { AccountConfigs, Handoff, RateGuard } from '../record-events/index.ts'
import type { Clock } from '../runtime/clock.ts'
import type { AttemptRecord, LaneCursor, Lease, Store } from '../store/store.ts'
import { hasCircuit } from './circuit.ts'
import { deliver } from './deliver.ts'
import type { HeldDelivery } from './deliver.ts'
import { makeLanes } from './lanes.ts'
import { recordOutcomes } from './outcomes.ts'
import { makeRecorder } from './recorder.ts'
import { findRepeated } from './repeat.ts'
import type { Sender } from './send.ts'
import { settledUnsent } from './settle.ts'

export interface WorkerOptions {
  store: Store
  configs: AccountConfigs
  sender: Pick<Sender, 'send'>
  clock: Clock
  random(): number
  signCause(cause: Cause, accountId: string): string
  rateGuard: RateGuard
  /** Requests under way at once. */
  concurrency: number
  /** How often an idle worker looks. */
  pollMs: number
  /** How long a stop waits for requests under way. */
  drainMs: number
  watch: WorkerWatch
}

/** What others want to know of a worker: metrics and the log. */
export interface WorkerWatch {
  onAttempt(record: AttemptRecord, held: HeldDelivery): void
  /** The server switched a webhook off. */
  onDisabled(webhook: Webhook, reason: string): void
  onLate(record: AttemptRecord): void
  onError(error: unknown, doing: string): void
}

/** Sends what is due. Fresh deliveries come straight from ingest, the rest is claimed from the store, lanes in turn. */
export interface Worker extends Handoff {
  start(): void
  /** Claims no more, lets what is under way end, writes its outcomes. What does not end in time is sent again by the next. */
  stop(): Promise<void>
  underWay(): number
}

const claimMax = 200
const gatherMs = 4
/** Twice as many outcomes in a transaction cost a sixth less each; nobody waits for one that releases nothing. */
const outcomesGatherMs = 10
const recordBatchMax = 500
const storeRetryMs = 1000

export function makeWorker(options: WorkerOptions): Worker {
  const { store, configs, sender, clock, random, signCause, rateGuard, watch } = options
  const lanes = makeLanes(options.concurrency)
  const machine = { sender, clock, random, signCause }
  /** Deliveries in hand, from the claim or the hand-over until their outcome is with the recorder. */
  let inHand = 0
  let onEmpty: (() => void) | null = null
  let running: Promise<void> | null = null
  let stopping = false
  let claimWanted = true
  /** Waiting for a reason to claim, so a nudge ends the wait. */
  let idle = false
  let wake: (() => void) | null = null

  const recorder = makeRecorder({
    record: (records) =>
      recordOutcomes(records, clock(), {
        store,
        configs,
        handoff,
        rateGuard,
        onDisabled: watch.onDisabled,
        onTripped(webhookId, probeAt) {
          lanes.trip(webhookId)
          wakeAt(probeAt)
        },
      }),
    gatherMs: outcomesGatherMs,
    urgentMs: gatherMs,
    batchMax: recordBatchMax,
    retryMs: storeRetryMs,
    onWritten(records, late) {
      for (const record of records) {
        if (late.has(record.delivery_id)) watch.onLate(record)
        if (record.next.state === 'waiting') wakeAt(record.next.due_at)
        else if (record.releases) nudge()
      }
    },
    onFailure: (error, count) => watch.onError(error, `recording ${count} attempts`),
  })

  /** Sends one delivery whose slot is taken, and gives the slot back. */
  async function run(held: HeldDelivery): Promise<void> {
    const { webhook } = held
    try {
      const record = await deliver(held, machine)
      if (record.lane_blocked_until !== null) lanes.block(webhook.id, record.lane_blocked_until)
      recorder.add(record)
      watch.onAttempt(record, held)
    } catch (error) {
      // A bug of ours: the lease ends by itself and the delivery is tried again.
      watch.onError(error, `delivering ${held.delivery.id}`)
    } finally {
      if (lanes.release(webhook.id)) nudge()
    }
  }

  /** Counts instead of keeping promises: this runs for every delivery. `work` never rejects. */
  async function track(work: Promise<void>): Promise<void> {
    inHand++
    await work
    if (--inHand === 0) onEmpty?.()
  }

  async function runLease(lease: Lease): Promise<void> {
    const { delivery, event } = lease
    let handedOn = false
    try {
      const config = await configs.notBefore(store, delivery.account_id, lease.config_version)
      const webhook = config?.webhook(delivery.webhook_id)
      const unsent = settledUnsent(delivery, webhook, clock())
      if (unsent) return recorder.add(unsent)
      const repeated = await findRepeated(store, delivery)
      handedOn = true
      const probe = lease.probe && hasCircuit(webhook!)
      await run({ delivery, event, webhook: webhook!, config: config!, repeated, probe })
    } catch (error) {
      watch.onError(error, `preparing ${delivery.id}`)
    } finally {
      if (!handedOn && lanes.release(delivery.webhook_id)) nudge()
    }
  }

  async function claimRound(cursor: LaneCursor | null): Promise<LaneCursor | null> {
    const round = lanes.startRound()
    const limit = Math.min(lanes.free(), claimMax)
    const claim = await store.claim({ now: clock(), limit, busy: new Map(lanes.busy()), after: cursor })
    const gave = new Set<string>()
    for (const lease of claim.leases) {
      const { webhook_id } = lease.delivery
      lanes.take(webhook_id)
      if (!lease.probe) lanes.mend(webhook_id)
      gave.add(webhook_id)
      void track(runLease(lease))
    }
    for (const { webhook_id, circuit_open } of claim.held) {
      if (circuit_open) lanes.trip(webhook_id)
    }
    if (claim.held.length > 0) wakeAt(Math.min(...claim.held.map(({ until }) => until)))
    if (claim.unfinished) {
      claimWanted = true
      return claim.cursor
    }
    // Only a round over all lanes says that the silent ones have nothing.
    if (cursor === null && claim.cursor === null) lanes.endRound(round, gave, clock())
    claimWanted ||= claim.cursor !== null || claim.leases.length === limit
    return claim.cursor
  }

  async function loop(): Promise<void> {
    let cursor: LaneCursor | null = null
    while (!stopping) {
      if (claimWanted && lanes.free() > 0) {
        claimWanted = false
        try {
          cursor = await claimRound(cursor)
          // Slots come back one by one: a claim for each of them would cost more than the sending does.
          await sleep(gatherMs)
        } catch (error) {
          watch.onError(error, 'claiming deliveries')
          await sleep(storeRetryMs)
        }
      } else {
        idle = true
        await sleep(options.pollMs)
        idle = false
        claimWanted = true
      }
    }
  }

  function sleep(ms: number): Promise<void> {
    if (stopping) return Promise.resolve()
    return new Promise((resolve) => {
      const timer = setTimeout(done, ms)
      wake = done
      function done() {
        clearTimeout(timer)
        wake = null
        resolve()
      }
    })
  }

  function nudge(): void {
    claimWanted = true
    if (idle) wake?.()
  }

  /** A retry that is due before the next poll should not wait for it. */
  function wakeAt(dueAt: number): void {
    const waitMs = dueAt - clock()
    if (waitMs < options.pollMs && !stopping) setTimeout(nudge, Math.max(waitMs, 0) + 1).unref()
  }

  const handoff: Handoff = {
    reserve(webhook, now) {
      if (stopping) return false
      const { slots, rate_per_s } = webhook.delivery
      if (rate_per_s === null) return lanes.reserve(webhook.id, slots, now)
      // The claim counts requests of all processes against the rate, and so all of them must come by it.
      lanes.queue(webhook.id, slots)
      return false
    },
    release(webhooks) {
      for (const webhook of webhooks) if (lanes.release(webhook.id)) nudge()
    },
    send(deliveries) {
      for (const fresh of deliveries) void track(run(fresh))
    },
    nudge,
  }

  return {
    ...handoff,
    start() {
      running ??= loop()
    },
    underWay: () => lanes.underWay(),
    async stop() {
      stopping = true
      wake?.()
      await running
      const timeout = new Promise((resolve) => setTimeout(resolve, options.drainMs).unref())
      const empty = new Promise<void>((resolve) => (inHand === 0 ? resolve() : (onEmpty = resolve)))
      await Promise.race([empty, timeout])
      await recorder.flushed()
    },
  }
}
