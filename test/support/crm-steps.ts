/** Steps of a CRM's day, as the tests of whole systems take them. Everything goes through the API. */
import { type Api, done, type EventAnswer, type WebhookAnswer, type WriteAnswer } from './api.ts'
import type { ReceivedRequest } from './receiver.ts'

/** A webhook with what its list and its form show beyond the common answer. */
export interface ShownWebhook extends WebhookAnswer {
  description: string
  events: string[]
  scope: Record<string, unknown>[]
  request: WebhookAnswer['request'] & { method: string; options: Record<string, unknown> }
  warnings: { path: string; code: string; message: string }[]
}

/** Writes a record as its CRM would; `query` holds write options. */
export function write(
  api: Api,
  kind: string,
  id: string,
  fields: Record<string, unknown>,
  query = '',
): Promise<WriteAnswer> {
  return done(api.put<WriteAnswer>(`/v1/records/${kind}/${id}${query}`, fields))
}

/** Something that happens around a record: a call, a visit, a follow-up. */
export function happens(
  api: Api,
  kind: string,
  id: string,
  type: string,
  data: Record<string, unknown> = {},
): Promise<EventAnswer> {
  return done(api.post<EventAnswer>(`/v1/records/${kind}/${id}/activities`, { type, data }))
}

/** The id of the one event of this type that a write yielded. */
export function eventIdIn({ events }: WriteAnswer, type: string): string {
  const found = events.filter((event) => event.type === type)
  if (found.length !== 1) throw new Error(`The write yielded ${JSON.stringify(events)}.`)
  return found[0]!.id
}

/** A webhook that begins as a preset; `asked` is what its form asks for. */
export function fromPreset(api: Api, preset: string, asked: Record<string, unknown>): Promise<ShownWebhook> {
  return done(api.post<ShownWebhook>('/v1/webhooks', { preset, ...asked }))
}

/** The requests among these that an event led to, by the id that they carry. */
export function requestsFor(requests: ReceivedRequest[], eventId: string): ReceivedRequest[] {
  return requests.filter(({ headers }) => headers['hookline-event-id'] === eventId)
}
