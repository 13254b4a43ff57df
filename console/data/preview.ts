import { keepPreviousData, queryOptions, useMutation } from '@tanstack/react-query'
import { api, ApiProblem, call, get, type Page, post } from './client.ts'
import type { Outcome, ReceivedResponse, SentRequest } from './deliveries.ts'
import type { CrmEvent, DecisionReason, FailedRow } from './events.ts'
import type { Json } from './json.ts'
import type { WebhookDraft, WebhookWarning } from './webhooks.ts'

/** A row of the conditions with what it saw. */
export interface TraceRow extends FailedRow {
  /** The value before the write; absent where the write did not change the field. */
  previous?: Json
  /** Whether this very row holds, whatever its group makes of it. */
  holds: boolean
}

export interface TraceOf {
  holds: boolean
  rows: TraceRow[]
}

export interface Preview {
  verdict: 'fired' | 'skipped'
  reason: DecisionReason
  trace: TraceOf
  /** The event that it was tried with: a past one, or one that was made up for it. */
  event: CrmEvent
  /** null where there is no address yet, or the event cannot be put into the request. */
  request: SentRequest | null
  warnings: WebhookWarning[]
}

/** What a draft is tried with: a past event, a record as it is now, or the sample of an event type. */
export type Subject =
  | { event_id: string }
  | { record: { kind: string; id: string }; type?: string }
  | { sample: true; type?: string }

/** A draft, laid over the webhook of this id where there is one. */
export type TriedWebhook = WebhookDraft & { id?: string }

/** What the draft would decide and send. Sends nothing. The last answer stays until the next is there. */
export const previewQuery = (webhook: TriedWebhook, subject: Subject) =>
  queryOptions({
    queryKey: ['preview', webhook, subject],
    queryFn: ({ signal }) =>
      call<Preview>('POST', '/webhooks/preview', { body: { webhook, ...subject }, signal }),
    placeholderData: keepPreviousData,
    retry: (failures, error) => error instanceof ApiProblem && error.status === 0 && failures < 2,
    gcTime: 60_000,
  })

/** A real answer of the receiver. */
export interface TestAttempt {
  outcome: Outcome
  reason: string | null
  detail: string | null
  status_code: number | null
  response: ReceivedResponse | null
  duration_ms: number
}

export interface TestAnswer extends Pick<Preview, 'verdict' | 'reason' | 'trace' | 'request'> {
  attempt?: TestAttempt
}

/** Really sends one request for a draft, at once and once; `{ id }` alone is the webhook as it is saved. Keeps nothing. */
export const useSendTest = () =>
  useMutation({
    mutationFn: ({ webhook, subject }: { webhook: TriedWebhook; subject: Subject }) =>
      post<TestAnswer>('/webhooks/test', { webhook, ...subject }),
    meta: { quiet: true },
  })

/** The same for a webhook as it is saved, with the sample of the first event that it names. */
export const useTestWebhook = () =>
  useMutation({ mutationFn: (id: string) => post<TestAnswer>(api`/webhooks/${id}/test`) })

/** More types than this are looked for among the newest events of all types. */
const askedTypesMax = 5
const shownMax = 40

/** The newest events of these types, newest first, to try a draft with. */
export const pastEvents = (types: readonly string[]) =>
  queryOptions({
    queryKey: ['events', 'of-types', types],
    async queryFn({ signal }) {
      const ask = (type?: string) => get<Page<CrmEvent>>('/events', { type, limit: 100 }, signal)
      const few = types.length <= askedTypesMax
      const pages = await Promise.all(few ? types.map((type) => ask(type)) : [ask()])
      const found = pages.flatMap(({ items }) => items).filter(({ type }) => types.includes(type))
      // Ids sort by time.
      return found.toSorted((a, b) => (a.id < b.id ? 1 : -1)).slice(0, shownMax)
    },
    enabled: types.length > 0,
    placeholderData: keepPreviousData,
  })
