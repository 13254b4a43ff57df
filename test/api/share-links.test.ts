/** Addresses under which somebody without a token reads the handout of one webhook, and nothing else. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Api, done, listAll, makeApi, type ProblemAnswer } from '../support/api.ts'
import { makeWebhook } from '../support/scenario.ts'
import { backends, startTestServer, type TestServer } from '../support/server.ts'

interface LinkAnswer {
  id: string
  webhook_id: string
  name: string
  url: string
  created_at: string
  last_used_at: string | null
}

describe.each(backends)('%s', (backend) => {
  let server: TestServer
  let anybody: Api
  let now = Date.UTC(2030, 0, 1)

  beforeAll(async () => {
    server = await startTestServer({ backend, machine: { clock: () => now } })
    anybody = makeApi(() => server.url, {})
  })
  afterAll(() => server[Symbol.asyncDispose]())

  const share = (api: Api, { id }: { id: string }, body?: object) =>
    done(api.post<LinkAnswer>(`/v1/webhooks/${id}/share-links`, body))
  const links = (api: Api, { id }: { id: string }) =>
    listAll<LinkAnswer>(api, `/v1/webhooks/${id}/share-links`)
  const open = (link: LinkAnswer, query = '') =>
    anybody.get<{ webhook: { id: string; name: string }; expect: string[] } & ProblemAnswer>(
      `/v1/shared/${link.url.split('/').at(-1)}${query}`,
    )

  test('a link shows the webhook as it is, without a token, and nothing may keep it', async () => {
    const { api } = await server.newAccount()
    const webhook = await makeWebhook(api, { name: 'Calls', url: 'https://erp.example/' })
    const link = await share(api, webhook, { name: 'Agency' })
    expect(link).toEqual({
      id: expect.stringMatching(/^shr_/),
      webhook_id: webhook.id,
      name: 'Agency',
      url: expect.stringMatching(new RegExp(`^${server.url}/shared/[A-Za-z0-9]{24}$`)),
      created_at: new Date(now).toISOString(),
    })
    const opened = await open(link)
    expect(opened.status).toBe(200)
    expect(opened.headers.get('cache-control')).toBe('no-store')
    expect(opened.headers.get('referrer-policy')).toBe('no-referrer')
    const handout = await done(api.get<typeof opened.body>(`/v1/webhooks/${webhook.id}/handout`))
    expect(Object.keys(opened.body)).toEqual(Object.keys(handout))
    expect(opened.body.webhook).toEqual(handout.webhook)
    expect(opened.body.expect).toEqual(handout.expect)
    expect((await done(open(link, '?language=ru'))).expect[0]).toMatch(/^Ответьте/)
    await done(api.patch(`/v1/webhooks/${webhook.id}`, { name: 'Renamed' }))
    expect((await done(open(link))).webhook.name).toBe('Renamed')
  })

  test('its address is shown once, and its use is noted to the minute', async () => {
    const { api } = await server.newAccount()
    const webhook = await makeWebhook(api, { url: 'https://erp.example/' })
    const [first, second] = [await share(api, webhook), await share(api, webhook, {})]
    expect(first.name).toBe('')
    const listed = await links(api, webhook)
    expect(listed.map(({ id, last_used_at }) => [id, last_used_at])).toEqual([
      [second.id, null],
      [first.id, null],
    ])
    expect(JSON.stringify(listed)).not.toContain('url')
    const usedAt = async () => (await links(api, webhook)).find(({ id }) => id === first.id)!.last_used_at
    const opening = now
    await done(open(first))
    now += 59_000
    await done(open(first))
    expect(await usedAt()).toBe(new Date(opening).toISOString())
    now += 1000
    await done(open(first))
    expect(await usedAt()).toBe(new Date(now).toISOString())
  })

  test('one that is deleted, made up, or of a deleted webhook shows nothing, and says the same', async () => {
    const { api } = await server.newAccount()
    const webhook = await makeWebhook(api, { url: 'https://erp.example/' })
    const [revoked, orphaned] = [await share(api, webhook), await share(api, webhook)]
    const path = `/v1/webhooks/${webhook.id}/share-links/${revoked.id}`
    expect((await api.delete(path)).status).toBe(204)
    expect((await api.delete(path)).status).toBe(404)
    expect((await open(orphaned)).status).toBe(200)
    await done(api.delete(`/v1/webhooks/${webhook.id}`))
    const answers = [await open(revoked), await open(orphaned), await anybody.get('/v1/shared/made-up')]
    for (const { status, body, headers } of answers) {
      expect(status).toBe(404)
      expect(body).toEqual(answers[0]!.body)
      expect(headers.get('cache-control')).toBe('no-store')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
    }
    expect((await api.get(`/v1/webhooks/${webhook.id}/share-links`)).status).toBe(404)
    expect((await api.post(`/v1/webhooks/${webhook.id}/share-links`)).status).toBe(404)
  })

  test('the audit tells who shared and who took it back; the answer under a key is not kept', async () => {
    const { api } = await server.newAccount()
    const webhook = await makeWebhook(api, { url: 'https://erp.example/' })
    const once = api.with({ 'idempotency-key': 'once' })
    const link = await share(once, webhook, { name: 'Agency' })
    const again = await once.post<ProblemAnswer>(`/v1/webhooks/${webhook.id}/share-links`, { name: 'Agency' })
    expect(again.body).toMatchObject({ status: 409, errors: [{ code: 'answer_not_kept' }] })
    await done(api.delete(`/v1/webhooks/${webhook.id}/share-links/${link.id}`))
    const entries = await listAll<{ action: string; detail: object }>(
      api,
      `/v1/audit?subject_kind=webhook&subject_id=${webhook.id}`,
    )
    expect(entries.slice(0, 2)).toMatchObject([
      { action: 'deleteShareLink', detail: { id: link.id } },
      { action: 'createShareLink', detail: { id: link.id, name: 'Agency', keys: ['name'] } },
    ])
    expect(JSON.stringify(entries)).not.toContain(link.url.split('/').at(-1))
  })

  test('a webhook has so many links and no more', async () => {
    const { api } = await server.newAccount()
    const webhook = await makeWebhook(api, { url: 'https://erp.example/' })
    for (let count = 0; count < 50; count++) await share(api, webhook)
    const refused = await api.post<ProblemAnswer>(`/v1/webhooks/${webhook.id}/share-links`)
    expect(refused.body).toMatchObject({ status: 429, code: 'too_many' })
  })
})
