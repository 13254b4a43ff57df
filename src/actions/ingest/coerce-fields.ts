import { coerceField, fieldsOf, inferFieldType, nearestName, widen } from '../../crm/index.ts'
import type { Kind } from '../../crm/index.ts'
import { invalid } from '../../model/index.ts'
import type { AccountField, Fields, Json, ProblemDetail } from '../../model/index.ts'
import type { AccountNames } from '../../record-events/index.ts'

const fieldsPerRecordMax = 500
const fieldNameCharactersMax = 100
const titleCharactersMax = 200
/** Of the fields that a strict account does not know, so many are answered with the one that was meant. */
const hintsMax = 5

export interface CoercedFields {
  fields: Fields
  /** Fields seen for the first time, or seen with a value that widens them. */
  discovered: AccountField[]
}

/**
 * What a caller sent becomes what a record holds: built-in and declared fields are coerced to their type, and a misfit is
 * refused; unknown ones are kept and remembered as discovered, or refused where the account is strict.
 * `titles` are what the sender says that people call them: for fields that nobody has named yet.
 * @throws Problem `invalid`, naming every field that does not fit
 */
export function coerceFields(
  kind: Kind,
  sent: Fields,
  names: AccountNames,
  strict: boolean,
  titles: Record<string, string> = {},
): CoercedFields {
  const builtIn = fieldsOf(kind)
  const own = names.fields(kind.name)
  const result: CoercedFields = { fields: {}, discovered: [] }
  const errors: ProblemDetail[] = []
  const entries = Object.entries(sent)
  if (entries.length > fieldsPerRecordMax)
    throw invalid([
      { path: '', code: 'too_many_fields', message: `A record holds at most ${fieldsPerRecordMax} fields.` },
    ])

  for (const [name, value] of entries) {
    const known = Object.hasOwn(builtIn, name) ? builtIn[name]! : own.get(name)
    if (known && !('origin' in known && known.origin === 'discovered')) {
      const coerced = coerceField(value, known)
      if (coerced.problem === undefined) result.fields[name] = coerced.value
      else errors.push({ path: name, code: 'wrong_type', message: `"${name}" ${coerced.problem}.` })
      continue
    }
    if (name === '' || name.length > fieldNameCharactersMax || /\p{Cc}/u.test(name)) {
      const message = `A field's name has 1 to ${fieldNameCharactersMax} characters, none of them a control character.`
      errors.push({ path: name, code: 'field_name', message })
      continue
    }
    if (!known && strict) {
      const meant = errors.length < hintsMax ? [...Object.keys(builtIn), ...own.keys()] : []
      errors.push({ path: name, code: 'unknown_field', message: unknownField(kind, name, meant) })
      continue
    }
    result.fields[name] = value
    const seen = discover(kind, name, value, known as AccountField | undefined, titleOf(titles, name))
    if (seen) result.discovered.push(seen)
  }
  if (errors.length > 0) throw invalid(errors)
  return result
}

/** Built-in fields take their own form (ids become text), so that stages and links are found; the others stay as sent. */
export function coerceKnown(fields: Fields, known: ReturnType<typeof fieldsOf>, path: string): Fields {
  const coerced: Fields = {}
  for (const [name, value] of Object.entries(fields)) {
    const fit = Object.hasOwn(known, name) ? coerceField(value, known[name]!) : { value }
    if (fit.problem !== undefined)
      throw invalid([{ path: `${path}.${name}`, code: 'wrong_type', message: `"${name}" ${fit.problem}.` }])
    coerced[name] = fit.value
  }
  return coerced
}

function discover(
  kind: Kind,
  name: string,
  value: Json,
  known: AccountField | undefined,
  said: string,
): AccountField | null {
  if (known) {
    const type = widen(known.type, value)
    const title = known.title === name ? said : known.title
    return type === known.type && title === known.title ? null : { ...known, type, title }
  }
  const type = inferFieldType(value)
  return (
    type && { kind: kind.name, name, title: said, type, choices: null, links: null, origin: 'discovered' }
  )
}

function titleOf(titles: Record<string, string>, name: string): string {
  return (Object.hasOwn(titles, name) && titles[name]!.slice(0, titleCharactersMax).trim()) || name
}

function unknownField(kind: Kind, name: string, candidates: string[]): string {
  const near = nearestName(name, candidates)
  const hint = near
    ? `Did you mean "${near}"?`
    : 'Declare it with POST /v1/fields, or make the account not strict.'
  return `A ${kind.name} has no field "${name}", and this account is strict. ${hint}`
}
