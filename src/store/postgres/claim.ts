import type { CrmEvent } from '../../model/index.ts'
import { deliveryFromRow, type Row } from '../rows.ts'
import type { Claim, ClaimOptions, LaneCursor, Lease } from '../store.ts'
import { integerArray, names, textArray } from './arrays.ts'
import type { Session, Statement } from './connection.ts'
import { deliveryColumns } from './deliveries.ts'

/** How many lanes one statement looks at: a few milliseconds' worth of the server's time. */
const lanesMax = 250
/** A lease outlasts its webhook's timeout by this. */
const leaseMarginMs = 5000
/** Leases of processes whose clock runs ahead end later than ours could; so much later they are still seen. */
const clockSkewMs = 5000

/**
 * Reads as a story: `lane` walks from lane to lane along the index `unsettled_by_lane`, one step each however long the
 * lane is. `open` keeps those that may send and have something due, with their free slots; deliveries that any process
 * is sending take slots, too. `turn` deals the room out: in each account the lanes take turns, and the accounts take
 * turns among each other; it only counts and locks nothing. `taken` locks exactly as many, passing over those that
 * another claimer holds just now, and so never waits. Who comes second to a delivery finds it locked, or finds, when it
 * looks at the row again, that its due time has moved.
 *
 * The planner cannot foresee how few rows this is about. Where a join would let it read a whole table instead (190 ms
 * with half a million deliveries), there is a subquery with LIMIT, an array, or a subquery for one value.
 */
const claim: Statement = {
  name: 'claim',
  text: `WITH RECURSIVE lane AS (
      (SELECT account_id, webhook_id, 1 AS position FROM unsettled_deliveries
        WHERE (account_id, webhook_id) > ($1, $2) AND ($3::text IS NULL OR (account_id, webhook_id) <= ($3, $4))
        ORDER BY account_id, webhook_id LIMIT 1)
      UNION ALL
      SELECT next.account_id, next.webhook_id, lane.position + 1
      FROM lane CROSS JOIN LATERAL (
        SELECT d.account_id, d.webhook_id FROM unsettled_deliveries d
        WHERE (d.account_id, d.webhook_id) > (lane.account_id, lane.webhook_id)
          AND ($3 IS NULL OR (d.account_id, d.webhook_id) <= ($3, $4))
        ORDER BY d.account_id, d.webhook_id LIMIT 1
      ) AS next
      WHERE lane.position < $5::bigint
    ),
    due_lane AS MATERIALIZED (
      SELECT lane.* FROM lane
      WHERE (
        SELECT d.due_at FROM unsettled_deliveries d
        WHERE d.account_id = lane.account_id AND d.webhook_id = lane.webhook_id
        ORDER BY d.due_at LIMIT 1
      ) <= $6::bigint
    ),
    open AS MATERIALIZED (
      SELECT lane.*, w.timeout_ms, w.slots - greatest(
        coalesce(busy.count, 0),
        (SELECT count(*) FROM unsettled_deliveries d
          WHERE d.account_id = lane.account_id AND d.webhook_id = lane.webhook_id AND d.state = 'sending'
            AND d.due_at > $6 AND d.due_at <= $6 + w.timeout_ms + ${leaseMarginMs + clockSkewMs})
      ) AS free
      FROM due_lane AS lane
      JOIN webhooks w ON w.id = lane.webhook_id AND w.status = 'active'
      LEFT JOIN webhook_health h ON h.webhook_id = lane.webhook_id
      LEFT JOIN unnest($7::text[], $8::bigint[]) AS busy (webhook_id, count) ON busy.webhook_id = lane.webhook_id
      WHERE coalesce(h.blocked_until, 0) <= $6
    ),
    wish AS (
      SELECT open.account_id, open.webhook_id,
        row_number() OVER (PARTITION BY open.account_id ORDER BY due.nth, open.webhook_id) AS nth_of_account
      FROM open CROSS JOIN LATERAL (
        SELECT row_number() OVER () AS nth FROM (
          SELECT FROM unsettled_deliveries d
          WHERE d.account_id = open.account_id AND d.webhook_id = open.webhook_id AND d.due_at <= $6
          ORDER BY d.due_at LIMIT greatest(0, least(open.free, $9::bigint))
        ) AS within_room
      ) AS due
    ),
    turn AS MATERIALIZED (
      SELECT webhook_id, count(*) AS room, min(nth_of_account) AS place
      FROM (SELECT * FROM wish ORDER BY nth_of_account, account_id LIMIT $9) AS dealt
      GROUP BY webhook_id
    ),
    taken AS MATERIALIZED (
      SELECT due.id, due.nth, turn.place
      FROM turn JOIN open USING (webhook_id) CROSS JOIN LATERAL (
        SELECT held.id, row_number() OVER (ORDER BY held.due_at, held.id) AS nth FROM (
          SELECT d.id, d.due_at FROM unsettled_deliveries d
          WHERE d.account_id = open.account_id AND d.webhook_id = open.webhook_id AND d.due_at <= $6
          ORDER BY d.due_at, d.id LIMIT turn.room FOR UPDATE SKIP LOCKED
        ) AS held
      ) AS due
    ),
    leased AS (
      UPDATE unsettled_deliveries d
      SET state = 'sending', lease = d.lease + 1, due_at = $6 + ${leaseMarginMs}
        + (SELECT open.timeout_ms FROM open WHERE open.webhook_id = d.webhook_id)
      WHERE d.id = ANY (ARRAY(SELECT id FROM taken))
      RETURNING ${names(deliveryColumns, 'd')}, d.state
    ),
    reached AS MATERIALIZED (
      SELECT (SELECT max(position) FROM lane) AS last, coalesce(
        (SELECT min(open.position) - 1 FROM open
          WHERE open.free > 0 AND open.webhook_id NOT IN (SELECT webhook_id FROM turn)),
        (SELECT max(position) FROM lane)
      ) AS position
    )
    SELECT lane.account_id AS lane_account, lane.webhook_id AS lane_webhook,
      reached.last IS NULL OR (reached.position = reached.last AND reached.last < $5) AS all_visited,
      leased.*,
      (SELECT a.config_version FROM accounts a WHERE a.id = leased.account_id) AS config_version,
      (SELECT e.event FROM events e WHERE e.account_id = leased.account_id AND e.id = leased.event_id) AS event
    FROM reached LEFT JOIN lane ON lane.position = reached.position
    LEFT JOIN (leased JOIN taken USING (id)) ON true
    ORDER BY taken.nth, taken.place`,
}

