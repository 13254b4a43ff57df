import { Button, Loader, SegmentedControl, SimpleGrid, Stack, Text } from '@mantine/core'
import type { TFunction } from 'i18next'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { localeOf } from '../../i18n/languages.ts'
import { useTimeZone } from '../../data/session.ts'
import { FilterPill } from './pill.tsx'
import { FilterMoments } from './moments.tsx'
import { daysOf, isDay, type Span, spanPresets } from './span.ts'

/** Calendars are loaded when the first one is opened. */
const FilterDays = lazy(() =>
  import('./days.tsx').then(({ FilterDays: Component }) => ({ default: Component })),
)

interface Props {
  value: Span | null
  onChange: (value: Span | null) => void
}

/** Picks a span of time: back from now, or days in the account's time zone. */
export function FilterTime({ value, onChange }: Props) {
  const { t, i18n } = useTranslation('history')
  const timeZone = useTimeZone()
  const [days] = useState(() => daysOf(Date.now(), timeZone))
  const [exact, setExact] = useState(() => value !== null && isExact(value))
  const pick = (close: () => void) => (since: string | null, until: string | null) => {
    onChange({ since, until })
    close()
  }
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
            {(['today', 'yesterday'] as const).map((name) => (
              <Button
                key={name}
                size="xs"
                variant={isThatDay(value, days[name]) ? 'light' : 'default'}
                aria-pressed={isThatDay(value, days[name])}
                onClick={() => pick(close)(days[name], days[name])}
              >
                {t(`filter.day.${name}`)}
              </Button>
            ))}
          </SimpleGrid>
          <SegmentedControl
            size="xs"
            aria-label={t('filter.time')}
            value={exact ? 'moments' : 'days'}
            onChange={(chosen) => setExact(chosen === 'moments')}
            data={(['days', 'moments'] as const).map((name) => ({ value: name, label: t(`filter.${name}`) }))}
          />
          {exact ? (
            <FilterMoments value={value} onPick={pick(close)} />
          ) : (
            <Suspense fallback={<Loader type="dots" mx="auto" />}>
              <FilterDays value={value} onPick={pick(close)} />
            </Suspense>
          )}
          <Text size="xs" c="dimmed">
            {t('filter.zone', { timeZone })}
          </Text>
        </Stack>
      )}
    </FilterPill>
  )
}

function isExact(value: Span): boolean {
  return !('preset' in value) && [value.since, value.until].some((point) => point !== null && !isDay(point))
}

function isThatDay(value: Span | null, day: string): boolean {
  return value !== null && 'since' in value && value.since === day && value.until === day
}

/** "last 24 hours", "1 Nov – 20 Nov 2026", "since 20 Nov 2026, 09:30". */
function spanText(span: Span, t: TFunction<'history'>, language: string, timeZone: string): string {
  if ('preset' in span) return t(`filter.span.${span.preset}`)
  const locale = localeOf(language)
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
  if (since && until && !isDay(since) && !isDay(until) && since < until) {
    const moments = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone })
    return moments.formatRange(Date.parse(since), Date.parse(until))
  }
  if (since && until) return `${point(since)} – ${point(until)}`
  return since ? t('filter.since', { at: point(since) }) : t('filter.until', { at: point(until!) })
}
