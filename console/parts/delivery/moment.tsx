import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { localeOf } from '../../i18n/languages.ts'
import { useTimeZone } from '../../data/session.ts'

/** A moment in a list: the time of day, with the day beneath, in the account's time zone. */
export function DeliveryMoment({ at, inline = false }: { at: string; inline?: boolean }) {
  const { i18n } = useTranslation()
  const timeZone = useTimeZone()
  const { time, day } = momentParts(at, i18n.language, timeZone)
  return (
    <time dateTime={at}>
      <Text span size="sm" ff="inherit">
        {time}
      </Text>
      {inline ? ' ' : null}
      <Text span size="xs" c="dimmed" display={inline ? 'inline' : 'block'}>
        {day}
      </Text>
    </time>
  )
}

function momentParts(at: string, language: string, timeZone: string): { time: string; day: string } {
  const locale = localeOf(language)
  const date = new Date(at)
  const thisYear = new Date().getUTCFullYear() === date.getUTCFullYear()
  return {
    time: new Intl.DateTimeFormat(locale, { timeStyle: 'medium', timeZone }).format(date),
    day: new Intl.DateTimeFormat(locale, {
      day: 'numeric',
      month: 'short',
      timeZone,
      ...(thisYear ? {} : { year: 'numeric' }),
    }).format(date),
  }
}
