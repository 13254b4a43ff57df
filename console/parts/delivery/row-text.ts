/** What a row says of a delivery's attempts. */
import type { TFunction } from 'i18next'
import type { Delivery } from '../../data/deliveries.ts'
import { formatDuration } from '../duration/duration.ts'
import { isFailure } from '../exchange/meaning.ts'
import { formatMs } from '../format-ms.ts'

type Tried = Pick<
  Delivery,
  'attempt_count' | 'created_at' | 'settled_at' | 'last_status_code' | 'last_attempt'
>

/** How long the last attempt took; '' before the first. */
export function tookText({ last_attempt }: Tried, language: string): string {
  return last_attempt ? formatMs(last_attempt.duration_ms, language) : ''
}

/** "3 attempts · 5 min 4 sec": how many, and where there were several, until it was settled; '' before the first. */
export function attemptsText(
  { attempt_count: count, created_at, settled_at }: Tried,
  language: string,
  t: TFunction<'history'>,
): string {
  if (count === 0) return ''
  const attempts = t('list.attempts', { count })
  if (count === 1 || settled_at === null) return attempts
  const seconds = Math.max(0, Math.round((Date.parse(settled_at) - Date.parse(created_at)) / 1000))
  return `${attempts} · ${formatDuration(seconds, language, 'short')}`
}

/** Why nothing was answered at the last attempt; null where something was, and before the first. */
export function noAnswerText(
  { last_status_code, last_attempt }: Pick<Tried, 'last_status_code' | 'last_attempt'>,
  t: TFunction<'history'>,
): string | null {
  const reason = last_attempt?.reason ?? null
  if (last_status_code !== null || reason === null || !isFailure(reason) || reason === 'status') return null
  return t(`attempt.failure.${reason}`)
}
