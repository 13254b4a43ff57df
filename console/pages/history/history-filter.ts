import {
  type DeliveryFilter,
  type DeliveryState,
  deliveryStates,
  type SettledState,
  settledStates,
} from '../../data/deliveries.ts'
import type { ReplayFilter, ReplayWish } from '../../data/replays.ts'
import { readRecord, writeRecord } from '../../parts/filter/record-address.ts'
import { readSpan, type Span, spanBounds, writeSpan } from '../../parts/filter/span.ts'

/** What is looked for; all of it stands in the page's address under the API's names, so that it can be shared. */
export interface HistoryFilter {
  webhook: string | null
  /** An event's id, or a type. */
  event: string | null
  record: { kind: string; id: string } | null
  states: DeliveryState[]
  code: string | null
  span: Span | null
  search: string
  /** First sendings or replays; picked out here, since the API does not. */
  purpose: 'event' | 'replay' | null
  /** The id of the replay that made them. */
  replay: string | null
  sentAgain: boolean | null
}

export const noFilter: HistoryFilter = {
  webhook: null,
  event: null,
  record: null,
  states: [],
  code: null,
  span: null,
  search: '',
  purpose: null,
  replay: null,
  sentAgain: null,
}

export function readHistoryFilter(params: URLSearchParams): HistoryFilter {
  const states = (params.get('state') ?? '').split(',')
  const code = params.get('status_code')
  const purpose = params.get('purpose')
  const sentAgain = params.get('sent_again')
  return {
    webhook: params.get('webhook_id'),
    event: params.get('event_id') ?? params.get('event_type'),
    record: readRecord(params),
    states: deliveryStates.filter((state) => states.includes(state)),
    code: code !== null && isStatusCode(code) ? code : null,
    span: readSpan(params),
    search: params.get('search') ?? '',
    purpose: purpose === 'event' || purpose === 'replay' ? purpose : null,
    replay: params.get('replay_id'),
    sentAgain: sentAgain === 'true' || sentAgain === 'false' ? sentAgain === 'true' : null,
  }
}

export function writeHistoryFilter(filter: HistoryFilter): URLSearchParams {
  const { event, record } = filter
  const written: Record<string, string | null> = {
    webhook_id: filter.webhook,
    [event !== null && isEventId(event) ? 'event_id' : 'event_type']: event,
    ...writeRecord(record),
    state: filter.states.join(','),
    status_code: filter.code,
    ...writeSpan(filter.span),
    search: filter.search,
    purpose: filter.purpose,
    replay_id: filter.replay,
    sent_again: textOf(filter.sentAgain) ?? null,
  }
  return new URLSearchParams(
    Object.entries(written).filter((entry): entry is [string, string] => Boolean(entry[1])),
  )
}

function textOf(sentAgain: boolean | null): 'true' | 'false' | undefined {
  return sentAgain === null ? undefined : sentAgain ? 'true' : 'false'
}

function isStatusCode(text: string): boolean {
  return /^[1-5]\d\d$/.test(text)
}

function isEventId(text: string): boolean {
  return text.startsWith('evt_')
}

export function isSame(a: HistoryFilter, b: HistoryFilter): boolean {
  return String(writeHistoryFilter(a)) === String(writeHistoryFilter(b))
}

/** As the API asks for it. */
export function toDeliveryFilter(filter: HistoryFilter, now: number, timeZone: string): DeliveryFilter {
  const { webhook, event, record, states, code, search } = filter
  const isId = event !== null && isEventId(event)
  return {
    webhook_id: webhook ?? undefined,
    event_id: isId ? event : undefined,
    event_type: event !== null && !isId ? event : undefined,
    record_kind: record?.kind,
    record_id: record?.id,
    state: states.join(',') || undefined,
    status_code: code ?? undefined,
    replay_id: filter.replay ?? undefined,
    sent_again: textOf(filter.sentAgain),
    ...spanBounds(filter.span, now, timeZone),
    search: search.trim() || undefined,
  }
}

/**
 * All that the filter finds, to be sent again by one replay; null where a replay cannot be asked for it: text, one event or a
 * purpose are no filters of replays, and what is under way is sent anyway.
 */
export function toReplayWish(
  { webhook, event, record, code, search, purpose, states, replay, sentAgain }: HistoryFilter,
  { since, until }: Pick<DeliveryFilter, 'since' | 'until'>,
): (Pick<ReplayWish, 'webhook_id'> & { filter: ReplayFilter & { states: SettledState[] } }) | null {
  if (search.trim() !== '' || purpose !== null || (event !== null && isEventId(event))) return null
  const settled = settledStates.filter((state) => states.length === 0 || states.includes(state))
  if (settled.length === 0) return null
  return {
    webhook_id: webhook ?? undefined,
    filter: {
      event_type: event ?? undefined,
      record: record ?? undefined,
      states: settled,
      status_code: code === null ? undefined : Number(code),
      replay_id: replay ?? undefined,
      sent_again: sentAgain ?? undefined,
      since,
      until,
    },
  }
}
