import type { JsonObject } from './json.ts'

/** A thing in the CRM. */
export interface CrmRecord {
  kind: string
  id: string
  state: 'present' | 'deleted'
  /** By name; null where a field is known to be empty. */
  fields: JsonObject
  /** The number of its last event. */
  sequence: number
  created_at: string
  updated_at: string
}

/** Which records a list asks for. */
export interface RecordFilter {
  search?: string | undefined
  pipeline_id?: string | undefined
  /** With `pipeline_id`. */
  stage_id?: string | undefined
  /** The field `state`; `active` where it is empty, too. */
  state?: string | undefined
  owner_id?: string | undefined
  tag?: string | undefined
  /** `updated`: what changed last comes first. */
  order?: 'id' | 'updated' | undefined
}

/** What people call it: its name, else its id. */
export function recordName({ id, fields }: Pick<CrmRecord, 'id' | 'fields'>): string {
  const { name } = fields
  return (typeof name === 'string' && name.trim() !== '') || typeof name === 'number' ? String(name) : id
}
