/** What a webhook can be told beyond events, conditions and request; and webhooks that start from a preset. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Api, done, type ProblemAnswer, type WebhookAnswer } from '../support/api.ts'
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

describe('settings', () => {
  const all = {
    events: ['lead.updated'],
    conditions: { combinator: 'and', rules: [{ field: 'current.price', operator: '>', value: 10 }] },
    fire: 'becomes_true',
    limits: { per: 'contact', per_record: 3, min_interval_s: 60 },
    delay_s: 2_592_000,
    active_hours: { days: [1, 7], from: '22:00', to: '06:00', time_zone: 'Europe/Warsaw', outside: 'skip' },
    delivery: { disable_after_s: null, disable_after_failures: 100 },
  }

  test('are kept as they were set', async () => {
    const webhook = await makeWebhook(api, { url, ...all })
    expect(webhook).toMatchObject(all)
    expect(await done(api.get(`/v1/webhooks/${webhook.id}`))).toEqual(webhook)
  })

  test('change one by one, and the others stay', async () => {
    const { id } = await makeWebhook(api, { url, ...all })
    const changed = await done(
      api.patch<WebhookAnswer>(`/v1/webhooks/${id}`, {
        limits: { per_record: null },
        active_hours: null,
        delay_s: 0,
      }),
    )
    expect(changed).toMatchObject({
      fire: 'becomes_true',
      limits: { per: 'contact', per_record: null, min_interval_s: 60 },
      active_hours: null,
      delay_s: 0,
      delivery: { disable_after_failures: 100 },
    })
  })

  test('a webhook may wait for events of the server itself, by name', async () => {
    const events = ['webhook.disabled', 'delivery.dead']
    const conditions = {
      combinator: 'and',
      rules: [{ field: 'data.webhook_name', operator: '=', value: 'ERP' }],
    }
    expect(await makeWebhook(api, { url, events, conditions })).toMatchObject({ events, conditions })
  })

  test('“becomes true” without conditions is a warning', async () => {
    expect(await makeWebhook(api, { url, events: ['lead.updated'], fire: 'becomes_true' })).toMatchObject({
      warnings: [{ path: 'fire', code: 'nothing_becomes_true' }],
    })
  })

  test('a test says what “becomes true” and hours make of an event', async () => {
    const inspector = await done(api.post<{ url: string }>('/v1/inspectors'))
    await done(api.put('/v1/records/lead/1', { price: 20 }))
    const { events } = await done(
      api.patch<{ events: { id: string }[] }>('/v1/records/lead/1', { price: 30 }),
    )
    const tried = async (wishes: object) => {
      const webhook = await makeWebhook(api, { url: inspector.url, events: ['lead.updated'], ...wishes })
      const path = `/v1/webhooks/${webhook.id}/test`
      return done(api.post<{ verdict: string; reason: string }>(path, { event_id: events[0]!.id }))
    }
    const above = (value: number) => ({
      fire: 'becomes_true',
      conditions: { combinator: 'and', rules: [{ field: 'current.price', operator: '>', value }] },
    })
    expect(await tried(above(10))).toMatchObject({ verdict: 'skipped', reason: 'not_newly_true' })
    expect(await tried(above(25))).toMatchObject({ verdict: 'fired', reason: 'fired' })
    const today = new Date().getUTCDay() || 7
    const other = [1, 2, 3, 4, 5, 6, 7].filter((day) => day !== today && day !== (today % 7) + 1)
    const hours = { days: other, from: '00:00', to: '24:00', time_zone: 'UTC', outside: 'skip' }
    expect(await tried({ active_hours: hours })).toMatchObject({ verdict: 'skipped', reason: 'active_hours' })
  })
})

describe('a preset', () => {
  const start = (preset: string, more: object) =>
    api.post<WebhookAnswer & ProblemAnswer>('/v1/webhooks', { preset, ...more })

  test('is where a webhook starts, and what is sent is laid over it', async () => {
    await done(api.patch('/v1/account', { language: 'ru' }))
    const webhook = await done(
      start('pipeline-trigger', {
        scope: [{ pipeline_id: '752662', stage_ids: ['16203337'] }],
        request: {
          url,
          method: 'GET',
          options: { params: [{ name: 'id', from: 'field', value: 'record.id' }] },
        },
      }),
    )
    expect(webhook).toMatchObject({
      name: 'Триггер на этапе воронки',
      events: ['lead.stage_changed'],
      entering: 'moved_or_created',
      request: {
        method: 'GET',
        format: 'params',
        options: { encoding: 'form', params: [{ name: 'id', from: 'field', value: 'record.id' }] },
      },
      delivery: { signing: 'none' },
    })
    expect(webhook).not.toHaveProperty('preset')
  })

  test('leaves its options behind where another format is asked for', async () => {
    const webhook = await done(start('key-value', { request: { url, format: 'standard' } }))
    expect(webhook.request).toMatchObject({ format: 'standard', options: {} })
  })

  test('each of them makes a webhook with what it asks for', async () => {
    const { presets } = await done(
      api.get<{ presets: { name: string; asks: { path: string; required: boolean }[] }[] }>('/v1/catalogue'),
    )
    expect(presets.length).toBeGreaterThan(6)
    for (const { name, asks } of presets) {
      const asked = asks.filter(({ required }) => required).map(({ path }) => path)
      const answer = await start(name, {
        ...(asked.includes('scope') ? { scope: [{ pipeline_id: '1' }] } : {}),
        ...(asked.includes('events') ? { events: ['lead.stage_changed'] } : {}),
        request: { url },
      })
      expect({ name, ...answer }).toMatchObject({ name, status: 201 })
    }
  })

  test('alone is not enough: what is missing is named', async () => {
    const { status, body } = await start('standard', {})
    expect(status).toBe(422)
    expect(body.errors.map(({ path }) => path)).toContain('request.url')
  })

  test('of a name that is nearly right is suggested', async () => {
    const { body } = await start('key-valu', { request: { url } })
    expect(body.errors).toEqual([
      {
        path: 'preset',
        code: 'not_a_choice',
        message: 'There is no preset "key-valu". Did you mean "key-value"?',
      },
    ])
  })
})
