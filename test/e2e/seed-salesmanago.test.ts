/**
 * SALESmanago's page of the rule action "Wyślij informacje na temat uruchomionej reguły": a rule with events and conditions,
 * an endpoint, HTTP Basic where the endpoint asks for it, and a JSON of seven keys. With the rule's own settings: how often it
 * may be activated for a contact, and how long it must rest between.
 */
import { afterAll, describe, expect, test } from 'vitest'
import { type Api, done, makeApi } from '../support/api.ts'
import type { Behaviour } from '../support/behaviours.ts'
import { eventIdIn, fromPreset, happens, type ShownWebhook, write } from '../support/crm-steps.ts'
import { eventually } from '../support/eventually.ts'
import {
  decisionOf,
  decisionsOf,
  deliveriesOf,
  deliveryIdOf,
  deliveryIn,
  readDelivery,
} from '../support/scenario.ts'
import { backends, startTestServer, type TestServer } from '../support/server.ts'
import { useStage } from '../support/stage.ts'

const username = 'hookline'
const password = 'zażółć: gęślą'

/** An endpoint behind HTTP Basic: RFC 7617, the credentials in UTF-8. */
const behindBasic: Behaviour = ({ request, response }) => {
  const [scheme, credentials = ''] = (request.headers.authorization ?? '').split(' ')
  const known = Buffer.from(credentials, 'base64').toString() === `${username}:${password}`
  if (scheme === 'Basic' && known) response.writeHead(200).end()
  else response.writeHead(401, { 'www-authenticate': 'Basic realm="crm", charset="UTF-8"' }).end()
}

/** Events joined by OR, conditions by AND. */
const rule = {
  name: 'Gorące kontakty',
  description: 'Zadzwoń dzisiaj',
  events: ['contact.created', 'contact.tagged'],
  conditions: {
    combinator: 'and',
    rules: [
      { field: 'current.tags', operator: 'hasAny', value: ['vip'] },
      { field: 'current.email', operator: 'notNull' },
    ],
  },
}

async function anna(api: Api, fields: Record<string, unknown> = {}): Promise<string> {
  const contact = { name: 'Anna Nowak', email: 'anna@acme.example', phone: '+48123456789' }
  return eventIdIn(await write(api, 'contact', '88', { ...contact, ...fields }), 'contact.created')
}

let tags = 0
/** Gives Anna, who is tagged `vip`, a tag that she does not have yet. */
async function tag(api: Api): Promise<string> {
  return eventIdIn(await write(api, 'contact', '88', { tags: ['vip', `tag-${++tags}`] }), 'contact.tagged')
}

