import '@mantine/dates/styles.css'
import { DatePicker, DatesProvider } from '@mantine/dates'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { calendarSettings } from '../calendar-settings.ts'
import { isDay, type Span } from './span.ts'

interface Props {
  value: Span | null
  onPick: (since: string, until: string) => void
}

/** A calendar to pick the first and the last day from; the same one twice is one day. */
export function FilterDays({ value, onPick }: Props) {
  const { i18n, t } = useTranslation('history')
  const dayOf = (text: string | null | undefined) => (text && isDay(text) ? text : null)
  const [range, setRange] = useState<[string | null, string | null]>(
    value && 'since' in value ? [dayOf(value.since), dayOf(value.until)] : [null, null],
  )
  return (
    <DatesProvider settings={calendarSettings(i18n.language)}>
      <DatePicker
        type="range"
        mx="auto"
        allowSingleDateInRange
        hideOutsideDates
        value={range}
        aria-label={t('filter.days')}
        ariaLabels={{
          nextMonth: t('filter.nextMonth'),
          previousMonth: t('filter.previousMonth'),
          nextYear: t('filter.nextYear'),
          previousYear: t('filter.previousYear'),
          nextDecade: t('filter.nextDecade'),
          previousDecade: t('filter.previousDecade'),
        }}
        onChange={(next) => {
          setRange(next)
          if (next[0] && next[1]) onPick(next[0], next[1])
        }}
      />
    </DatesProvider>
  )
}
