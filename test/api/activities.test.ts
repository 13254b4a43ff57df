/** Activities, writes that say when they were true, and changes that a delivery led to. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openCauseSeal } from '../../src/runtime/cause.ts'
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

describe('an activity', () => {
  const log = (body: object, path = '/v1/records/lead/5/activities') =>
    api.post<EventAnswer & ProblemAnswer>(path, body)

  test('becomes an event of the record and changes no field', async () => {
    await done(api.put('/v1/records/lead/5', { name: 'ACME' }))
    const occurred_at = '2026-11-20T09:00:00+01:00'
    const { status, body } = await log({ type: 'email_received', data: { from: 'a@b.example' }, occurred_at })
    expect(status).toBe(201)
    expect(body).toMatchObject({
      type: 'lead.email_received',
      record: { kind: 'lead', id: '5' },
      current: { name: 'ACME' },
      previous: {},
      data: { from: 'a@b.example' },
      occurred_at: '2026-11-20T08:00:00.000Z',
      sequence: 2,
    })
    expect(await done(api.get(`/v1/events/${body.id}`))).toEqual(body)
    expect(await done(api.get('/v1/records/lead/5'))).toMatchObject({ fields: { name: 'ACME' } })
  })

  test('may be of a record that nobody wrote', async () => {
    expect((await log({ type: 'site_visited' })).status).toBe(201)
    expect((await api.get('/v1/records/lead/5')).status).toBe(404)
  })

  test('with an id of its own is taken once', async () => {
    const first = await log({ type: 'call_received', external_id: 'call-1' })
    const again = await log({ type: 'call_received', external_id: 'call-1' })
    expect([first.status, again.status]).toEqual([201, 200])
    expect(again.body).toEqual(first.body)
  })

  test.each<[object, string[]]>([
    [{}, ['type required']],
    [{ type: 'email_recieved' }, ['type unknown_activity']],
    [{ type: 'stage_changed' }, ['type unknown_activity']],
    [{ type: 'email_received', subject: 'x' }, ['subject unknown_key']],
    [{ type: 'email_received', data: 'x' }, ['data wrong_type']],
    [{ type: 'email_received', occurred_at: 'now' }, ['occurred_at bad_time']],
    [{ type: 'email_received', external_id: '' }, ['external_id too_short']],
  ])('%j is refused', async (body, expected) => {
    const answer = await log(body)
    expect(answer.status).toBe(422)
    expect(answer.body.errors.map(({ path, code }) => `${path} ${code}`)).toEqual(expected)
  })

  test('of a kind that does not exist is at a path that does not exist', async () => {
    expect((await log({ type: 'email_received' }, '/v1/records/leed/5/activities')).status).toBe(404)
  })

  test('of a kind that has none is refused with a reason', async () => {
    const { body } = await log({ type: 'email_received' }, '/v1/records/quote/5/activities')
    expect(body.detail).toContain('A quote has no activity "email_received"')
  })
})

describe('as_of', () => {
  type Written = WriteAnswer & { stale?: boolean }
  const write = (body: object, asOf: string) =>
    done(api.patch<Written>(`/v1/records/lead/5?as_of=${encodeURIComponent(asOf)}`, body))

  test('an older write changes nothing and says so', async () => {
    expect((await write({ price: 1 }, '2026-11-20T09:00:00Z')).stale).toBeUndefined()
    const stale = await write({ price: 2 }, '2026-11-20T09:59:59+01:00')
    expect(stale).toMatchObject({ stale: true, events: [], record: { fields: { price: 1 } } })
    const equal = await write({ price: 3 }, '2026-11-20T09:00:00Z')
    expect(equal).toMatchObject({ record: { fields: { price: 3 } } })
    expect(equal).not.toHaveProperty('stale')
  })

  test('an older deletion deletes nothing', async () => {
    await write({ price: 1 }, '2026-11-20T09:00:00Z')
    expect(await done(api.delete('/v1/records/lead/5?as_of=2026-11-20'))).toMatchObject({ stale: true })
    expect(await done(api.get('/v1/records/lead/5'))).toMatchObject({ state: 'present' })
    await done(api.delete('/v1/records/lead/5?as_of=2026-11-21'))
    expect(await write({ price: 2 }, '2026-11-20T10:00:00Z')).toMatchObject({
      stale: true,
      record: { state: 'deleted' },
    })
  })

  test('each item of a batch has its own', async () => {
    await write({ price: 1 }, '2026-11-20T09:00:00Z')
    const item = (id: string) => ({ kind: 'lead', id, fields: { price: 9 }, as_of: '2026-11-01' })
    const { items } = await done(
      api.post<{ items: Written[] }>('/v1/records/batch', { items: [item('5'), item('6')] }),
    )
    expect(items).toMatchObject([{ status: 200, stale: true }, { status: 201 }])
    expect(items[1]).not.toHaveProperty('stale')
  })

  test.each(['/v1/records/lead/5?as_of=soon', '/v1/records/lead?as_of=2026-13-01'])('%s', async (path) => {
    const answer = await api.call<ProblemAnswer>(path.includes('/5') ? 'PUT' : 'POST', path, {})
    expect(answer.body.errors).toMatchObject([{ path: 'as_of', code: 'bad_time' }])
  })
})

describe('Hookline-Cause', () => {
  const send = (header: string) =>
    done(api.put<WriteAnswer>('/v1/records/lead/5', { price: 1 }, { headers: { 'hookline-cause': header } }))
  const eventOf = async ({ events }: WriteAnswer) => done(api.get<EventAnswer>(`/v1/events/${events[0]!.id}`))

  test('of this server says which webhooks led to a change, and those do not fire again', async () => {
    const events = ['lead.created']
    const webhook = await makeWebhook(api, { url: 'https://erp.example/', events })
    const cause = { event_id: 'evt_1', chain: [webhook.id] }
    const { id: accountId } = await done(api.get<{ id: string }>('/v1/account'))
    const seal = openCauseSeal(server.place.environment['HOOKLINE_MASTER_KEY']!)
    const event = await eventOf(await send(seal.sign(cause, accountId)))
    expect(event.caused_by).toEqual(cause)
    const decided = await done(api.get<{ items: object[] }>(`/v1/events/${event.id}/decisions`))
    expect(decided.items).toEqual([expect.objectContaining({ verdict: 'skipped', reason: 'loop' })])
  })

  test.each([
    '',
    'v1.e30.x',
    openCauseSeal('another key of another server').sign({ event_id: 'e', chain: ['w'] }, 'acc'),
  ])('that cannot be read is no cause: %j', async (header) => {
    expect((await eventOf(await send(header))).caused_by).toBeNull()
  })
})
