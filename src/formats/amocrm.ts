import type { CrmEvent, Json } from '../model/index.ts'
import { exampleEvent } from './example-event.ts'
import { encodeForm } from './form.ts'
import { defineFormat } from './format.ts'
import { RenderError } from './render-error.ts'

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
 * (the sample JSON there has stray braces and lacks a comma). A form is what their receivers read from `$_POST`.
 * Ids that are digits are raw digits, in JSON too, however long they are. A missing id is empty in a form and null in JSON.
 */
export const amocrm = defineFormat({
  name: 'amocrm',
  title: { en: 'amoCRM', ru: 'amoCRM', pl: 'amoCRM', 'pt-BR': 'amoCRM' },
  description: {
    en: 'The body that amoCRM sends: for receivers already written for it.',
    ru: 'Тело запроса, какое отправляет amoCRM: для получателей, которые уже написаны под неё.',
    pl: 'Treść, jaką wysyła amoCRM: dla odbiorców, którzy są już do niego przygotowani.',
    'pt-BR': 'O corpo que o amoCRM envia: para destinatários já programados para ele.',
  },
  methods: ['POST'],
  options: [
    {
      name: 'body',
      title: { en: 'Body', ru: 'Тело запроса', pl: 'Treść', 'pt-BR': 'Corpo' },
      type: 'choice',
      choices: [
        {
          value: 'pipeline',
          title: {
            en: 'As from the digital pipeline',
            ru: 'Как из цифровой воронки',
            pl: 'Jak z cyfrowego lejka',
            'pt-BR': 'Como do funil digital',
          },
        },
      ],
      default: 'pipeline',
    },
    {
      name: 'encoding',
      title: { en: 'Encoding', ru: 'Кодировка', pl: 'Kodowanie', 'pt-BR': 'Codificação' },
      type: 'choice',
      choices: [
        {
          value: 'form',
          title: {
            en: 'Form (read from $_POST)',
            ru: 'Форма (читается из $_POST)',
            pl: 'Formularz (odczyt z $_POST)',
            'pt-BR': 'Formulário (lido de $_POST)',
          },
        },
        { value: 'json', title: { en: 'JSON', ru: 'JSON', pl: 'JSON', 'pt-BR': 'JSON' } },
      ],
      default: 'form',
    },
  ],
  cannotExpress: (eventTypes) => eventTypes.filter((type) => !shapes.has(type)),
  render: ({ event, options }) => {
    const shape = shapes.get(event.type)
    if (!shape) throw new RenderError(`amoCRM's digital pipeline sends no webhook for "${event.type}".`)
    return options['encoding'] === 'json'
      ? { contentType: 'application/json', body: renderJson(shape, event), query: [] }
      : { contentType: 'application/x-www-form-urlencoded', body: renderForm(shape, event), query: [] }
  },
  examples: [
    {
      title: 'A lead goes to the next stage, as a form',
      input: { event: exampleEvent(), options: { body: 'pipeline', encoding: 'form' }, method: 'POST' },
      rendered: {
        contentType: 'application/x-www-form-urlencoded',
        body:
          'leads%5Bstatus%5D%5B0%5D%5Bid%5D=4831596' +
          '&leads%5Bstatus%5D%5B0%5D%5Bold_pipeline_id%5D=752662' +
          '&leads%5Bstatus%5D%5B0%5D%5Bpipeline_id%5D=752662' +
          '&leads%5Bstatus%5D%5B0%5D%5Bold_status_id%5D=16203334' +
          '&leads%5Bstatus%5D%5B0%5D%5Bstatus_id%5D=16203337',
        query: [],
      },
    },
    {
      title: 'A customer calls, as JSON; it has no period yet',
      input: {
        event: exampleEvent({
          type: 'customer.call_received',
          record: { kind: 'customer', id: '88' },
          current: { name: 'ACME' },
          previous: {},
          data: { from: '+15550100' },
        }),
        options: { body: 'pipeline', encoding: 'json' },
        method: 'POST',
      },
      rendered: {
        contentType: 'application/json',
        body: '{"customers":{"call_in":[{"id":88,"period_id":null}]}}',
        query: [],
      },
    },
  ],
})

function renderForm({ entity, action, keys }: Shape, event: CrmEvent): string {
  return encodeForm(
    keys.map(({ name, read }) => [`${entity}[${action}][0][${name}]`, idText(read(event)) ?? '']),
  )
}

function renderJson({ entity, action, keys }: Shape, event: CrmEvent): string {
  const members = keys.map(({ name, read }) => `"${name}":${idJson(idText(read(event)))}`)
  return `{"${entity}":{"${action}":[{${members.join(',')}}]}}`
}

/** After the change. What the event says of itself comes before the record's fields, which events sent ready-made may lack. */
function presentId(event: CrmEvent, field: string): Json | undefined {
  const { data, current } = event
  return Object.hasOwn(data, field) ? data[field] : own(current, field)
}

/**
 * Before the change. `previous` holds all that the write changed, so beside another change a field that is not in it was
 * the same before; where it holds nothing at all, nothing is known.
 */
function oldId(event: CrmEvent, field: string): Json | undefined {
  const { data, previous } = event
  const old = `old_${field}`
  if (Object.hasOwn(data, old)) return data[old]
  if (Object.hasOwn(previous, field)) return previous[field]
  return Object.keys(previous).length > 0 ? presentId(event, field) : undefined
}

function own(fields: { [name: string]: Json }, name: string): Json | undefined {
  return Object.hasOwn(fields, name) ? fields[name] : undefined
}

/** Ids are text; systems that send ready-made events write them as numbers too. Anything else is no id. */
function idText(value: Json | undefined): string | null {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value !== '' ? value : null
}

// JSON knows no leading zeros: 007 would not parse, so it stays text.
const digits = /^(?:0|[1-9][0-9]*)$/

function idJson(text: string | null): string {
  return text !== null && digits.test(text) ? text : JSON.stringify(text)
}