interface Reached {
  lane_account: string | null
  lane_webhook: string | null
  all_visited: boolean
}
type LeasedRow = Row<'unsettled_deliveries'> & Pick<Row<'accounts'>, 'config_version'> & { event: string }

/** Lanes in a row: behind `after` (null: from the first one), up to and with `upTo` (null: to the last one). */
interface Stretch {
  after: LaneCursor | null
  upTo: LaneCursor | null
}

/** Round once at the most: from behind `after` to the last lane, then from the first one up to `after`. */
export async function claimDue(session: Session, options: ClaimOptions): Promise<Claim> {
  const { after, limit } = options
  const ahead = await claimStretch(session, options, { after, upTo: null }, limit)
  if (ahead.cursor !== null || after === null) return { leases: ahead.leases, cursor: ahead.cursor }
  const room = limit - ahead.leases.length
  // Full just at the last lane: the next round starts with the lanes that this one did not come to.
  if (room <= 0) return { leases: ahead.leases, cursor: ahead.last ?? after }
  const around = await claimStretch(session, options, { after: null, upTo: after }, room)
  return { leases: [...ahead.leases, ...around.leases], cursor: around.cursor }
}

async function claimStretch(
  session: Session,
  { now, busy }: ClaimOptions,
  { after, upTo }: Stretch,
  limit: number,
): Promise<Claim & { last: LaneCursor | null }> {
  const { rows } = await session.ask<Reached & LeasedRow>(claim, [
    after?.account_id ?? '',
    after?.webhook_id ?? '',
    upTo?.account_id ?? null,
    upTo?.webhook_id ?? null,
    lanesMax,
    now,
    textArray([...busy.keys()]),
    integerArray([...busy.values()]),
    limit,
  ])
  const { all_visited, lane_account, lane_webhook } = rows[0]!
  const last =
    lane_account === null || lane_webhook === null
      ? null
      : { account_id: lane_account, webhook_id: lane_webhook }
  // Without a lease the one row tells only how far it came.
  return { leases: rows[0]!.id === null ? [] : rows.map(toLease), cursor: all_visited ? null : last, last }
}

function toLease(row: LeasedRow): Lease {
  return {
    delivery: deliveryFromRow(row),
    event: JSON.parse(row.event) as CrmEvent,
    config_version: row.config_version,
  }
}
