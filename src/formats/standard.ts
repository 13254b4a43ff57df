import { eventText } from '../model/index.ts'
import type { CrmEvent } from '../model/index.ts'
import { exampleEvent } from './example-event.ts'
import { defineFormat } from './format.ts'

/** Keys of `data` that are the roots of field paths; the others are the event's own. */
const wholes = new Set(['record', 'current', 'previous', 'data', 'actor'])

/**
 * The body that the Standard Webhooks specification recommends: `{type, timestamp, data}`.
 * `data` is the event as people see it in the console, without what means nothing outside this server: the account's id
 * and the chain of webhooks that led here. `data.id` stays: it is the same in a replay, so receivers can deduplicate by it.
 */
export const standard = defineFormat({
  name: 'standard',
  title: {
    en: 'Standard Webhooks',
    ru: 'Standard Webhooks',
    pl: 'Standard Webhooks',
    'pt-BR': 'Standard Webhooks',
  },
  description: {
    en: 'JSON with type, timestamp and data: the whole event, for receivers that you write yourself.',
    ru: 'JSON с полями type, timestamp и data: событие целиком, для получателей, которые вы пишете сами.',
    pl: 'JSON z polami type, timestamp i data: całe zdarzenie, dla odbiorców, których piszesz samodzielnie.',
    'pt-BR': 'JSON com type, timestamp e data: o evento inteiro, para destinatários que você mesmo programa.',
  },
  methods: ['POST', 'PUT', 'PATCH', 'DELETE'],
  options: [],
  explain: (key) => {
    if (key === 'type') return { field: 'event.type' }
    if (key === 'timestamp') return { field: 'event.occurred_at' }
    const path = key.replace(/^data\./, '')
    const [root = ''] = path.split('.')
    if (root === 'related') return { field: path.slice('related.'.length) }
    return { field: wholes.has(root) ? path : `event.${path}` }
  },
  render: ({ event }) => ({ contentType: 'application/json', body: bodyOf(event), query: [] }),
  examples: [
    {
      title: 'A lead goes to the next stage',
      input: {
        event: exampleEvent({ caused_by: { event_id: 'evt_00', chain: ['whk_01'] } }),
        options: {},
        method: 'POST',
      },
      rendered: {
        contentType: 'application/json',
        body:
          '{"type":"lead.stage_changed","timestamp":"2026-11-20T09:00:00.000Z","data":{' +
          '"id":"evt_01","type":"lead.stage_changed","external_id":null,' +
          '"occurred_at":"2026-11-20T09:00:00.000Z","received_at":"2026-11-20T09:00:00.120Z","sequence":7,' +
          '"record":{"kind":"lead","id":"4831596"},' +
          '"current":{"name":"Deal with ACME","price":12000,"tags":["vip","ö & co"],' +
          '"pipeline_id":"752662","stage_id":"16203337","contact_id":"88"},' +
          '"previous":{"stage_id":"16203334"},' +
          '"data":{"old_pipeline_id":"752662","pipeline_id":"752662","old_stage_id":"16203334","stage_id":"16203337"},' +
          '"related":{"stage":{"name":"Won"},"old_stage":{"name":"Offer"},"contact":{"email":"ann@acme.example"}},' +
          '"actor":{"kind":"user","id":"12"},"source":"api","bulk":false,"correlation_id":"evt_01",' +
          '"caused_by":{"event_id":"evt_00"}}}',
        query: [],
      },
    },
  ],
})

const bodies = new WeakMap<CrmEvent, string>()

/** The same for all webhooks, so it is written once per event. */
function bodyOf(event: CrmEvent): string {
  let body = bodies.get(event)
  if (body === undefined) bodies.set(event, (body = writeBody(event)))
  return body
}

function writeBody(event: CrmEvent): string {
  const { type, account_id, occurred_at, caused_by, traceparent } = event
  // The chain is this server's own, and the trace travels in a header.
  const plain = caused_by === null && traceparent === undefined
  const shown = plain ? event : withoutOurs(event)
  // The account's id is one of the first keys, before all that a caller can fill, so the first match is it.
  const data = eventText(shown as CrmEvent).replace(`"account_id":${JSON.stringify(account_id)},`, '')
  return `{"type":${JSON.stringify(type)},"timestamp":${JSON.stringify(occurred_at)},"data":${data}}`
}

function withoutOurs({ traceparent: _, ...event }: CrmEvent) {
  return { ...event, caused_by: event.caused_by && { event_id: event.caused_by.event_id } }
}
