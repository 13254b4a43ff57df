import { localeOf } from '../../../i18n/languages.ts'
/** The time zones that a browser knows, and what people call them. */

/** `Europe/Warsaw`, with "Europa Środkowa" in the reader's language, found by either. */
export interface TimeZone {
  id: string
  /** `America / New York`. */
  label: string
  /** What the reader calls its time; '' where the language has no name for it. */
  called: string
}

/** All of them; `present` is among them even where this browser does not know it. */
export function timeZones(language: string, present: string, at: Date): TimeZone[] {
  const ids = new Set(['UTC', ...Intl.supportedValuesOf('timeZone'), present])
  return [...ids].map((id) => ({ id, label: zoneLabel(id), called: calledIn(id, language, at) }))
}

export function zoneLabel(id: string): string {
  return id.replaceAll('_', ' ').replaceAll('/', ' / ')
}

/** `15:24`, and how far it is from UTC: `UTC+1`. */
export function timeIn(id: string, language: string, at: Date): { time: string; offset: string } | null {
  try {
    const time = new Intl.DateTimeFormat(localeOf(language), {
      timeZone: id,
      hour: '2-digit',
      minute: '2-digit',
    }).format(at)
    return { time, offset: partOf(id, 'en', 'shortOffset', at).replace('GMT', 'UTC').replace(/\+0$/, '') }
  } catch {
    // A name that the server knows and this browser does not.
    return null
  }
}

function calledIn(id: string, language: string, at: Date): string {
  try {
    const name = partOf(id, language, 'longGeneric', at)
    return name.startsWith('GMT') ? '' : name
  } catch {
    return ''
  }
}

function partOf(id: string, language: string, style: 'longGeneric' | 'shortOffset', at: Date): string {
  const parts = new Intl.DateTimeFormat(language, { timeZone: id, timeZoneName: style }).formatToParts(at)
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? ''
}

/** Whether what was typed is in any of its names; slashes, spaces and underscores are the same. */
export function isMeant({ id, label, called }: TimeZone, typed: string): boolean {
  const plain = (text: string) =>
    text
      .toLowerCase()
      .replaceAll(/[/_\s]+/g, ' ')
      .trim()
  const needle = plain(typed)
  return [id, label, called].some((name) => plain(name).includes(needle))
}
