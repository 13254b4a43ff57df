import type { TFunction } from 'i18next'
import { ApiProblem, type ProblemDetail } from '../data/client.ts'

/** A refusal in the reader's words where the code says enough; the server's own sentence otherwise. */
export function problemText(problem: Error, t: TFunction): string {
  if (!(problem instanceof ApiProblem)) return problem.message
  const { code, errors, message } = problem
  if (code === 'offline') return t('problem.offline')
  if (code === 'unavailable') return t('problem.unavailable')
  if (code === 'internal') return t('problem.internal')
  return errors[0] ? detailText(errors[0], t) : message
}

const known = ['required', 'too_long', 'unknown_field', 'unknown_type', 'out_of_range', 'empty'] as const

function isKnown(code: string): code is (typeof known)[number] {
  return (known as readonly string[]).includes(code)
}

/** One mistake of a form. */
export function detailText({ code, message }: ProblemDetail, t: TFunction): string {
  // English readers get the server's sentence: it names the very value.
  if (t('language') === 'en' || !isKnown(code)) return message
  return t(`problem.codes.${code}`)
}
