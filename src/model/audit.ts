import type { JsonObject } from './json.ts'

/** Who changed what. Never holds a secret: of a change it tells which settings, not their values. */
export interface AuditEntry {
  account_id: string
  id: string
  at: number
  /** `token tok_…`, `member mem_…`, or `system`. */
  actor: string
  /** What was done, by the name that the call has in the API's reference: `updateWebhook`, `createToken`. */
  action: string
  /** `webhook`, `token`, `pipeline`… */
  subject_kind: string
  /** The subject's id; with its kind before it where ids are a kind's own: `lead/752662`. */
  subject_id: string
  detail: JsonObject
}
