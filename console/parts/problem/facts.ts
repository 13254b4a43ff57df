import type { ProblemDetail } from '../../data/client.ts'
import { formatDuration } from '../duration/duration.ts'

/** What the server's English sentence names: the same in every language. */
export interface ProblemFacts {
  /** What stands in quotation marks first. */
  value?: string
  /** What the sentence is about, where it begins with it: `record.id: Nothing was found.` */
  place?: string
  /** What was probably meant. */
  meant?: string
  /** What could be written instead. */
  example?: string
  /** What there is to choose from, with commas between. */
  known?: string
  min?: string
  max?: string
  /** The bounds are of a text's length. */
  ofCharacters?: boolean
  /** A word of `problems:type`. */
  expected?: ExpectedType
}

export type ExpectedType =
  'text' | 'number' | 'integer' | 'boolean' | 'list' | 'object' | 'date' | 'id' | 'money'

/** The beginnings of what the server says that a value must be; the longer ones first. */
const expectedTypes: [beginning: string, type: ExpectedType][] = [
  ['a number, or {"amount"', 'money'],
  ['a number', 'number'],
  ['a whole number', 'integer'],
  ['a list', 'list'],
  ['an object', 'object'],
  ['an id', 'id'],
  ['a date', 'date'],
  ['true or false', 'boolean'],
  ['text', 'text'],
]

const lists =
  /(?:(?:Known here|Known|There are|These kinds are|It has|It may have|[Oo]ne of):|must be one of|It accepts) (.+?)(?: for all members)?\.(?: |$)/
/** A longer list helps nobody. */
const listCharactersMax = 160

/** Reads what is worth repeating to somebody who does not read English. */
export function factsOf(
  { path, message }: Pick<ProblemDetail, 'path' | 'message'>,
  language: string,
): ProblemFacts {
  const isSpan = /_s(\[\d+\])?$/.test(path)
  const number = (text: string) =>
    isSpan ? formatDuration(Number(text), language) : new Intl.NumberFormat(language).format(Number(text))
  const range = /from (-?[\d.]*\d) to (-?[\d.]*\d)/.exec(message)
  const least = /at least (-?[\d.]*\d)/.exec(message)
  const most = /at most (-?[\d.]*\d)/.exec(message)
  const known = lists.exec(message)?.[1]
  const mustBe = /must be (.+)$/.exec(message)?.[1] ?? ''
  return cleaned({
    value: /"([^"]*)"/.exec(message)?.[1],
    place: /^([\w.*]+): /.exec(message)?.[1],
    meant: /Did you mean "([^"]+)"\?/.exec(message)?.[1],
    example: /Write for example "([^"]+)"|some receivers ask for: "([^"]+)"/
      .exec(message)
      ?.slice(1)
      .find(Boolean),
    known: known && known.length <= listCharactersMax && known !== 'none' ? known : undefined,
    min: range ? number(range[1]!) : least ? number(least[1]!) : undefined,
    max: range ? number(range[2]!) : most ? number(most[1]!) : undefined,
    ofCharacters: /\d characters?\b/.test(message) || undefined,
    expected: expectedTypes.find(([beginning]) => mustBe.startsWith(beginning))?.[1],
  })
}

/** Without what is not there. */
function cleaned(facts: { [Name in keyof ProblemFacts]: ProblemFacts[Name] | undefined }): ProblemFacts {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined))
}
