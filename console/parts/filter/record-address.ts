/** A record in a page's address: `record_kind` and `record_id`, as the API names them; they belong together. */

export interface RecordAddress {
  kind: string
  id: string
}

export function readRecord(params: URLSearchParams): RecordAddress | null {
  const kind = params.get('record_kind')
  const id = params.get('record_id')
  return kind && id ? { kind, id } : null
}

export function writeRecord(record: RecordAddress | null): Record<string, string | null> {
  return { record_kind: record?.kind ?? null, record_id: record?.id ?? null }
}