describe.each(backends)('a SALESmanago rule on %s', (backend) => {
  const stage = useStage(backend)

  test('either event fires it, where all conditions hold', async () => {
    const { api, url, arrivals } = await stage.scene()
    const webhook = await fromPreset(api, 'salesmanago-rule', { ...rule, request: { url } })
    await write(api, 'company', '42', { name: 'ACME sp. z o.o.' })

    // No tag yet: the other condition alone is not enough, and the event that is not in the rule is not asked.
    const created = await anna(api, { company_id: '42' })
    expect(await decisionOf(api, created, webhook)).toMatchObject({
      verdict: 'skipped',
      reason: 'condition',
      failed: [{ field: 'current.tags', operator: 'hasAny', expected: ['vip'] }],
    })
    const opened = await happens(api, 'contact', '88', 'email_opened', { subject: 'Oferta' })
    expect((await decisionOf(api, opened.id, webhook)).reason).toBe('not_subscribed')

    const tagged = eventIdIn(await write(api, 'contact', '88', { tags: ['vip'] }), 'contact.tagged')
    expect((await decisionOf(api, tagged, webhook)).verdict).toBe('fired')
    const other = await write(api, 'contact', '89', { email: 'jan@acme.example', tags: ['vip'] })
    expect((await decisionOf(api, eventIdIn(other, 'contact.created'), webhook)).verdict).toBe('fired')
    const nameless = await write(api, 'contact', '90', { tags: ['vip'] })
    expect((await decisionOf(api, eventIdIn(nameless, 'contact.created'), webhook)).failed).toMatchObject([
      { field: 'current.email', operator: 'notNull', seen: null },
    ])

    const requests = await arrivals(2)
    const bodies = requests.map(({ body }) => body.toString()).sort()
    expect(requests.map(({ method }) => method)).toEqual(['POST', 'POST'])
    expect(requests[0]!.headers['content-type']).toBe('application/json')
    expect(bodies).toEqual([
      `{"id":"${webhook.id}","name":"Gorące kontakty","contactId":"88","description":"Zadzwoń dzisiaj",` +
        '"email":"anna@acme.example","phone":"+48123456789","company":"ACME sp. z o.o."}',
      `{"id":"${webhook.id}","name":"Gorące kontakty","contactId":"89","description":"Zadzwoń dzisiaj",` +
        '"email":"jan@acme.example","phone":null,"company":null}',
    ])
  })

  test('the seven keys of a lead are those of its contact; without one they are null', async () => {
    const { api, url, arrivals } = await stage.scene()
    const webhook = await fromPreset(api, 'salesmanago-rule', {
      name: 'Zmiana etapu',
      events: ['lead.stage_changed'],
      request: { url },
    })
    await write(api, 'company', '42', { name: 'ACME' })
    await anna(api, { company_id: '42' })
    const inStage = { pipeline_id: '1', stage_id: 'a' }
    await write(api, 'lead', '1', { name: 'Umowa', contact_id: '88', ...inStage })
    await write(api, 'lead', '2', { name: 'Nieznany', ...inStage })
    await write(api, 'lead', '1', { stage_id: 'b' })
    const first = (await arrivals(1))[0]!.body.toString()
    expect(first).toBe(
      `{"id":"${webhook.id}","name":"Zmiana etapu","contactId":"88","description":null,` +
        '"email":"anna@acme.example","phone":"+48123456789","company":"ACME"}',
    )
    await write(api, 'lead', '2', { stage_id: 'b' })
    const second = (await arrivals(2))[1]!.body.toString()
    expect(second).toBe(
      `{"id":"${webhook.id}","name":"Zmiana etapu","contactId":null,"description":null,"email":null,"phone":null,"company":null}`,
    )
  })

  test('an endpoint that asks for Basic takes nothing without it', async () => {
    const { api, url, received } = await stage.scene(behindBasic)
    const webhook = await fromPreset(api, 'salesmanago-rule', {
      ...rule,
      request: { url },
      delivery: { retry: { policy: 'schedule', waits_s: [3600] } },
    })
    const first = await anna(api, { tags: ['vip'] })
    const refused = await deliveryIn(api, await deliveryIdOf(api, first, webhook), 'waiting')
    expect(refused.attempts[0]).toMatchObject({ outcome: 'retry', response: { status_code: 401 } })

    const auth = { type: 'basic', username, password }
    const changed = await done(api.patch<ShownWebhook>(`/v1/webhooks/${webhook.id}`, { request: { auth } }))
    expect(changed.request.auth).toEqual({ type: 'basic', username, password: '••••••••' })
    const second = await tag(api)
    await deliveryIn(api, await deliveryIdOf(api, second, webhook), 'delivered')
    // What was refused before goes out again with today's settings.
    stage.wind(4_400_000)
    expect((await deliveryIn(api, refused.id, 'delivered')).attempts.map(({ outcome }) => outcome)).toEqual([
      'retry',
      'delivered',
    ])
    expect(received().map(({ headers }) => headers.authorization !== undefined)).toEqual([false, true, true])
  })

  test('any number of rules, each with its own endpoint', async () => {
    const { api, url, arrivals } = await stage.scene()
    const names = Array.from({ length: 20 }, (_, index) => `Reguła ${index + 1}`)
    for (const name of names) await fromPreset(api, 'salesmanago-rule', { ...rule, name, request: { url } })
    await anna(api, { tags: ['vip'] })
    const bodies = (await arrivals(20)).map(({ body }) => JSON.parse(body.toString()) as { name: string })
    expect(bodies.map(({ name }) => name).sort()).toEqual(names.toSorted())
  })

  describe('activations', () => {
    const once = { per: 'contact', per_record: 1, min_interval_s: null }

    test('at most so many for a contact: the next is skipped with the reason, after a restart as well', async () => {
      const { api, url, arrivals } = await stage.scene()
      const webhook = await fromPreset(api, 'salesmanago-rule', { ...rule, limits: once, request: { url } })
      const first = await anna(api, { tags: ['vip'] })
      await deliveryIn(api, await deliveryIdOf(api, first, webhook), 'delivered')
      expect(await decisionOf(api, await tag(api), webhook)).toMatchObject({
        verdict: 'skipped',
        reason: 'limit',
        delivery_id: null,
      })
      await stage.server.reopen()
      expect((await decisionOf(api, await tag(api), webhook)).reason).toBe('limit')
      // Another contact has its own count.
      const other = await write(api, 'contact', '89', { email: 'jan@acme.example', tags: ['vip'] })
      expect((await decisionOf(api, eventIdIn(other, 'contact.created'), webhook)).verdict).toBe('fired')
      await arrivals(2)
      expect(await deliveriesOf(api, webhook)).toHaveLength(2)
    })

    test("what fires for a contact's leads counts for the contact", async () => {
      const { api, url } = await stage.scene()
      const webhook = await fromPreset(api, 'salesmanago-rule', {
        name: 'Etap lub tag',
        events: ['contact.tagged', 'lead.stage_changed'],
        limits: { ...once, per_record: 2 },
        request: { url },
      })
      await anna(api, { tags: ['vip'] })
      const moved: string[] = []
      for (const id of ['1', '2']) {
        await write(api, 'lead', id, { contact_id: '88', pipeline_id: '1', stage_id: 'a' })
        moved.push(eventIdIn(await write(api, 'lead', id, { stage_id: 'b' }), 'lead.stage_changed'))
      }
      for (const id of moved) expect((await decisionOf(api, id, webhook)).verdict).toBe('fired')
      expect((await decisionOf(api, await tag(api), webhook)).reason).toBe('limit')
    })

    test('a minimum interval: skipped with the reason until it is over, after a restart as well', async () => {
      const { api, url } = await stage.scene()
      const webhook = await fromPreset(api, 'salesmanago-rule', {
        ...rule,
        limits: { per: 'contact', per_record: null, min_interval_s: 3600 },
        request: { url },
      })
      const first = await anna(api, { tags: ['vip'] })
      expect((await decisionOf(api, first, webhook)).verdict).toBe('fired')
      expect((await decisionOf(api, await tag(api), webhook)).reason).toBe('interval')
      await stage.server.reopen()
      stage.wind(1_800_000)
      expect(await decisionOf(api, await tag(api), webhook)).toMatchObject({
        verdict: 'skipped',
        reason: 'interval',
        delivery_id: null,
      })
      stage.wind(1_800_000)
      expect((await decisionOf(api, await tag(api), webhook)).verdict).toBe('fired')
      expect((await decisionOf(api, await tag(api), webhook)).reason).toBe('interval')
      // A person's test neither asks nor counts.
      await done(api.post(`/v1/webhooks/${webhook.id}/test`))
      expect(await deliveriesOf(api, webhook)).toHaveLength(2)
    })

    test('of changes that come at once no more fire than may', async () => {
      const { api, url } = await stage.scene()
      const webhook = await fromPreset(api, 'salesmanago-rule', {
        name: 'Naraz',
        events: ['lead.stage_changed'],
        limits: { ...once, per_record: 3 },
        request: { url },
      })
      await anna(api)
      const ids = Array.from({ length: 24 }, (_, index) => `${index}`)
      const place = { contact_id: '88', pipeline_id: '1', stage_id: 'a' }
      await done(
        api.post('/v1/records/batch', { items: ids.map((id) => ({ kind: 'lead', id, fields: place })) }),
      )
      const doors = [api, await besides(api)]
      const moved = await Promise.all(
        ids.map((id, index) => write(doors[index % 2]!, 'lead', id, { stage_id: 'b' })),
      )
      const verdicts = await Promise.all(
        moved.map(async (written) => {
          const [decision] = await decisionsOf(api, eventIdIn(written, 'lead.stage_changed'))
          return decision!.reason
        }),
      )
      expect(verdicts.filter((reason) => reason === 'fired')).toHaveLength(3)
      expect(verdicts.filter((reason) => reason === 'limit')).toHaveLength(21)
      const deliveries = await deliveriesOf(api, webhook)
      expect(deliveries).toHaveLength(3)
      for (const { id } of deliveries)
        await eventually(async () => (await readDelivery(api, id)).state === 'delivered')
    })

    /** The same account through another server on the same database, where there can be one. */
    let second: TestServer | undefined
    afterAll(() => second?.[Symbol.asyncDispose]())
    async function besides(api: Api): Promise<Api> {
      if (backend === 'sqlite') return api
      const { place } = stage.server
      second ??= await startTestServer({ backend, place })
      const made = await done(api.post<{ token: string }>('/v1/tokens', { kind: 'ingest', name: 'second' }))
      const server = second
      return makeApi(() => server.url, { authorization: `Bearer ${made.token}` })
    }
  })
})
