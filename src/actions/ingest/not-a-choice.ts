import { nearestName, type Kind, type Vocabulary } from '../../crm/index.ts'
import { invalid, type ProblemDetail } from '../../model/index.ts'

/** A name that is none of the known ones, with the one that was probably meant. */
export function notAChoice(
  path: string,
  value: string,
  known: readonly string[],
  words: { code?: string; what?: string } = {},
): ProblemDetail {
  const { code = 'not_a_choice', what = '' } = words
  const near = nearestName(value, known)
  const hint = near ? `Did you mean "${near}"?` : `There are: ${known.join(', ')}.`
  return { path, code, message: `There is no ${what && `${what} `}"${value}". ${hint}` }
}

export function unknownKind(path: string, name: string, kinds: Iterable<string>): ProblemDetail {
  return notAChoice(path, name, [...kinds], { code: 'unknown_kind', what: 'kind' })
}

/** @throws Problem `invalid` with the nearest kind */
export function kindOf(name: string, { kinds }: Vocabulary, path = 'kind'): Kind {
  const kind = kinds.get(name)
  if (!kind) throw invalid([unknownKind(path, name, kinds.keys())])
  return kind
}
