/** Looking for a delivery by a text that somebody remembers of it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type DeliveryAnswer, done, type Page, type ProblemAnswer } from '../support/api.ts'
import { deliveryIdOf, deliveryIn, makeWebhook, sendCall } from '../support/scenario.ts'
import { backends, startTestServer, type TestServer } from '../support/server.ts'

describe.each(backends)('%s', (backend) => {
  let server: TestServer

  beforeAll(async () => {
    server = await startTestServer({ backend })
  })
  afterAll(() => server[Symbol.asyncDispose]())

  test('a delivery is found by what its receiver answered and by the name of its record', async () => {
    const { api } = await server.newAccount()
    const answer = { status: 422, body: 'Счёт закрыт' }
    const inspector = await done(api.post<{ url: string }>('/v1/inspectors', { answer }))
    const webhook = await makeWebhook(api, { url: inspector.url, delivery: { retry: { policy: 'once' } } })
    const sent: string[] = []
    for (const name of ['Ёлка', 'Deal']) {
      const event = await sendCall(api, { record: { kind: 'lead', id: name }, current: { name } })
      sent.unshift(await deliveryIdOf(api, event.id, webhook))
    }
    for (const id of sent) await deliveryIn(api, id, 'dead')
    const search = (text: string, more = '') =>
      done(api.get<Page<DeliveryAnswer>>(`/v1/deliveries?search=${encodeURIComponent(text)}${more}`))
    const ids = ({ items }: Page<DeliveryAnswer>) => items.map(({ id }) => id)

    expect(ids(await search('СЧЁТ закрыт'))).toEqual(sent)
    expect(ids(await search('ёлка'))).toEqual([sent[1]])
    expect(await search('nothing like it')).toEqual({ items: [], next_cursor: null })
    expect(ids(await search('счёт', '&state=delivered'))).toEqual([])
    const first = await search('счёт', '&limit=1')
    expect(ids(first)).toEqual([sent[0]])
    expect(ids(await search('счёт', `&limit=1&cursor=${first.next_cursor}`))).toEqual([sent[1]])
    const long = await api.get<ProblemAnswer>(`/v1/deliveries?search=${'x'.repeat(201)}`)
    expect(long.body).toMatchObject({ status: 422, errors: [{ path: 'search' }] })
  })
})
