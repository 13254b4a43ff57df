import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { type Described, useCatalogue } from '../../data/catalogue.ts'
import type { ActiveHours, WebhookSettings } from '../../data/webhooks.ts'
import { formatDuration } from '../../parts/duration/duration.ts'
import type { Fold } from './places.ts'
import { useWebhookForm } from './form-state.ts'

type Summaries = Record<Extract<Fold, 'retries' | 'pace' | 'firing' | 'hours' | 'off'>, string>

interface Words {
  t: TFunction<'form'>
  language: string
  policies: readonly Described[]
}

/** Each folded part of Delivery in one line. */
export function deliverySummaries(settings: WebhookSettings, { t, language, policies }: Words): Summaries {
  const { delivery, limits, fire, delay_s, active_hours } = settings
  const time = (seconds: number) => formatDuration(seconds, language)
  const { policy, ...options } = delivery.retry
  const title = policies.find(({ name }) => name === policy)?.title ?? policy
  const waits = waitsIn(options)
  const retries =
    waits.length > 0 ? t('delivery.tries', { count: waits.length + 1, time: time(sum(waits)) }) : title
  const pace = [
    t('delivery.timeout', { time: time(delivery.timeout_s) }),
    t('delivery.slots', { count: delivery.slots }),
    ...(delivery.rate_per_s === null
      ? []
      : [t('delivery.rate', { rate: new Intl.NumberFormat(language).format(delivery.rate_per_s) })]),
    ...(delivery.order === 'record' ? [t('delivery.ordered')] : []),
  ]
  const firing = [
    t(`delivery.fire.${fire}`),
    ...(delay_s > 0 ? [t('delivery.delayed', { time: time(delay_s) })] : []),
    ...(limits.per_record === null ? [] : [t(`delivery.limit.${limits.per}`, { count: limits.per_record })]),
    ...(limits.min_interval_s === null
      ? []
      : [t('delivery.interval', { time: time(limits.min_interval_s) })]),
  ]
  const off = [
    ...(delivery.disable_after_s === null
      ? []
      : [t('delivery.offAfter', { time: time(delivery.disable_after_s) })]),
    ...(delivery.disable_after_failures === null
      ? []
      : [t('delivery.offAfterFailures', { count: delivery.disable_after_failures })]),
    ...(delivery.on_gone === 'disable' ? [t('delivery.offOnGone')] : []),
  ]
  return {
    retries: [retries, t('delivery.givenUp', { time: time(delivery.expires_s) })].join(' · '),
    pace: pace.join(' · '),
    firing: firing.join(' · '),
    hours: active_hours === null ? t('hours.always') : hoursText(active_hours, language),
    off: off.length > 0 ? off.join(' · ') : t('delivery.neverOff'),
  }
}

/** "Mon–Fri 09:00–18:00 (Europe/Warsaw)". */
export function hoursText({ days, from, to, time_zone }: ActiveHours, language: string): string {
  return `${daysText(days, language)} ${from}–${to} (${time_zone})`
}

/** Days that follow each other as a span. */
function daysText(days: readonly number[], language: string): string {
  const spans: [first: number, last: number][] = []
  for (const day of days.toSorted((a, b) => a - b)) {
    const last = spans.at(-1)
    if (last && day === last[1] + 1) last[1] = day
    else spans.push([day, day])
  }
  return spans
    .map(([first, last]) => {
      if (first === last) return dayName(first, language)
      return `${dayName(first, language)}${last === first + 1 ? ', ' : '–'}${dayName(last, language)}`
    })
    .join(', ')
}

/** 1 is Monday. */
export function dayName(day: number, language: string, weekday: 'short' | 'long' = 'short'): string {
  // 5 January 2026 was a Monday.
  return new Intl.DateTimeFormat(language, { weekday, timeZone: 'UTC' }).format(Date.UTC(2026, 0, 4 + day))
}

/** The waits between tries, of a policy that has any. */
export function waitsIn(options: Record<string, unknown>): number[] {
  return Object.values(options).flatMap((value) =>
    Array.isArray(value) ? value.filter((wait) => typeof wait === 'number') : [],
  )
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

export function useDeliverySummaries(): Summaries {
  const { t, i18n } = useTranslation('form')
  const { draft } = useWebhookForm()
  const { retry_policies } = useCatalogue()
  return deliverySummaries(draft, { t, language: i18n.language, policies: retry_policies })
}
