import type { DatabaseSync } from 'node:sqlite'
import type { Row } from '../rows.ts'
import { asideMs, lookMax } from '../in-order.ts'
import type { LaneCursor } from '../store.ts'

type DeliveryRow = Row<'unsettled_deliveries'>

/** What a look into lanes in order has found. */
interface Heads {
  /** Due deliveries that stand first in their record's line; undefined of a lane that was not looked into. */
  of(lane: LaneCursor): DeliveryRow[] | undefined
  /** Ids of due deliveries that stand behind another. */
  blocked: string[]
}

/** Finds who is first in the lines of lanes in order. What stands behind is put aside, so that it is not found each time. */
export function prepareInOrder(db: DatabaseSync) {
  const due = db.prepare(
    `SELECT * FROM unsettled_deliveries WHERE account_id = ? AND webhook_id = ? AND due_at <= ?
     ORDER BY due_at, id LIMIT ?`,
  )
  const first = db.prepare(
    `SELECT id FROM unsettled_deliveries
     WHERE webhook_id = ? AND record_kind = ? AND record_id = ? AND purpose = 'event' ORDER BY sequence, id LIMIT 1`,
  )
  const aside = db.prepare('UPDATE unsettled_deliveries SET aside = 1, due_at = ? WHERE id = ?')

  function isFirst({ id, webhook_id, record_kind, record_id, purpose }: DeliveryRow): boolean {
    return purpose !== 'event' || (first.get(webhook_id, record_kind, record_id) as { id: string }).id === id
  }

  return {
    look(lanes: readonly LaneCursor[], now: number): Heads {
      const heads = new Map<string, DeliveryRow[]>()
      const blocked: string[] = []
      let left = lookMax
      for (const { account_id, webhook_id } of lanes) {
        const rows = due.all(account_id, webhook_id, now, Math.ceil(left / 2)) as unknown as DeliveryRow[]
        left -= rows.length
        const own: DeliveryRow[] = []
        for (const row of rows) {
          if (isFirst(row)) own.push(row)
          else blocked.push(row.id)
        }
        heads.set(webhook_id, own)
      }
      return { of: ({ webhook_id }) => heads.get(webhook_id), blocked }
    },
    putAside(ids: readonly string[], now: number): void {
      for (const id of ids) aside.run(now + asideMs, id)
    },
  }
}
