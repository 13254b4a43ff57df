import { nearestName, vocabularyOf } from '../crm/index.ts'
import type { AccountSchema, ProblemDetail } from '../model/index.ts'

/** What is wrong with the name of an event type that the account does not have, with the nearest that it has. */
export function unknownType(type: string, schema: AccountSchema): ProblemDetail | null {
  const { eventTypes, typeNames } = vocabularyOf(schema)
  if (eventTypes.has(type)) return null
  const near = nearestName(type, typeNames)
  const hint = near ? `Did you mean "${near}"?` : 'GET /v1/catalogue lists them.'
  const message = `There is no event type "${type}". ${hint}`
  return { path: 'type', code: 'unknown_event_type', message }
}
