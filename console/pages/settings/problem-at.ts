import type { TFunction } from 'i18next'
import { ApiProblem, type ProblemDetail } from '../../data/client.ts'
import { detailText, problemText } from '../../parts/problem-text.ts'

/** What only the settings are told; in other languages than English these are said by us. */
const ownCodes = [
  'bad_format',
  'bad_name',
  'built_in',
  'last_owner',
  'not_a_field',
  'taken',
  'too_short',
  'twice',
  'unknown_time_zone',
  'wrong_password',
] as const

function isOwn(code: string): code is (typeof ownCodes)[number] {
  return (ownCodes as readonly string[]).includes(code)
}

export type SettingsWords = TFunction<['settings', 'common']>

/** One mistake, in the reader's language where we know its words. */
function mistakeText(detail: ProblemDetail, t: SettingsWords): string {
  if (t('common:language') !== 'en' && isOwn(detail.code)) return t(`problem.${detail.code}`)
  return detailText(detail, t as unknown as TFunction)
}

/** What is wrong with the value at a path of the API; undefined where nothing is. */
export function problemAt(problem: Error | null, path: string, t: SettingsWords): string | undefined {
  if (!(problem instanceof ApiProblem)) return undefined
  const detail = problem.errors.find((one) => one.path === path)
  return detail && mistakeText(detail, t)
}

/** A refusal in one sentence. */
export function refusalText(problem: Error, t: SettingsWords): string {
  const [detail] = problem instanceof ApiProblem ? problem.errors : []
  return detail ? mistakeText(detail, t) : problemText(problem, t as unknown as TFunction)
}

/** Whether every mistake stands at one of these paths, so that nothing is left to say above the form. */
export function isShownAt(problem: Error | null, paths: readonly string[]): boolean {
  return (
    problem instanceof ApiProblem &&
    problem.errors.length > 0 &&
    problem.errors.every(({ path }) => paths.includes(path))
  )
}
