import { nearestName, vocabularyOf } from '../../crm/index.ts'
import type { AccountSchema, ProblemDetail } from '../../model/index.ts'

/**
 * What is wrong with the name of an event type that the account does not have, with the nearest that it has. `ofRecords`: the
 * server's own events are none either, because they are of no kind of record, and nobody else can tell of them.
 */
export function unknownType(
  type: string,
  schema: AccountSchema,
  { ofRecords }: { ofRecords: boolean },
): ProblemDetail | null {
  const { kinds, eventTypes } = vocabularyOf(schema)
  const names = [...eventTypes.values()].flatMap((known) =>
    ofRecords && !kinds.has(known.kind) ? [] : [known.type],
  )
  if (names.includes(type)) return null
  const near = nearestName(type, names)
  const hint = near ? `Did you mean "${near}"?` : 'GET /v1/catalogue lists them.'
  const message = `There is no event type "${type}". ${hint}`
  return { path: 'type', code: 'unknown_event_type', message }
}
