import '@mantine/dates/styles.css'
import { ActionIcon, Group, Tooltip } from '@mantine/core'
import { DatePickerInput, DatesProvider, TimeInput } from '@mantine/dates'
import { IconClockPlus, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { calendarSettings } from '../../../../parts/calendar-settings.ts'
import { localeOf } from '../../../../i18n/languages.ts'
import { useTimeZone } from '../../../../data/session.ts'
import { momentOf, wallClock } from '../../../../parts/zone-time.ts'
import { textOf, type ValueProps } from './value-props.ts'

/** A day, or a moment where a time is added: the account's clocks show it. */
export function DateValue({
  value,
  onChange,
  label,
  error,
  disabled,
}: Omit<ValueProps, 'field' | 'operator' | 'capitals'>) {
  const { t, i18n } = useTranslation('form')
  const timeZone = useTimeZone()
  const text = textOf(value)
  const isMoment = text.includes('T') && !Number.isNaN(Date.parse(text))
  const { day, time } = isMoment ? wallClock(text, timeZone) : { day: text, time: '' }
  const shownDay = /^\d{4}-\d{2}-\d{2}$/.test(day) ? day : null
  const set = (nextDay: string | null, nextTime: string) => {
    if (nextDay === null) return onChange(undefined)
    onChange(nextTime === '' ? nextDay : momentOf({ day: nextDay, time: nextTime }, timeZone))
  }
  const shown = shownDay === null ? '' : `: ${formatDay(shownDay, i18n.language)}`
  return (
    <DatesProvider settings={calendarSettings(i18n.language)}>
      <Group gap={4} wrap="nowrap" align="flex-start">
        <DatePickerInput
          // It is a button: its name must hold what it shows.
          aria-label={`${label}${shown || `: ${t('if.chooseDate')}`}`}
          placeholder={t('if.chooseDate')}
          value={shownDay}
          onChange={(next) => set(next, time)}
          valueFormatter={({ date }) => (typeof date === 'string' ? formatDay(date, i18n.language) : '')}
          ariaLabels={{
            nextMonth: t('if.nextMonth'),
            previousMonth: t('if.previousMonth'),
            nextYear: t('if.nextYear'),
            previousYear: t('if.previousYear'),
            nextDecade: t('if.nextYears'),
            previousDecade: t('if.previousYears'),
            monthLevelControl: t('if.chooseMonth'),
            yearLevelControl: t('if.chooseYear'),
          }}
          hideOutsideDates
          popoverProps={{ withinPortal: true, returnFocus: true }}
          miw="9.5rem"
          error={error}
          disabled={disabled}
        />
        {isMoment && (
          <TimeInput
            aria-label={`${label}, ${t('if.time')}`}
            value={time}
            onChange={(event) =>
              shownDay && event.currentTarget.value !== '' && set(shownDay, event.currentTarget.value)
            }
            disabled={disabled}
          />
        )}
        {!disabled && shownDay !== null && (
          <Tooltip label={t(isMoment ? 'if.removeTime' : 'if.addTime')}>
            <ActionIcon
              variant="subtle"
              color="gray"
              mt={4}
              aria-label={t(isMoment ? 'if.removeTime' : 'if.addTime')}
              onClick={() => set(shownDay, isMoment ? '' : '09:00')}
            >
              {isMoment ? <IconX size={16} /> : <IconClockPlus size={16} />}
            </ActionIcon>
          </Tooltip>
        )}
      </Group>
    </DatesProvider>
  )
}

/** `20 Nov 2026`. */
function formatDay(day: string, language: string): string {
  return new Intl.DateTimeFormat(localeOf(language), {
    dateStyle: 'medium',
    timeZone: 'UTC',
  }).format(Date.parse(day))
}
