import { expect, test } from 'vitest'
import { makeEvent, makeAccount, makeWebhook } from '../../test/contract/things.ts'
import { RenderError } from '../formats/index.ts'
import { buildRequest } from './build-request.ts'
import { withQueryOf, type Repeated } from './repeat.ts'

const repeated: Repeated = { method: 'PUT', query: '?a=%C5%BC', contentType: 'text/plain', body: 'ż' }

function build(repeat: Repeated | null, url = 'https://erp.example/{{ record.id }}?key=new') {
  const account = makeAccount()
  const webhook = makeWebhook(account.id)
  return buildRequest({
    webhook: { ...webhook, request: { ...webhook.request, url } },
    account,
    event: makeEvent(account.id),
    deliveryId: 'dlv_new',
    attempt: 2,
    now: 5000,
    signCause: () => 'cause',
    repeated: repeat,
  })
}

test('method, query and body are those of then; the address, the id and the time are of now', () => {
  const { outgoing, shown } = build(repeated)
  expect(outgoing).toMatchObject({ method: 'PUT', url: 'https://erp.example/4831596?a=%C5%BC', body: 'ż' })
  expect(Object.fromEntries(outgoing.headers)).toMatchObject({
    'content-type': 'text/plain',
    'webhook-id': 'dlv_new',
    'webhook-timestamp': '5',
    'hookline-attempt': '2',
  })
  expect(shown.body).toEqual(Buffer.from('ż'))
})

test('an empty body has neither bytes nor a type', () => {
  const { outgoing } = build({ ...repeated, body: null, contentType: null })
  expect(outgoing.body).toBeNull()
  expect(Object.fromEntries(outgoing.headers)).not.toHaveProperty('content-type')
})

test('where the attempt is no longer kept, nothing else is sent in its place', () => {
  expect(() => build(null)).toThrow(RenderError)
})

test.each([
  ['https://a.example/x', '', 'https://a.example/x'],
  ['https://a.example/x?b=1#c', '', 'https://a.example/x'],
  ['https://a.example/x#c', '?d', 'https://a.example/x?d'],
])('of %s with the query %j comes %s', (url, query, expected) => {
  expect(withQueryOf(url, { ...repeated, query })).toBe(expected)
})
