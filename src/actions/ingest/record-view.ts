import type { CrmRecord } from '../../model/index.ts'

/** A record as the API shows it. */
export function recordView(record: CrmRecord) {
  return {
    kind: record.kind,
    id: record.id,
    state: record.state,
    fields: record.fields,
    sequence: record.sequence,
    created_at: new Date(record.created_at).toISOString(),
    updated_at: new Date(record.updated_at).toISOString(),
  }
}
