import type { AuditEntry } from '../../../data/audit.ts'

/** The entries of each day of a time zone, in the order in which they come. */
export function byDay(entries: AuditEntry[], timeZone: string): { day: string; entries: AuditEntry[] }[] {
  // The Canadian way to write a date is the one of ISO: 2026-11-20.
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' })
  const days: { day: string; entries: AuditEntry[] }[] = []
  for (const entry of entries) {
    const day = format.format(Date.parse(entry.at))
    const last = days.at(-1)
    if (last?.day === day) last.entries.push(entry)
    else days.push({ day, entries: [entry] })
  }
  return days
}
