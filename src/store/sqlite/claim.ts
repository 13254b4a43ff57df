import type { DatabaseSync } from 'node:sqlite'
import type { CrmEvent } from '../../model/index.ts'
import { deliveryFromRow, type Row } from '../rows.ts'
import type { Claim, ClaimOptions, HeldLane, LaneCursor, Lease } from '../store.ts'
import { prepareInOrder } from './in-order.ts'
import { pacedAfter, roomOf, type LaneBounds } from './lane-bounds.ts'
import { dealTurns, type OpenLane } from './turns.ts'

/** How many lanes one call looks at: some milliseconds' worth, so that thousands of idle lanes block nobody. */
const lanesMax = 1000
/** A lease outlasts its webhook's timeout by this. */
const leaseMarginMs = 5000
const beforeAll: LaneCursor = { account_id: '', webhook_id: '' }

type DeliveryRow = Row<'unsettled_deliveries'>

interface WebhookRow extends LaneBounds {
  status: string
  slots: number
  timeout_ms: number
  in_order: number
  config_version: number
}

type Lane = OpenLane & {
  webhook: WebhookRow
  /** The lane that was looked at before this one. */
  previous: LaneCursor | null
}

/** `inTransaction` is called only where something is to be leased. */
export function prepareClaim(
  db: DatabaseSync,
  inTransaction: (work: () => void) => void,
): (options: ClaimOptions) => Claim {
  // The first entry of the next lane: a skip along `unsettled_by_lane`, where a lane's first entry is the one due first.
  const nextLane = db.prepare(
    `SELECT account_id, webhook_id, due_at FROM unsettled_deliveries
     WHERE (account_id, webhook_id) > (?, ?) ORDER BY account_id, webhook_id, due_at LIMIT 1`,
  )
  const webhookOf = db.prepare(
    `SELECT w.status, w.slots, w.timeout_ms, w.pace_us, w.burst, w.in_order, p.paced_us, h.blocked_until,
       h.circuit_opened_at, h.probe_at, a.config_version
     FROM webhooks w JOIN accounts a ON a.id = w.account_id LEFT JOIN webhook_health h ON h.webhook_id = w.id
     LEFT JOIN paces p ON p.webhook_id = w.id
     WHERE w.id = ?`,
  )
  const dueOf = db.prepare(
    `SELECT * FROM unsettled_deliveries WHERE account_id = ? AND webhook_id = ? AND due_at <= ?
     ORDER BY due_at, id LIMIT ?`,
  )
  const lease = db.prepare(
    "UPDATE unsettled_deliveries SET state = 'sending', lease = lease + 1, due_at = ? WHERE id = ?",
  )
  const pace = db.prepare(
    `INSERT INTO paces (webhook_id, account_id, paced_us) VALUES (?, ?, ?)
     ON CONFLICT (webhook_id) DO UPDATE SET paced_us = excluded.paced_us`,
  )
  const startProbe = db.prepare(
    'UPDATE webhook_health SET probe_at = ?, probe_delivery_id = ? WHERE webhook_id = ?',
  )
  const inOrder = prepareInOrder(db)
  const eventOf = db.prepare('SELECT event FROM events WHERE account_id = ? AND id = ?')

  /** Round once: from behind `after` to the last lane, then from the first one up to `after`. */
  function openLanes({ now, limit, busy, after }: ClaimOptions): {
    open: Lane[]
    held: HeldLane[]
    cursor: LaneCursor | null
  } {
    const open: Lane[] = []
    const held: HeldLane[] = []
    let cursor = after
    let from = after ?? beforeAll
    let wrapped = after === null
    for (let seen = 0; ; seen++) {
      const row = nextLane.get(from.account_id, from.webhook_id) as
        (LaneCursor & { due_at: number }) | undefined
      if (row === undefined || (wrapped && after !== null && isBehind(row, after))) {
        if (wrapped) return { open, held, cursor: null }
        wrapped = true
        from = beforeAll
        continue
      }
      if (open.length >= limit || seen >= lanesMax) return { open, held, cursor }
      const previous = cursor
      const { account_id, webhook_id } = row
      cursor = from = { account_id, webhook_id }
      if (row.due_at > now) continue
      const webhook = webhookOf.get(webhook_id) as WebhookRow | undefined
      if (webhook?.status !== 'active') continue
      const { room, heldUntil } = roomOf(webhook, now)
      if (room === 0) {
        held.push({ webhook_id, until: heldUntil, circuit_open: webhook.circuit_opened_at !== null })
        continue
      }
      const free = Math.min(room, webhook.slots - (busy.get(webhook_id) ?? 0))
      if (free > 0) open.push({ account_id, webhook_id, webhook, free, previous })
    }
  }

  type Events = Map<string, CrmEvent | null>

  function readEvent({ account_id, event_id }: DeliveryRow, events: Events): CrmEvent | null {
    let event = events.get(event_id)
    if (event === undefined) {
      const found = eventOf.get(account_id, event_id) as { event: string } | undefined
      event = found ? (JSON.parse(found.event) as CrmEvent) : null
      events.set(event_id, event)
    }
    return event
  }

  function take(row: DeliveryRow, webhook: WebhookRow, now: number, events: Events): Lease | null {
    const dueAt = now + webhook.timeout_ms + leaseMarginMs
    lease.run(dueAt, row.id)
    const event = readEvent(row, events)
    // Without its event it cannot be sent; the others must not wait for somebody to mend that.
    if (!event) return null
    return {
      delivery: deliveryFromRow({ ...row, state: 'sending', lease: row.lease + 1, due_at: dueAt }),
      event,
      config_version: webhook.config_version,
      probe: webhook.circuit_opened_at !== null,
    }
  }

  /** What a claim takes from the lane's rate, and its probe. */
  function keepBounds({ account_id, webhook_id, webhook }: Lane, taken: DeliveryRow[], now: number): void {
    const pacedUs = pacedAfter(webhook, taken.length, now)
    if (pacedUs !== null) pace.run(webhook_id, account_id, pacedUs)
    if (webhook.circuit_opened_at !== null)
      startProbe.run(now + webhook.timeout_ms + leaseMarginMs, taken[0]!.id, webhook_id)
  }

  return (options) => {
    const { now, limit } = options
    const { open, held, cursor } = openLanes(options)
    const heads = inOrder.look(
      open.filter(({ webhook }) => webhook.in_order === 1),
      now,
    )
    const turns = dealTurns(
      open,
      limit,
      (lane, count) =>
        heads.of(lane)?.slice(0, count) ??
        (dueOf.all(lane.account_id, lane.webhook_id, now, count) as unknown as DeliveryRow[]),
    )
    const leases: Lease[] = []
    if (turns.length > 0 || heads.blocked.length > 0) {
      inTransaction(() => {
        // Webhooks that wait for the same event share it.
        const events: Events = new Map()
        for (const { lane, item } of turns) {
          const taken = take(item, lane.webhook, now, events)
          if (taken) leases.push(taken)
        }
        for (const [lane, own] of Map.groupBy(turns, (turn) => turn.lane))
          keepBounds(
            lane,
            own.map(({ item }) => item),
            now,
          )
        inOrder.putAside(heads.blocked, now)
      })
    }
    // The next round goes on with the first lane that got nothing.
    const served = new Set(turns.map(({ lane }) => lane))
    const missed = open.find((lane) => !served.has(lane))
    return { leases, cursor: missed ? missed.previous : cursor, held, unfinished: heads.blocked.length > 0 }
  }
}

function isBehind(lane: LaneCursor, after: LaneCursor): boolean {
  if (lane.account_id !== after.account_id) return lane.account_id > after.account_id
  return lane.webhook_id > after.webhook_id
}
