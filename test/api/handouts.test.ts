/** What the developer of a receiver is given. What stands in it is tested beside the code that makes it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { done, type ProblemAnswer } from '../support/api.ts'
import { makeWebhook } from '../support/scenario.ts'
import { backends, startTestServer, type TestServer } from '../support/server.ts'

interface HandoutAnswer {
  webhook: { id: string; events: { type: string; title: string }[]; url: string }
  request: { headers: { name: string; value: string }[]; body: string; body_encoding: string }
  fields: { path: string; title: string }[]
  curl: string
  verification: { language: string; code: string }[]
  expect: string[]
}

describe.each(backends)('%s', (backend) => {
  let server: TestServer

  beforeAll(async () => {
    server = await startTestServer({ backend })
  })
  afterAll(() => server[Symbol.asyncDispose]())

  test('a reader gets the handout without secrets, with the names that the account gave', async () => {
    const { api } = await server.newAccount()
    await done(
      api.put('/v1/pipelines/lead/sales', { name: 'Sales', stages: [{ id: 'won', name: 'Signed' }] }),
    )
    await done(api.put('/v1/fields/lead/region', { type: 'text', title: 'Region of the deal' }))
    const webhook = await makeWebhook(api, {
      events: ['lead.stage_changed'],
      scope: [{ pipeline_id: 'sales', stage_ids: ['won'] }],
      url: 'https://erp.example/hooks?token=abcdef',
      request: {
        auth: { type: 'bearer', token: 'very-secret-word' },
        format: 'params',
        options: {
          params: [
            { name: 'stage', from: 'field', value: 'stage.name' },
            { name: 'region', from: 'field', value: 'current.region' },
          ],
        },
      },
    })
    const { token } = await done(api.post<{ token: string }>('/v1/tokens', { kind: 'read', name: 'x' }))
    const reader = api.with({ authorization: `Bearer ${token}` })
    const handout = await done(reader.get<HandoutAnswer>(`/v1/webhooks/${webhook.id}/handout`))
    expect(handout.webhook.events).toEqual([{ type: 'lead.stage_changed', title: 'Lead: stage changed' }])
    expect(handout.request).toMatchObject({ method: 'POST', body_encoding: 'utf8' })
    expect(JSON.parse(handout.request.body)).toEqual({ stage: 'Signed', region: null })
    expect(handout.request.headers).toContainEqual({ name: 'authorization', value: '••••••••' })
    expect(handout.fields).toEqual([
      { path: 'stage', title: 'Stage: Name', example: 'Signed' },
      { path: 'region', title: 'Region of the deal', example: null },
    ])
    expect(handout.verification).toHaveLength(4)
    expect(handout.expect.length).toBeGreaterThan(5)
    expect(JSON.stringify(handout)).not.toMatch(/very-secret-word|abcdef/)
  })

  test('it speaks the language asked for, else the account’s', async () => {
    const { api } = await server.newAccount()
    const webhook = await makeWebhook(api, { url: 'https://erp.example/' })
    const first = async (query: string) => {
      const handout = await done(api.get<HandoutAnswer>(`/v1/webhooks/${webhook.id}/handout${query}`))
      return [handout.webhook.events[0]!.title, handout.expect[0]!.split(' ')[0]]
    }
    expect(await first('?language=ru')).toEqual(['Сделка: входящий звонок', 'Ответьте'])
    expect(await first('?language=pt-BR')).toEqual([expect.stringMatching(/^Lead: /), 'Responda'])
    await done(api.patch('/v1/account', { language: 'pl' }))
    expect((await first(''))[1]).toBe('Odpowiedz')
    const unknown = await api.get<ProblemAnswer>(`/v1/webhooks/${webhook.id}/handout?language=de`)
    expect(unknown.body).toMatchObject({ status: 422, errors: [{ path: 'language' }] })
    expect((await api.get('/v1/webhooks/whk_none/handout')).status).toBe(404)
  })
})
