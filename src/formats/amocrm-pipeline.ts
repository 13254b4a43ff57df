import type { CrmEvent, Json } from '../model/index.ts'
import type { Body } from './amocrm-body.ts'
import { idJson, idText, oldId, presentId } from './amocrm-ids.ts'
import { encodeForm } from './form.ts'

/** One documented key of an entity, and where its id is found in an event. */
interface Key {
  name: string
  read(event: CrmEvent): Json | undefined
}

const id: Key = { name: 'id', read: (event) => event.record.id }
const pipelineId: Key = { name: 'pipeline_id', read: (event) => presentId(event, 'pipeline_id') }
const oldPipelineId: Key = { name: 'old_pipeline_id', read: (event) => oldId(event, 'pipeline_id') }
const statusId: Key = { name: 'status_id', read: (event) => presentId(event, 'stage_id') }
const oldStatusId: Key = { name: 'old_status_id', read: (event) => oldId(event, 'stage_id') }
const periodId: Key = { name: 'period_id', read: (event) => presentId(event, 'period_id') }
const oldPeriodId: Key = { name: 'old_period_id', read: (event) => oldId(event, 'period_id') }

const leadActivity = [id, pipelineId, statusId]
/**
 * The page shows no example of mail, a call, a chat or a visit for a customer. Its field table gives a customer's event
 * `id` and `period_id`, as it gives a lead's `id`, `pipeline_id` and `status_id`, so the same keys less the old ids are sent.
 */
const customerActivity = [id, periodId]

interface Shape {
  entity: 'leads' | 'customers'
  action: string
  keys: readonly Key[]
}

/** The page's events by our event types, each with exactly the documented keys, in their order. */
const shapes = new Map<string, Shape>([
  ['lead.email_received', { entity: 'leads', action: 'mail_in', keys: leadActivity }],
  ['lead.call_received', { entity: 'leads', action: 'call_in', keys: leadActivity }],
  ['lead.chat_message_received', { entity: 'leads', action: 'chat', keys: leadActivity }],
  ['lead.site_visited', { entity: 'leads', action: 'site_visit', keys: leadActivity }],
  [
    'lead.stage_changed',
    { entity: 'leads', action: 'status', keys: [id, oldPipelineId, pipelineId, oldStatusId, statusId] },
  ],
  ['customer.email_received', { entity: 'customers', action: 'mail_in', keys: customerActivity }],
  ['customer.call_received', { entity: 'customers', action: 'call_in', keys: customerActivity }],
  ['customer.chat_message_received', { entity: 'customers', action: 'chat', keys: customerActivity }],
  ['customer.site_visited', { entity: 'customers', action: 'site_visit', keys: customerActivity }],
  ['customer.period_changed', { entity: 'customers', action: 'period', keys: [id, oldPeriodId, periodId] }],
])

/**
 * The body of amoCRM's digital pipeline action "API: send webhook", `{"leads": {"status": [{…}]}}`, as its page documents it
 * (the sample JSON there has stray braces and lacks a comma). Ids that are digits are raw digits, in JSON too, however long
 * they are. A missing id is empty in a form and null in JSON.
 */
export const pipelineBody: Body = {
  sentBy: "amoCRM's digital pipeline",
  expresses: (eventType) => shapes.has(eventType),
  form: ({ event }) => {
    const { entity, action, keys } = shapes.get(event.type)!
    return encodeForm(
      keys.map(({ name, read }) => [`${entity}[${action}][0][${name}]`, idText(read(event)) ?? '']),
    )
  },
  json: ({ event }) => {
    const { entity, action, keys } = shapes.get(event.type)!
    const members = keys.map(({ name, read }) => `"${name}":${idJson(idText(read(event)))}`)
    return `{"${entity}":{"${action}":[{${members.join(',')}}]}}`
  },
}
