import type { FieldType, ProblemDetail } from '../../model/index.ts'
import { unknownKind } from '../ingest/not-a-choice.ts'

/** A field as a caller describes it. */
export interface FieldInput {
  title?: string
  type: FieldType
  /** For the type `choice`. */
  choices?: string[]
  /** For the type `link`: the kind that it names. */
  links?: string
}

/**
 * What is wrong with a field, whatever its kind. `builtIn` are the names that are taken, `kinds` those that it may link to;
 * `at` says where the caller wrote its name and the rest of it.
 */
export function checkField(
  name: string,
  { type, choices, links }: FieldInput,
  context: { builtIn: object; kinds: Iterable<string> },
  at: { name: string; inside: string } = { name: 'name', inside: '' },
): ProblemDetail[] {
  const errors: ProblemDetail[] = []
  const wrong = (path: string, code: string, message: string) => errors.push({ path, code, message })
  const choicesAt = `${at.inside}choices`
  const linksAt = `${at.inside}links`
  if (Object.hasOwn(context.builtIn, name))
    wrong(at.name, 'built_in', `"${name}" is built in and cannot be declared. Choose another name.`)
  if (name === 'id' || name === 'kind')
    wrong(at.name, 'not_a_field', `"${name}" names the record itself. Choose another name.`)
  // No record can hold it: bodies with this key are refused.
  if (name === '__proto__') wrong(at.name, 'bad_key', 'A field cannot be called "__proto__". Rename it.')
  if (type === 'choice' && !choices?.length)
    wrong(choicesAt, 'required', 'A field of the type "choice" needs its choices.')
  if (type !== 'choice' && choices)
    wrong(choicesAt, 'not_together', 'Only a field of the type "choice" has choices.')
  if (choices && new Set(choices).size < choices.length) wrong(choicesAt, 'twice', 'A choice is there twice.')
  if (type === 'link' && links === undefined)
    wrong(linksAt, 'required', 'A field of the type "link" needs the kind that it names.')
  if (type !== 'link' && links !== undefined)
    wrong(linksAt, 'not_together', 'Only a field of the type "link" names a kind.')
  const kinds = [...context.kinds]
  if (type === 'link' && links !== undefined && !kinds.includes(links))
    errors.push(unknownKind(linksAt, links, kinds))
  return errors
}
