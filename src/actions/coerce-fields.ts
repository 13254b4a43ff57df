import { coerceField, fieldsOf, inferFieldType, nearestName, widen } from '../crm/index.ts'
import type { Kind } from '../crm/index.ts'
import { invalid } from '../model/index.ts'
import type { AccountField, FieldDescription, Fields, Json, ProblemDetail } from '../model/index.ts'
import type { AccountNames } from '../record-events/index.ts'

export const fieldsPerRecordMax = 500
export const fieldNameCharactersMax = 100

export interface CoercedFields {
  fields: Fields
  /** Fields seen for the first time, or seen with a value that widens them. */
  discovered: AccountField[]
}

const builtInFields = new Map<Kind, Record<string, FieldDescription>>()

function builtInFieldsOf(kind: Kind): Record<string, FieldDescription> {
  let fields = builtInFields.get(kind)
  if (!fields) builtInFields.set(kind, (fields = fieldsOf(kind)))
  return fields
}

/**
 * What a caller sent becomes what a record holds: built-in and declared fields are coerced to their type, and a misfit is
 * refused; unknown ones are kept and remembered as discovered, or refused where the account is strict.
 * `path` says where the fields stand in the caller's body, '' for the body itself.
 * @throws Problem `invalid`, naming every field that does not fit
 */
export function coerceFields(
  kind: Kind,
  sent: Fields,
  names: AccountNames,
  strict: boolean,
  path: string,
): CoercedFields {
  const builtIn = builtInFieldsOf(kind)
  const own = names.fields(kind.name)
  const result: CoercedFields = { fields: {}, discovered: [] }
  const errors: ProblemDetail[] = []
  const entries = Object.entries(sent)
  if (entries.length > fieldsPerRecordMax)
    throw invalid([
      { path, code: 'too_many_fields', message: `A record holds at most ${fieldsPerRecordMax} fields.` },
    ])

  for (const [name, value] of entries) {
    const at = path ? `${path}.${name}` : name
    const known = Object.hasOwn(builtIn, name) ? builtIn[name]! : own.get(name)
    if (known && !('origin' in known && known.origin === 'discovered')) {
      const coerced = coerceField(value, known)
      if (coerced.problem === undefined) result.fields[name] = coerced.value
      else errors.push({ path: at, code: 'wrong_type', message: `"${name}" ${coerced.problem}.` })
      continue
    }
    if (name === '' || name.length > fieldNameCharactersMax || /\p{Cc}/u.test(name)) {
      const message = `A field's name has 1 to ${fieldNameCharactersMax} characters, none of them a control character.`
      errors.push({ path: at, code: 'field_name', message })
      continue
    }
    if (!known && strict) {
      errors.push({
        path: at,
        code: 'unknown_field',
        message: unknownField(kind, name, [...Object.keys(builtIn), ...own.keys()]),
      })
      continue
    }
    result.fields[name] = value
    const seen = discover(kind, name, value, known as AccountField | undefined)
    if (seen) result.discovered.push(seen)
  }
  if (errors.length > 0) throw invalid(errors)
  return result
}

function discover(
  kind: Kind,
  name: string,
  value: Json,
  known: AccountField | undefined,
): AccountField | null {
  if (known) {
    const type = widen(known.type, value)
    return type === known.type ? null : { ...known, type }
  }
  const type = inferFieldType(value)
  return (
    type && { kind: kind.name, name, title: name, type, choices: null, links: null, origin: 'discovered' }
  )
}

function unknownField(kind: Kind, name: string, candidates: string[]): string {
  const near = nearestName(name, candidates)
  const hint = near
    ? `Did you mean "${near}"?`
    : 'Declare it with POST /v1/fields, or make the account not strict.'
  return `A ${kind.name} has no field "${name}", and this account is strict. ${hint}`
}
