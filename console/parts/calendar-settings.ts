import type { DatesProviderSettings } from '@mantine/dates'

/** For calendars: weeks begin as people expect, and weekends are not red, which is for mistakes and too faint to read. */
export function calendarSettings(language: string): DatesProviderSettings {
  return {
    locale: language.toLowerCase(),
    firstDayOfWeek: language === 'pt-BR' ? 0 : 1,
    weekendDays: [],
  }
}
