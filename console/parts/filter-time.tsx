import '@mantine/dates/styles.css'
import { Button, Divider, SimpleGrid, Stack, Text } from '@mantine/core'
import { DatePicker, DatesProvider } from '@mantine/dates'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useTimeZone } from '../data/session.ts'
import { FilterPill } from './filter-pill.tsx'
import { isDay, type Span, spanPresets } from './filter-span.ts'

interface Props {
  value: Span | null
  onChange: (value: Span | null) => void
}

/** Picks a span of time: back from now, or days in the account's time zone. */
export function FilterTime({ value, onChange }: Props) {
  const { t, i18n } = useTranslation('history')
  const timeZone = useTimeZone()
  const preset = value && 'preset' in value ? value.preset : null
  return (
    <FilterPill
      label={t('filter.time')}
      value={value && spanText(value, t, i18n.language, timeZone)}
      onClear={() => onChange(null)}
      width={296}
    >
      {(close) => (
        <Stack gap="xs">
          <SimpleGrid cols={2} spacing={6} verticalSpacing={6}>
            {spanPresets.map((name) => (
              <Button
                key={name}
                size="xs"
                variant={name === preset ? 'light' : 'default'}
                aria-pressed={name === preset}
                onClick={() => {
                  onChange({ preset: name })
                  close()
                }}
              >
                {t(`filter.span.${name}`)}
              </Button>
            ))}
          </SimpleGrid>
          <Divider label={t('filter.days')} />
          <Days
            value={value}
            onPick={(since, until) => {
              onChange({ since, until })
              close()
            }}
          />
          <Text size="xs" c="dimmed">
            {t('filter.zone', { timeZone })}
          </Text>
        </Stack>
      )}
    </FilterPill>
  )
}

function Days({ value, onPick }: { value: Span | null; onPick: (since: string, until: string) => void }) {
  const { i18n, t } = useTranslation('history')
  const dayOf = (text: string | null | undefined) => (text && isDay(text) ? text : null)
  const [range, setRange] = useState<[string | null, string | null]>(
    value && 'since' in value ? [dayOf(value.since), dayOf(value.until)] : [null, null],
  )
  return (
    <DatesProvider
      settings={{
        locale: i18n.language.toLowerCase(),
        firstDayOfWeek: i18n.language === 'pt-BR' ? 0 : 1,
        // Their red is too faint to read.
        weekendDays: [],
      }}
    >
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

/** "last 24 hours", "1 Nov – 20 Nov 2026", "since 20 Nov 2026, 09:30". */
function spanText(span: Span, t: TFunction<'history'>, language: string, timeZone: string): string {
  if ('preset' in span) return t(`filter.span.${span.preset}`)
  const locale = language === 'en' ? 'en-GB' : language
  const { since, until } = span
  if (since && until && isDay(since) && isDay(until)) {
    const days = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' })
    return days.formatRange(Date.parse(since), Date.parse(until))
  }
  const point = (text: string) =>
    isDay(text)
      ? new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(Date.parse(text))
      : new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(
          Date.parse(text),
        )
  if (since && until) return `${point(since)} – ${point(until)}`
  return since ? t('filter.since', { at: point(since) }) : t('filter.until', { at: point(until!) })
}
