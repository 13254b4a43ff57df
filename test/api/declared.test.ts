/** Kinds and event types that an account declares: they work as built-in ones do, and stay in this account. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Api, done, type EventAnswer, type ProblemAnswer, type WriteAnswer } from '../support/api.ts'
import { makeWebhook } from '../support/scenario.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

let server: TestServer
let api: Api

beforeAll(async () => {
  server = await startTestServer({ backend: 'sqlite' })
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
})
beforeEach(async () => {
  api = (await server.newAccount()).api
})

const url = 'https://erp.example/hooks'
const subscription = {
  title: 'Subscription',
  capabilities: ['staged', 'lifecycle'],
  fields: {
    plan: { title: 'Plan', type: 'choice', choices: ['basic', 'pro'] },
    contact_id: { title: 'Contact', type: 'link', links: 'contact' },
    seats: { type: 'number' },
  },
}
const declare = () => done(api.put('/v1/kinds/subscription', subscription))
const types = ({ events }: WriteAnswer) => events.map(({ type }) => type)
const paths = ({ body }: { body: ProblemAnswer }) => body.errors.map(({ path, code }) => `${path} ${code}`)

describe('a kind', () => {
  test('comes back as it was declared, capabilities in their order', async () => {
    const kind = await declare()
    expect(kind).toEqual({
      name: 'subscription',
      title: 'Subscription',
      capabilities: ['lifecycle', 'staged'],
      fields: { ...subscription.fields, seats: { title: 'seats', type: 'number' } },
    })
    expect(await done(api.get('/v1/kinds/subscription'))).toEqual(kind)
    expect(await done(api.get('/v1/kinds'))).toEqual({ items: [kind], next_cursor: null })
  })

  test('is of this account alone', async () => {
    await declare()
    const other = (await server.newAccount()).api
    expect((await other.put('/v1/records/subscription/1', {})).status).toBe(404)
    expect((await other.get('/v1/kinds/subscription')).status).toBe(404)
    expect((await other.get('/v1/records/subscription')).status).toBe(404)
  })

  test('has records, pipelines, fields, events and webhooks', async () => {
    await declare()
    await done(
      api.put('/v1/pipelines/subscription/p', { stages: [{ id: 'trial' }, { id: 'paid', type: 'won' }] }),
    )
    await done(api.put('/v1/fields/subscription/reason', { type: 'text', title: 'Reason' }))
    await done(api.put('/v1/fields/lead/subscription', { type: 'link', links: 'subscription' }))
    await done(api.put('/v1/records/contact/88', { email: 'ann@acme.example' }))
    const webhook = await makeWebhook(api, {
      url,
      events: ['subscription.won'],
      conditions: {
        combinator: 'and',
        rules: [
          { field: 'current.seats', operator: '>', value: 4 },
          { field: 'contact.email', operator: 'endsWith', value: 'acme.example' },
        ],
      },
    })
    const made = await done(
      api.put<WriteAnswer>('/v1/records/subscription/1', {
        plan: 'pro',
        seats: '5',
        stage_id: 'trial',
        contact_id: 88,
      }),
    )
    expect(types(made)).toEqual(['subscription.created'])
    expect(made.record.fields).toEqual({
      plan: 'pro',
      seats: 5,
      stage_id: 'trial',
      contact_id: '88',
      pipeline_id: 'p',
    })
    const moved = await done(api.patch<WriteAnswer>('/v1/records/subscription/1', { stage_id: 'paid' }))
    expect(types(moved)).toEqual(['subscription.stage_changed', 'subscription.won'])
    const { items } = await done(api.get<{ items: object[] }>(`/v1/events/${moved.events[1]!.id}/decisions`))
    expect(items).toEqual([expect.objectContaining({ webhook_id: webhook.id, verdict: 'fired' })])
    expect((await api.put('/v1/records/subscription/2', { plan: 'gold' })).status).toBe(422)
    expect((await done(api.get<{ items: object[] }>('/v1/records/subscription'))).items).toHaveLength(1)
  })

  test('is in the catalogue of its account, and nowhere else', async () => {
    const read = async (from: Api) =>
      done(
        from.get<{
          kinds: { name: string; origin: string; title: string; fields: { name: string; origin: string }[] }[]
          events: { type: string }[]
        }>('/v1/catalogue?language=pl'),
      )
    const before = await read(api)
    await declare()
    await done(api.put('/v1/event-types/subscription.renewed', { title: 'Renewed', sample: { months: 12 } }))
    await done(api.put('/v1/records/lead/1', { utm: 'x' }))
    const { kinds, events } = await read(api)
    const own = kinds.find(({ name }) => name === 'subscription')!
    expect(own).toMatchObject({ origin: 'declared', title: 'Subscription' })
    expect(own.fields.map(({ name }) => name)).toEqual([
      'name',
      'plan',
      'contact_id',
      'seats',
      'pipeline_id',
      'stage_id',
    ])
    expect(kinds.find(({ name }) => name === 'lead')!.fields).toContainEqual(
      expect.objectContaining({ name: 'utm', origin: 'discovered' }),
    )
    expect(events.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['subscription.created', 'subscription.renewed']),
    )
    expect(await read((await server.newAccount()).api)).toEqual(before)
  })

  test.each<[string, object, string[]]>([
    ['lead', {}, ['name built_in']],
    ['webhook', {}, ['name taken']],
    ['delivery', {}, ['name taken']],
    ['batch', {}, ['name taken']],
    ['Subscription', {}, ['name bad_name']],
    ['1st', {}, ['name bad_name']],
    [
      'subscription',
      { capabilities: ['stagd', 'owned', 'owned'] },
      ['capabilities[0] not_a_choice', 'capabilities[2] twice'],
    ],
    ['subscription', { fields: { plan: { type: 'txt' } } }, ['fields.plan.type not_a_choice']],
    ['subscription', { fields: { plan: { type: 'choice' } } }, ['fields.plan.choices required']],
    [
      'subscription',
      { fields: { plan: { type: 'link', links: 'contakt' } } },
      ['fields.plan.links unknown_kind'],
    ],
    ['subscription', { fields: { id: { type: 'text' } } }, ['fields.id not_a_field']],
    [
      'subscription',
      { capabilities: ['owned'], fields: { owner_id: { type: 'text' } } },
      ['fields.owner_id built_in'],
    ],
    [
      'subscription',
      { fields: { [`a${'b'.repeat(100)}`]: { type: 'text' } } },
      [`fields.a${'b'.repeat(100)} field_name`],
    ],
    ['subscription', { titel: 'x' }, ['titel unknown_key']],
  ])('%s %j is refused', async (name, body, expected) => {
    const answer = await api.put<ProblemAnswer>(`/v1/kinds/${name}`, body)
    expect(answer.status).toBe(422)
    expect(paths(answer)).toEqual(expected)
  })

  test('may link to itself', async () => {
    const fields = { parent: { type: 'link', links: 'subscription' } }
    await done(api.put('/v1/kinds/subscription', { fields }))
  })

  test('is not deleted while anything is of it or names it', async () => {
    const remove = async () => (await api.delete<ProblemAnswer>('/v1/kinds/subscription')).body
    expect((await api.delete('/v1/kinds/subscription')).status).toBe(404)
    expect((await api.delete('/v1/kinds/lead')).status).toBe(404)
    await declare()
    await done(api.put('/v1/pipelines/subscription/p', {}))
    await done(api.put('/v1/records/subscription/1', { colour: 'red' }))
    expect(await remove()).toMatchObject({ status: 409, detail: expect.stringContaining('records') })
    await done(api.delete('/v1/records/subscription/1'))
    await done(api.put('/v1/event-types/subscription.renewed', {}))
    expect(await remove()).toMatchObject({
      status: 409,
      detail: expect.stringContaining('subscription.renewed'),
    })
    await done(api.delete('/v1/event-types/subscription.renewed'))
    await done(api.put('/v1/fields/lead/subscription', { type: 'link', links: 'subscription' }))
    expect(await remove()).toMatchObject({
      status: 409,
      detail: expect.stringContaining('lead.subscription'),
    })
    await done(api.delete('/v1/fields/lead/subscription'))
    const webhook = await makeWebhook(api, { name: 'All of it', url, events: ['subscription.*'] })
    expect(await remove()).toMatchObject({ status: 409, detail: expect.stringContaining('"All of it"') })
    await done(api.delete(`/v1/webhooks/${webhook.id}`))
    await done(api.delete('/v1/kinds/subscription'))
    expect((await api.get('/v1/kinds/subscription')).status).toBe(404)
    expect(await done(api.get('/v1/pipelines'))).toMatchObject({ items: [] })
    expect(await done(api.get('/v1/fields'))).toMatchObject({ items: [] })
  })

  test('does not lose a capability while webhooks name its events', async () => {
    await declare()
    await makeWebhook(api, { name: 'Moves', url, events: ['subscription.stage_changed'] })
    const answer = await api.put<ProblemAnswer>('/v1/kinds/subscription', { capabilities: ['lifecycle'] })
    expect(answer.body).toMatchObject({ status: 409, detail: expect.stringContaining('"Moves"') })
    await done(api.put('/v1/kinds/subscription', { capabilities: ['lifecycle', 'staged', 'owned'] }))
  })
})

describe('an event type', () => {
  const renewed = { title: 'Renewed', sample: { months: 12, by: 'Ann' } }

  test('can be logged, subscribed to and asked for', async () => {
    await done(
      api.put('/v1/event-types/contact.webinar_attended', { title: 'Webinar', sample: { minutes: 42 } }),
    )
    const webhook = await makeWebhook(api, {
      url,
      events: ['contact.*'],
      conditions: { combinator: 'and', rules: [{ field: 'data.minutes', operator: '>', value: 30 }] },
    })
    const log = (minutes: number) =>
      done(
        api.post<EventAnswer>('/v1/records/contact/88/activities', {
          type: 'webinar_attended',
          data: { minutes },
        }),
      )
    const decided = async (event: EventAnswer) =>
      (await done(api.get<{ items: object[] }>(`/v1/events/${event.id}/decisions`))).items
    const long = await log(40)
    expect(long).toMatchObject({ type: 'contact.webinar_attended', data: { minutes: 40 } })
    expect(await decided(long)).toEqual([
      expect.objectContaining({ webhook_id: webhook.id, verdict: 'fired' }),
    ])
    expect(await decided(await log(20))).toEqual([expect.objectContaining({ reason: 'condition' })])
  })

  test('comes back as it was declared', async () => {
    const declared = await done(api.put('/v1/event-types/lead.renewed', renewed))
    expect(declared).toEqual({ type: 'lead.renewed', ...renewed })
    expect(await done(api.get('/v1/event-types/lead.renewed'))).toEqual(declared)
    expect(await done(api.put('/v1/event-types/lead.paused', {}))).toEqual({
      type: 'lead.paused',
      title: 'lead.paused',
      sample: {},
    })
    const { items } = await done(api.get<{ items: { type: string }[] }>('/v1/event-types'))
    expect(items.map(({ type }) => type)).toEqual(['lead.paused', 'lead.renewed'])
  })

  test.each<[string, object, string[]]>([
    ['lead.created', {}, ['type built_in']],
    ['leed.renewed', {}, ['type unknown_kind']],
    ['webhook.renewed', {}, ['type unknown_kind']],
    ['lead', {}, ['type bad_name']],
    ['lead.Renewed', {}, ['type bad_name']],
    ['lead.a.b', {}, ['type bad_name']],
    ['lead.renewed', { sample: [] }, ['sample wrong_type']],
    [
      'lead.renewed',
      { sample: Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`k${i}`, i])) },
      ['sample too_many'],
    ],
  ])('%s is refused', async (type, body, expected) => {
    const answer = await api.put<ProblemAnswer>(`/v1/event-types/${type}`, body)
    expect(answer.status).toBe(422)
    expect(paths(answer)).toEqual(expected)
  })

  test('is not deleted while a webhook names it', async () => {
    await done(api.put('/v1/event-types/lead.renewed', renewed))
    const webhook = await makeWebhook(api, { url, events: ['lead.renewed'] })
    expect((await api.delete('/v1/event-types/lead.renewed')).status).toBe(409)
    await done(api.delete(`/v1/webhooks/${webhook.id}`))
    await done(api.delete('/v1/event-types/lead.renewed'))
    expect((await api.delete('/v1/event-types/lead.renewed')).status).toBe(404)
    expect((await api.post('/v1/records/lead/1/activities', { type: 'renewed' })).status).toBe(422)
  })
})
