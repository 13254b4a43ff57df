import type { TFunction } from 'i18next'

const reasons = [
  'fired', 'not_subscribed', 'other_stage', 'entering', 'condition', 'not_newly_true', 'limit', 'interval', 'active_hours',
  'loop', 'rate_guard', 'disabled',
] as const // prettier-ignore

/** The reason of a decision in a few words, for lists of counts. */
export function reasonTitle(reason: string, t: TFunction<'exchange'>): string {
  const known = reasons.find((name) => name === reason)
  return known ? t(`reason.${known}`) : reason
}
