import { describe, expect, test } from 'vitest'
import type { Delivery } from '../../data/deliveries.ts'
import type { ActiveHours, WebhookSettings, Webhook } from '../../data/webhooks.ts'
import { isOpen, nextStep } from './next-step.ts'

// A Friday.
const now = Date.parse('2026-11-20T09:00:00.000Z')
const soon = '2026-11-20T09:04:00.000Z'
const later = '2026-11-20T10:00:00.000Z'

const delivery: Delivery = {
  id: 'dlv_2',
  webhook_id: 'whk_1',
  event_id: 'evt_1',
  event_type: 'lead.won',
  record: { name: null, kind: 'lead', id: '7' },
  sequence: 5,
  purpose: 'event',
  state: 'waiting',
  reason: null,
  attempt_count: 1,
  due_at: soon,
  expires_at: '2026-11-27T09:00:00.000Z',
  last_status_code: 500,
  last_attempt: null,
  created_at: '2026-11-20T08:59:00.000Z',
  settled_at: null,
  replay_of: null,
  replay_attempt_id: null,
  replay_id: null,
  sent_again: null,
}
const policy: WebhookSettings['delivery'] = {
  retry: { policy: 'schedule' },
  timeout_s: 10,
  slots: 10,
  rate_per_s: null,
  order: 'none',
  expires_s: 604_800,
  disable_after_s: null,
  disable_after_failures: null,
  on_gone: 'disable',
  signing: 'standard',
}
const health: Webhook['health'] = {
  failures_in_a_row: 0,
  failing_since: null,
  blocked_until: null,
  circuit: 'closed',
  next_probe_at: null,
}
const webhook = { status: 'active' as const, active_hours: null, delivery: policy, health }
const hours: ActiveHours = {
  days: [1, 2, 3, 4, 5],
  from: '12:00',
  to: '18:00',
  time_zone: 'UTC',
  outside: 'hold',
}

describe('what happens next', () => {
  test('nothing, once it is settled; nothing new while it is sent', () => {
    expect(nextStep({ ...delivery, state: 'dead' }, webhook, [], now)).toEqual({ step: 'settled' })
    expect(nextStep({ ...delivery, state: 'sending' }, webhook, [], now)).toEqual({ step: 'sending' })
  })

  test('the webhook lets nothing through', () => {
    expect(nextStep(delivery, null, [], now)).toEqual({ step: 'off' })
    expect(nextStep(delivery, { ...webhook, status: 'disabled' }, [], now)).toEqual({ step: 'off' })
    expect(nextStep(delivery, { ...webhook, status: 'paused' }, [], now)).toEqual({ step: 'paused' })
  })

  test('a retry, or a first attempt that is not due yet', () => {
    expect(nextStep(delivery, webhook, [], now)).toEqual({ step: 'retry', at: soon })
    const fresh: Delivery = { ...delivery, state: 'pending', attempt_count: 0 }
    expect(nextStep(fresh, webhook, [], now)).toEqual({ step: 'delay', at: soon })
  })

  test('what is due waits for its turn', () => {
    const limited = { ...webhook, delivery: { ...policy, rate_per_s: 5 } }
    expect(nextStep({ ...delivery, due_at: '2026-11-20T08:59:59.000Z' }, limited, [], now)).toEqual({
      step: 'turn',
      ratePerS: 5,
    })
  })

  test('in order, the lowest sequence of the record goes first; replays stand outside', () => {
    const inOrder = { ...webhook, delivery: { ...policy, order: 'record' as const } }
    const first: Delivery = { ...delivery, id: 'dlv_1', sequence: 3 }
    const line = [{ ...delivery, id: 'dlv_9', sequence: 4 }, delivery, first]
    expect(nextStep(delivery, inOrder, line, now)).toEqual({ step: 'order', first })
    expect(nextStep(first, inOrder, line, now).step).toBe('retry')
    expect(nextStep({ ...delivery, purpose: 'replay' }, inOrder, line, now).step).toBe('retry')
    expect(nextStep(delivery, webhook, line, now).step).toBe('retry')
  })

  test('the receiver asked to wait, unless its own time is later', () => {
    const blocked = { ...webhook, health: { ...health, blocked_until: later } }
    expect(nextStep(delivery, blocked, [], now)).toEqual({ step: 'blocked', until: later })
    expect(nextStep({ ...delivery, due_at: '2026-11-20T11:00:00.000Z' }, blocked, [], now).step).toBe('retry')
  })

  test('an open circuit holds all but those with a single attempt', () => {
    const open = { ...webhook, health: { ...health, circuit: 'open' as const, next_probe_at: later } }
    expect(nextStep(delivery, open, [], now)).toEqual({ step: 'circuit', until: later })
    const once = { ...open, delivery: { ...policy, retry: { policy: 'once' } } }
    expect(nextStep(delivery, once, [], now).step).toBe('retry')
  })

  test('outside the hours it waits for the next opening', () => {
    const held = { ...webhook, active_hours: hours }
    expect(nextStep({ ...delivery, due_at: '2026-11-20T12:00:00.000Z' }, held, [], now)).toEqual({
      step: 'hours',
      at: '2026-11-20T12:00:00.000Z',
      hours,
    })
    const open = { ...webhook, active_hours: { ...hours, from: '08:00' } }
    expect(nextStep(delivery, open, [], now).step).toBe('retry')
  })
})

describe('hours', () => {
  const at = (text: string) => Date.parse(text)

  test('are those of their time zone', () => {
    const warsaw = { ...hours, from: '09:00', to: '10:30', time_zone: 'Europe/Warsaw' }
    expect(isOpen(warsaw, at('2026-11-20T09:00:00Z'))).toBe(true)
    expect(isOpen(warsaw, at('2026-11-20T09:30:00Z'))).toBe(false)
    expect(isOpen(warsaw, at('2026-11-21T09:00:00Z'))).toBe(false)
  })

  test('go past midnight where they end before they begin', () => {
    const night = { ...hours, days: [5], from: '22:00', to: '06:00' }
    expect(isOpen(night, at('2026-11-20T23:00:00Z'))).toBe(true)
    expect(isOpen(night, at('2026-11-21T05:59:00Z'))).toBe(true)
    expect(isOpen(night, at('2026-11-20T05:00:00Z'))).toBe(false)
    expect(isOpen({ ...hours, days: [7], from: '00:00', to: '24:00' }, at('2026-11-22T23:59:00Z'))).toBe(true)
  })
})
