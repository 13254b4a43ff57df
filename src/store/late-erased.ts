import { erasedDetail } from '../model/index.ts'

/** A stored response begins with `{"status_code":200,`: the status is all that is left of it. */
export const keptStatusSql = `CASE WHEN response IS NULL THEN NULL
  ELSE substr(response, 1, 18) || ',"headers":[],"truncated":false}' END`

/**
 * Empties an attempt that came late, when its record had been erased meanwhile: somebody had canceled the delivery while it was
 * being sent, so the erasure had nothing to wait for.
 */
export function blankLateSql({ delivery, attempts }: { delivery: string; attempts: string }): string {
  return `UPDATE attempts SET request = NULL, request_body = NULL, response = ${keptStatusSql}, response_body = NULL,
      detail = '${erasedDetail}'
    WHERE ${delivery} AND ${attempts} AND EXISTS (
      SELECT 1 FROM settled_deliveries d JOIN erasures e
        ON e.account_id = d.account_id AND e.record_kind = d.record_kind AND e.record_id = d.record_id
      WHERE d.account_id = attempts.account_id AND d.id = attempts.delivery_id AND d.sequence <= e.up_to_sequence)`
}
