import { ApiProblem, type ProblemDetail } from '../../data/client.ts'
import { factsOf, type ProblemFacts } from './facts.ts'
import { isNotLoaded } from './not-loaded.ts'
import { knownSentence } from './sentences.ts'
import { formatMoment } from '../time.tsx'

/**
 * The server speaks English. English readers get its own sentences, which name the very value; others get ours, found by
 * the code, with what the sentence names.
 */

/** `t` of any namespaces. */
type Translate = (...options: never[]) => unknown
type Words = (key: string, named?: Record<string, string | number>) => string

/** Words of `problems`, whichever namespaces `t` is of; '' where there are none. */
function wordsOf(t: Translate): Words {
  const say = t as (key: string, options: object) => string
  return (key, named = {}) => say(`problems:${key}`, { ...named, defaultValue: '' })
}

function languageOf(t: Translate): string {
  return (t as (key: string) => string)('common:language')
}

/** A refusal in the reader's words. */
export function problemText(problem: Error, t: Translate): string {
  const common = t as (key: string) => string
  if (isNotLoaded(problem)) return common('common:problem.notLoaded')
  if (!(problem instanceof ApiProblem)) return problem.message
  const { code, errors, message } = problem
  if (code === 'offline') return common('common:problem.offline')
  if (code === 'unavailable') return common('common:problem.unavailable')
  if (code === 'internal') return common('common:problem.internal')
  if (errors[0]) return detailText(errors[0], t)
  if (languageOf(t) === 'en') return message
  return sayKnown(message, t) ?? (wordsOf(t)(`kind.${keyOf(code)}`) || message)
}

/** One mistake, or one thing to know. */
export function detailText(detail: ProblemDetail, t: Translate): string {
  const { code, message } = detail
  const language = languageOf(t)
  if (language === 'en') return message
  const facts = factsOf(detail, language)
  const said = wordsOf(t)(`code.${keyOf(code)}`, { value: facts.value ?? '…', place: facts.place ?? '…' })
  return said ? withTails(said, facts, t) : (sayKnown(message, t) ?? message)
}

/** What may be meant so in a webhook but often is not. */
export function warningText(warning: ProblemDetail, t: Translate): string {
  return detailText(warning, t)
}

/** Why a webhook is switched off; also for English readers, whom the server's few words would be too short. */
export function statusReasonText(reason: string, t: Translate, timeZone: string): string {
  const known = knownSentence(reason)
  if (!known?.key.startsWith('status.')) return reason
  const { moment } = known.named
  const named = counted(known.named)
  if (moment !== undefined) named['moment'] = formatMoment(moment, languageOf(t), timeZone)
  return wordsOf(t)(known.key, named) || reason
}

function sayKnown(message: string, t: Translate): string | null {
  const known = knownSentence(message)
  return known && (wordsOf(t)(known.key, counted(known.named)) || null)
}

/** What else the sentence says that helps: what was meant, what there is, the bounds. */
function withTails(said: string, facts: ProblemFacts, t: Translate): string {
  const words = wordsOf(t)
  const { meant, example, known, min, max, expected, ofCharacters = false } = facts
  const tail = () => {
    if (meant !== undefined) return words('tail.meant', { name: meant })
    if (expected !== undefined) return words('tail.expected', { what: words(`type.${expected}`) })
    if (known !== undefined) return words('tail.known', { list: known })
    if (example !== undefined) return words('tail.example', { name: example })
    if (min !== undefined && max !== undefined) return words('tail.range', { min, max })
    if (min !== undefined) return words(ofCharacters ? 'tail.charactersMin' : 'tail.atLeast', { min })
    if (max !== undefined) return words(ofCharacters ? 'tail.charactersMax' : 'tail.atMost', { max })
    return ''
  }
  return `${said} ${tail()}`.trimEnd()
}

/** `too_many` → `tooMany`: a key that ends like a plural form would be taken for one. */
export function keyOf(code: string): string {
  return code.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
}

/** Plural forms go by a number. */
function counted({ count, ...named }: Record<string, string>): Record<string, string | number> {
  return count === undefined ? named : { ...named, count: Number(count) }
}
