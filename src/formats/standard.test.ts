import { expect, test } from 'vitest'
import { exampleEvent } from './example-event.ts'
import { standard } from './standard.ts'

const context = {
  webhook: { id: 'whk_9', name: '', description: '' },
  account: { id: 'acc_9', subdomain: '' },
}

test('ids of this server that mean nothing outside stay inside', () => {
  const event = exampleEvent({
    account_id: 'acc_secret',
    caused_by: { event_id: 'evt_00', chain: ['whk_secret'] },
  })
  const { body } = standard.render({ event, context, options: {}, method: 'POST' })
  expect(body).not.toContain('acc_')
  expect(body).not.toContain('whk_')
  expect(Object.keys(JSON.parse(body!))).toEqual(['type', 'timestamp', 'data'])
  expect(JSON.parse(body!).data.record).toEqual({ kind: 'lead', id: '4831596' })
})

test('the timestamp is when it happened, and nobody caused what nobody caused', () => {
  const event = exampleEvent({ occurred_at: '2020-01-02T03:04:05.678Z' })
  const parsed = JSON.parse(standard.render({ event, context, options: {}, method: 'POST' }).body!)
  expect(parsed.timestamp).toBe('2020-01-02T03:04:05.678Z')
  expect(parsed.data.caused_by).toBeNull()
})
