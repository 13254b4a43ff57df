import { Type } from 'typebox'
import { invalid, type RecordRef } from '../model/index.ts'

/** The two parameters that name a record in a list's query; they belong together. */
export const recordQuery = {
  record_kind: Type.Optional(
    Type.String({ maxLength: 64, description: 'With record_id: of this record only.' }),
  ),
  record_id: Type.Optional(Type.String({ maxLength: 200, description: 'With record_kind.' })),
}

export function readRecordQuery(query: { record_kind?: string; record_id?: string }): RecordRef | undefined {
  const { record_kind: kind, record_id: id } = query
  if (kind === undefined && id === undefined) return undefined
  if (kind !== undefined && id !== undefined) return { kind, id }
  const path = kind === undefined ? 'record_kind' : 'record_id'
  const message = `"${path}" is missing: record_kind and record_id name a record together.`
  throw invalid([{ path, code: 'required', message }])
}
