import type { DatabaseSync } from 'node:sqlite'

/**
 * How far ahead the end of a lease can be. Deliveries further ahead are waiting, perhaps by the million, and are not
 * looked at: a start must not take longer because receivers are down.
 */
const leaseMsMax = 60 * 60 * 1000

/**
 * Makes all leased deliveries due: at the opening of a file nobody can be sending them any more. A lease that has ended
 * needs nothing, as it is found by its due time.
 */
export function freeLeases(db: DatabaseSync, now: number): void {
  const nextLane = db.prepare(
    `SELECT account_id, webhook_id FROM unsettled_deliveries
     WHERE (account_id, webhook_id) > (?, ?) ORDER BY account_id, webhook_id LIMIT 1`,
  )
  const free = db.prepare(
    `UPDATE unsettled_deliveries
     SET state = CASE WHEN attempts > 0 THEN 'waiting' ELSE 'pending' END, due_at = ?3
     WHERE account_id = ?1 AND webhook_id = ?2 AND due_at > ?3 AND due_at <= ?4 AND state = 'sending'`,
  )
  interface Lane {
    account_id: string
    webhook_id: string
  }
  let lane = nextLane.get('', '') as Lane | undefined
  while (lane) {
    free.run(lane.account_id, lane.webhook_id, now, now + leaseMsMax)
    lane = nextLane.get(lane.account_id, lane.webhook_id) as Lane | undefined
  }
}
