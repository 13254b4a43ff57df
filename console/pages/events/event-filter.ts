import type { EventFilter } from '../../data/events.ts'
import { type RecordAddress, readRecord, writeRecord } from '../../parts/filter/record-address.ts'
import { readSpan, type Span, spanBounds, writeSpan } from '../../parts/filter/span.ts'

/** What is looked for; all of it stands in the page's address under the API's names. */
export interface EventsFilter {
  type: string | null
  record: RecordAddress | null
  span: Span | null
}

export function readEventsFilter(params: URLSearchParams): EventsFilter {
  return { type: params.get('type') || null, record: readRecord(params), span: readSpan(params) }
}

export function writeEventsFilter({ type, record, span }: EventsFilter): URLSearchParams {
  const written: Record<string, string | null> = { type, ...writeRecord(record), ...writeSpan(span) }
  return new URLSearchParams(
    Object.entries(written).filter((entry): entry is [string, string] => Boolean(entry[1])),
  )
}

/** As the API asks for it. */
export function toEventFilter(
  { type, record, span }: EventsFilter,
  now: number,
  timeZone: string,
): EventFilter {
  return {
    type: type ?? undefined,
    record_kind: record?.kind,
    record_id: record?.id,
    ...spanBounds(span, now, timeZone),
  }
}
