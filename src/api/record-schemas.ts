/** Records as they are sent and answered. */
import { Type } from 'typebox'
import { type Fields, invalid } from '../model/index.ts'
import { joinPath } from './body.ts'
import { ownId, time, timeInput } from './schemas.ts'

/** When the fields were true. */
export const asOf = Type.Unsafe<string>({
  ...timeInput,
  description: 'When this was true, ISO 8601: where the record holds something younger, nothing changes.',
})

export const fields = Type.Unsafe<Fields>({
  type: 'object',
  description: 'The fields by name. Absent ones stay as they are, null clears one.',
  examples: [{ name: 'Deal with ACME', price: 12000, pipeline_id: '752662', stage_id: '16203337' }],
})

export const fieldsWithId = Type.Unsafe<{ id?: string } & { [name: string]: unknown }>({
  ...fields,
  properties: { id: ownId },
})

export const recordShape = Type.Object({
  kind: Type.String(),
  id: Type.String(),
  state: Type.String({ description: '`present` or `deleted`.' }),
  fields,
  sequence: Type.Integer({ description: "The number of the record's last event." }),
  created_at: time,
  updated_at: time,
})

export const eventsShape = Type.Array(Type.Object({ id: Type.String(), type: Type.String() }))
/** Said only where it is so. */
export const stale = Type.Optional(
  Type.Boolean({ description: 'true: the record holds something younger than `as_of`; nothing changed.' }),
)
export const writtenShape = Type.Object(
  { record: recordShape, events: eventsShape, stale },
  { description: 'The record, and the events that the write yielded.' },
)

/** `id` and `kind` among the fields are the sign of a body that wraps them; kept as fields they would only confuse. */
export function refuseOwnKeys(body: Fields, path = ''): void {
  for (const key of ['id', 'kind']) {
    if (!Object.hasOwn(body, key)) continue
    const message = `"${key}" is not a field: it is said ${path === '' ? 'in the path' : 'beside the fields'}. Take it out of the fields.`
    throw invalid([{ path: joinPath(path, key), code: 'not_a_field', message }])
  }
}
