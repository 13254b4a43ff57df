/** Copies of webhooks: everything goes with them except for the signing secret, and nothing is sent before somebody says so. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Api, done, listAll, type WebhookAnswer } from '../support/api.ts'
import { makeWebhook, readWebhook, secretOf, sendCall, decisionOf } from '../support/scenario.ts'
import { eventually } from '../support/eventually.ts'
import { backends, startTestServer, type TestServer } from '../support/server.ts'

describe.each(backends)('%s', (backend) => {
  let server: TestServer

  beforeAll(async () => {
    server = await startTestServer({ backend })
  })
  afterAll(() => server[Symbol.asyncDispose]())

  const duplicate = (api: Api, { id }: { id: string }) =>
    api.post<WebhookAnswer>(`/v1/webhooks/${id}/duplicate`)

  test('a copy has all settings and credentials, a secret of its own, and is off', async () => {
    const { api } = await server.newAccount()
    const inspector = await done(api.post<{ id: string; url: string }>('/v1/inspectors'))
    const original = await makeWebhook(api, {
      name: 'Calls',
      description: 'For the ERP',
      url: inspector.url,
      conditions: {
        combinator: 'and',
        rules: [{ field: 'current.price', operator: 'null' }],
      },
      request: {
        auth: { type: 'bearer', token: 'kept-inside' },
        headers: [{ name: 'X-Key', value: 'kept-too' }],
      },
      delivery: { slots: 3 },
    })
    const answer = await duplicate(api, original)
    expect(answer.status).toBe(201)
    const copy = answer.body
    const same = ['id', 'name', 'status', 'status_reason', 'created_at', 'updated_at']
    const settings = (webhook: WebhookAnswer) =>
      Object.fromEntries(Object.entries(webhook).filter(([key]) => !same.includes(key)))
    expect(settings(copy)).toEqual(settings(original))
    expect(copy).toMatchObject({
      id: expect.stringMatching(/^whk_/),
      name: 'Calls (copy)',
      status: 'disabled',
      status_reason: 'a copy that nobody has switched on yet',
      version: 1,
    })
    expect(copy.id).not.toBe(original.id)
    expect((await secretOf(api, copy)).secret).not.toBe((await secretOf(api, original)).secret)
    expect(await readWebhook(api, copy)).toEqual(copy)

    const event = await sendCall(api)
    expect(await decisionOf(api, event.id, copy)).toMatchObject({ verdict: 'skipped', reason: 'disabled' })
    await done(api.post(`/v1/webhooks/${original.id}/disable`))
    await done(api.post(`/v1/webhooks/${copy.id}/enable`))
    await done(api.post(`/v1/webhooks/${copy.id}/test`))
    const received = await eventually(async () => {
      const sent = await listAll<{ headers: [string, string][] }>(
        api,
        `/v1/inspectors/${inspector.id}/requests`,
      )
      if (sent.length < 2) throw new Error('The original has sent its call and the copy its test.')
      return sent.map(({ headers }) => Object.fromEntries(headers))
    })
    const credentials = { authorization: 'Bearer kept-inside', 'X-Key': 'kept-too' }
    expect(received).toMatchObject([credentials, credentials])
  })

  test('copies are numbered, copies of copies too, and long names make room', async () => {
    const { api } = await server.newAccount()
    const original = await makeWebhook(api, { name: 'Deals', url: 'https://erp.example/' })
    const first = await done(duplicate(api, original))
    const second = await done(duplicate(api, original))
    const third = await done(duplicate(api, second))
    expect([first, second, third].map(({ name }) => name)).toEqual([
      'Deals (copy)',
      'Deals (copy 2)',
      'Deals (copy 3)',
    ])
    await done(api.delete(`/v1/webhooks/${first.id}`))
    expect((await done(duplicate(api, original))).name).toBe('Deals (copy)')
    const long = await makeWebhook(api, { name: 'x'.repeat(200), url: 'https://erp.example/' })
    for (const end of [' (copy)', ' (copy 2)']) {
      const { name } = await done(duplicate(api, long))
      expect(name).toMatch(/^x+ \(copy( 2)?\)$/)
      expect(name.endsWith(end)).toBe(true)
      expect(name.length).toBeGreaterThan(190)
    }
  })

  test('one request copies once, and the audit tells of what which copy was made', async () => {
    const { api } = await server.newAccount()
    const original = await makeWebhook(api, { url: 'https://erp.example/' })
    const once = api.with({ 'idempotency-key': 'once' })
    const copies = [await done(duplicate(once, original)), await done(duplicate(once, original))]
    expect(copies[0]).toEqual(copies[1])
    expect(await listAll(api, '/v1/webhooks')).toHaveLength(2)
    const entries = await listAll(api, '/v1/audit?action=duplicateWebhook')
    expect(entries).toMatchObject([
      { subject: { kind: 'webhook', id: original.id }, detail: { id: copies[0]!.id, name: 'Calls (copy)' } },
    ])
  })
})
