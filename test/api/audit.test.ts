/** Who changed what: noted by the one place that every write goes through. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Api, done, listAll, type Page } from '../support/api.ts'
import { makeWebhook } from '../support/scenario.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

interface Entry {
  id: string
  at: string
  actor: string
  action: string
  subject: { kind: string; id: string }
  detail: Record<string, unknown>
}

let server: TestServer
let api: Api

beforeAll(async () => {
  server = await startTestServer({ backend: 'sqlite' })
})
afterAll(() => server[Symbol.asyncDispose]())

const audit = (query = '') => listAll<Entry>(api, `/v1/audit${query}`)

test('every change is noted: who, what and of what, without values', async () => {
  ;({ api } = await server.newAccount())
  const webhook = await makeWebhook(api, {
    url: 'https://erp.example/hooks',
    request: { auth: { type: 'bearer', token: 'a-very-secret-word' } },
  })
  await done(
    api.patch(`/v1/webhooks/${webhook.id}`, { name: 'Renamed', request: { url: 'https://erp.example/two' } }),
  )
  await done(api.post(`/v1/webhooks/${webhook.id}/pause`))
  const made = await done(
    api.post<{ id: string; token: string }>('/v1/tokens', { kind: 'admin', name: 'Ann' }),
  )
  await done(api.put('/v1/pipelines/lead/752662', { name: 'Sales', stages: [] }))
  await done(api.post('/v1/fields', { kind: 'lead', name: 'region', title: 'Region', type: 'text' }))
  await done(api.post('/v1/users', { id: '7', name: 'Jan Kowalski' }))
  await done(api.patch('/v1/account', { retention_days: 30 }))
  await done(api.delete(`/v1/webhooks/${webhook.id}`))
  await done(api.put('/v1/records/lead/1', { name: 'Deal' }))
  const { id: erasureId } = await done(api.post<{ id: string }>('/v1/records/lead/1/erase'))
  expect(erasureId).toMatch(/^ers_/)

  const entries = await audit()
  const account = await done(api.get<{ id: string }>('/v1/account'))
  expect(entries.map(({ action, subject }) => [action, subject.kind, subject.id])).toEqual([
    ['eraseRecord', 'record', 'lead/1'],
    ['deleteWebhook', 'webhook', webhook.id],
    ['updateAccount', 'account', account.id],
    ['createUser', 'user', '7'],
    ['createField', 'field', 'lead/region'],
    ['putPipeline', 'pipeline', 'lead/752662'],
    ['createToken', 'token', made.id],
    ['pauseWebhook', 'webhook', webhook.id],
    ['updateWebhook', 'webhook', webhook.id],
    ['createWebhook', 'webhook', webhook.id],
    ['createAccount', 'account', account.id],
  ])
  expect(entries.find(({ action }) => action === 'updateWebhook')).toMatchObject({
    actor: expect.stringMatching(/^token tok_/),
    detail: { keys: ['name', 'request'], version: 2, name: 'Renamed' },
  })
  const text = JSON.stringify(entries)
  for (const secret of ['a-very-secret-word', made.token, 'Kowalski', 'erp.example'])
    expect(text).not.toContain(secret)
})

test('the list is filtered by subject, actor, action and time, and comes in pages', async () => {
  ;({ api } = await server.newAccount())
  const first = await makeWebhook(api, { url: 'https://erp.example/1' })
  await makeWebhook(api, { url: 'https://erp.example/2' })
  const { id, token } = await done(
    api.post<{ id: string; token: string }>('/v1/tokens', { kind: 'admin', name: 'Ann' }),
  )
  const ann = (await server.newAccount()).api
  expect(ann).not.toBe(api)
  const own = api.with({ authorization: `Bearer ${token}` })
  await done(own.post(`/v1/webhooks/${first.id}/disable`))
  expect((await audit(`?subject_kind=webhook&subject_id=${first.id}`)).map(({ action }) => action)).toEqual([
    'disableWebhook',
    'createWebhook',
  ])
  expect((await audit(`?actor=${encodeURIComponent(`token ${id}`)}`)).map(({ action }) => action)).toEqual([
    'disableWebhook',
  ])
  expect(await audit('?action=createWebhook')).toHaveLength(2)
  expect(await audit('?until=2020-01-01T00:00:00Z')).toEqual([])
  const page = await done(api.get<Page<Entry>>('/v1/audit?limit=2'))
  expect(page.items).toHaveLength(2)
  expect(page.next_cursor).not.toBeNull()
  expect((await api.get('/v1/audit?since=yesterday')).status).toBe(422)
})

test('a test that was sent is noted, of a webhook as of a draft that nobody saved', async () => {
  ;({ api } = await server.newAccount())
  const draft = { name: 'Unsaved', events: ['lead.created'], request: { url: `${server.url}/i/nobody` } }
  const webhook = await makeWebhook(api, { url: draft.request.url })
  await done(api.post(`/v1/webhooks/${webhook.id}/test`))
  await done(api.post('/v1/webhooks/test', { webhook: draft, sample: true }))
  await done(api.post('/v1/webhooks/test', { webhook: { id: webhook.id, name: 'Renamed' } }))
  expect((await api.post('/v1/webhooks/test', { webhook: { name: 'No URL' } })).status).toBe(422)
  const sent = (await audit()).filter(({ action }) => action.startsWith('test'))
  expect(sent.map(({ action, subject, detail }) => [action, subject.id === webhook.id, detail])).toEqual([
    ['testWebhookDraft', true, { keys: ['webhook'], name: 'Renamed' }],
    ['testWebhookDraft', false, { keys: ['webhook', 'sample'], name: 'Unsaved' }],
    ['testWebhook', true, {}],
  ])
})

test('what was refused is not noted, a repeated request once, and only admins may look', async () => {
  ;({ api } = await server.newAccount())
  const before = await audit()
  expect((await api.post('/v1/webhooks', { name: 'No URL' })).status).toBe(422)
  expect((await api.delete('/v1/webhooks/whk_none')).status).toBe(404)
  expect(await audit()).toEqual(before)
  const again = api.with({ 'idempotency-key': 'once' })
  for (let n = 0; n < 2; n++) await done(again.post('/v1/inspectors', { name: 'Twice' }))
  expect((await audit()).filter(({ action }) => action === 'createInspector')).toHaveLength(1)
  const { token } = await done(api.post<{ token: string }>('/v1/tokens', { kind: 'manage', name: 'Manager' }))
  expect((await api.with({ authorization: `Bearer ${token}` }).get('/v1/audit')).status).toBe(403)
})
