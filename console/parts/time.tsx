import { Text, type TextProps, Tooltip } from '@mantine/core'
import { useInterval } from '@mantine/hooks'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { localeOf } from '../i18n/languages.ts'
import { useTimeZone } from '../data/session.ts'

interface Props extends TextProps {
  /** ISO, or null where it has not happened. */
  at: string | null
  /** `ago`: "5 minutes ago", with the moment in a tooltip. `moment`: the moment itself. */
  show?: 'ago' | 'moment'
}

/** How often "ago" is counted anew. */
const tickMs = 15_000

/** A moment, in the account's time zone and the reader's language. */
export function Time({ at, show = 'ago', ...rest }: Props) {
  const { i18n, t } = useTranslation()
  const timeZone = useTimeZone()
  const [now, setNow] = useState(() => Date.now())
  useInterval(() => setNow(Date.now()), tickMs, { autoInvoke: show === 'ago' })
  if (at === null)
    return (
      <Text span inherit={rest.size === undefined} {...rest}>
        {t('never')}
      </Text>
    )
  const moment = formatMoment(at, i18n.language, timeZone)
  const body = (
    <Text span inherit={rest.size === undefined} {...rest}>
      <time dateTime={at}>
        {show === 'moment' ? moment : formatAgo(Date.parse(at), nowFor(at, now), i18n.language)}
      </time>
    </Text>
  )
  return show === 'moment' ? body : <Tooltip label={`${moment} (${timeZone})`}>{body}</Tooltip>
}

/** What has just happened is not in the future, though the clock that we look at stood still for a while. */
function nowFor(at: string, now: number): number {
  const ahead = Date.parse(at) - now
  return ahead > 0 && ahead <= tickMs ? now + ahead : now
}

/** `20 Nov 2026, 09:30:12`. */
export function formatMoment(at: string, language: string, timeZone: string): string {
  return new Intl.DateTimeFormat(localeOf(language), {
    day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit', timeZone,
  }).format(new Date(at)) // prettier-ignore
}

const steps = [
  ['second', 1],
  ['minute', 60],
  ['hour', 3600],
  ['day', 86_400],
  ['month', 2_629_800],
  ['year', 31_557_600],
] as const

/** "5 minutes ago", "in 2 hours". */
function formatAgo(at: number, now: number, language: string): string {
  const seconds = Math.round((at - now) / 1000)
  const [unit, size] = steps.findLast(([, size]) => Math.abs(seconds) >= size) ?? steps[0]
  return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(Math.trunc(seconds / size), unit)
}
