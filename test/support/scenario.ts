/** The lead of amoCRM's page, and the steps that end-to-end tests share. Everything goes through the API. */
import {
  type Api,
  type DecisionAnswer,
  type DeliveryAnswer,
  type DeliveryWithAttempts,
  done,
  type EventAnswer,
  listAll,
  type WebhookAnswer,
  type WriteAnswer,
} from './api.ts'
import { eventually } from './eventually.ts'

export const leadId = '4831596'
export const pipelineId = '752662'
export const offerStage = '16203334'
export const wonStage = '16203337'

/** The pipeline of the page, named as a sales team would name it. */
export async function declarePipeline(api: Api): Promise<void> {
  const stages = [
    { id: offerStage, name: 'Offer' },
    { id: wonStage, name: 'Won', type: 'won' },
  ]
  await done(api.put(`/v1/pipelines/lead/${pipelineId}`, { name: 'Sales', stages }))
}

/** The lead stands in the first stage, priced 12000. */
export function createLead(api: Api, fields: Record<string, unknown> = {}): Promise<WriteAnswer> {
  const lead = { name: 'Deal with ACME', price: 12000, pipeline_id: pipelineId, stage_id: offerStage }
  return done(api.put<WriteAnswer>(`/v1/records/lead/${leadId}`, { ...lead, ...fields }))
}

/** Moves the lead on and answers the id of the stage change. */
export async function moveLead(api: Api, stageId: string = wonStage): Promise<string> {
  const { events } = await done(api.patch<WriteAnswer>(`/v1/records/lead/${leadId}`, { stage_id: stageId }))
  const moved = events.find(({ type }) => type === 'lead.stage_changed')
  if (!moved) throw new Error('The lead was not moved.')
  return moved.id
}

/** What a webhook of a test differs in from one that is sent every call, in the standard format. */
export interface WebhookWishes {
  name?: string
  url: string
  events?: string[]
  request?: Record<string, unknown>
  delivery?: Record<string, unknown>
  [setting: string]: unknown
}

export function makeWebhook(api: Api, wishes: WebhookWishes): Promise<WebhookAnswer> {
  const { url, request, ...settings } = wishes
  return done(
    api.post<WebhookAnswer>('/v1/webhooks', {
      name: 'Calls',
      events: ['lead.call_received'],
      ...settings,
      request: { url, ...request },
    }),
  )
}

/** Tells of an incoming call; `id` of the lead defaults to the page's. */
export function sendCall(api: Api, event: Record<string, unknown> = {}): Promise<EventAnswer> {
  const call = { type: 'lead.call_received', record: { kind: 'lead', id: leadId } }
  return done(api.post<EventAnswer>('/v1/events', { ...call, ...event }))
}

export function secretOf(
  api: Api,
  webhook: { id: string },
): Promise<{ secret: string; previous: { secret: string; until: string }[] }> {
  return done(api.get(`/v1/webhooks/${webhook.id}/signing-secret`))
}

export function readWebhook(api: Api, webhook: { id: string }): Promise<WebhookAnswer> {
  return done(api.get<WebhookAnswer>(`/v1/webhooks/${webhook.id}`))
}

export function readDelivery(api: Api, deliveryId: string): Promise<DeliveryWithAttempts> {
  return done(api.get<DeliveryWithAttempts>(`/v1/deliveries/${deliveryId}`))
}

/** The delivery once it is in this state. */
export function deliveryIn(api: Api, deliveryId: string, state: string): Promise<DeliveryWithAttempts> {
  return eventually(async () => {
    const delivery = await readDelivery(api, deliveryId)
    if (delivery.state !== state) throw new Error(`The delivery is ${JSON.stringify(delivery)}.`)
    return delivery
  })
}

export async function decisionsOf(api: Api, eventId: string): Promise<DecisionAnswer[]> {
  const { items } = await done(api.get<{ items: DecisionAnswer[] }>(`/v1/events/${eventId}/decisions`))
  return items
}

/** What one webhook decided about an event. */
export async function decisionOf(
  api: Api,
  eventId: string,
  webhook: { id: string },
): Promise<DecisionAnswer> {
  const found = (await decisionsOf(api, eventId)).filter(({ webhook_id }) => webhook_id === webhook.id)
  if (found.length !== 1) throw new Error(`The webhook has ${found.length} decisions about the event.`)
  return found[0]!
}

/** The delivery that an event made for a webhook. */
export async function deliveryIdOf(api: Api, eventId: string, webhook: { id: string }): Promise<string> {
  const { delivery_id } = await decisionOf(api, eventId, webhook)
  if (delivery_id === null) throw new Error('The event made no delivery for the webhook.')
  return delivery_id
}

export function deliveriesOf(api: Api, webhook: { id: string }): Promise<DeliveryAnswer[]> {
  return listAll<DeliveryAnswer>(api, `/v1/deliveries?webhook_id=${webhook.id}`)
}
