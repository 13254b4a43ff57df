import { expect, test } from 'vitest'
import { makeWebhook } from '../../test/contract/things.ts'
import { settingsFromText, settingsOf } from './webhook-settings.ts'

const whole = settingsOf(makeWebhook('acc_1'))

test('what is kept of a webhook are its settings, and nothing that the server keeps about it', () => {
  expect(Object.keys(whole).sort()).toEqual([
    'active_hours', 'conditions', 'delay_s', 'delivery', 'description', 'entering', 'events', 'fire', 'limits', 'name',
    'request', 'scope',
  ]) // prettier-ignore
})

test('settings of before a setting existed do what they did then', () => {
  const { fire: _f, limits: _l, delay_s: _d, active_hours: _a, delivery, ...rest } = whole
  const { disable_after_s: _s, disable_after_failures: _n, ...oldDelivery } = delivery
  expect(settingsFromText(JSON.stringify({ ...rest, delivery: oldDelivery }))).toEqual({
    ...rest,
    fire: 'each_time',
    limits: { per: 'record', per_record: null, min_interval_s: null },
    delay_s: 0,
    active_hours: null,
    delivery: { ...oldDelivery, disable_after_s: 432_000, disable_after_failures: null },
  })
})

test('settings that are there stay as they are, also where they are null', () => {
  const set: typeof whole = {
    ...whole,
    fire: 'becomes_true',
    limits: { per: 'contact', per_record: 3, min_interval_s: 60 },
    delay_s: 30,
    active_hours: { days: [1, 5], from: '22:00', to: '06:00', time_zone: 'Europe/Warsaw', outside: 'hold' },
    delivery: { ...whole.delivery, disable_after_s: null, disable_after_failures: 100 },
  }
  expect(settingsFromText(JSON.stringify(set))).toEqual(set)
})

test('two webhooks do not share their defaults', () => {
  const old = JSON.stringify({ delivery: {} })
  settingsFromText(old).limits.per_record = 5
  expect(settingsFromText(old).limits.per_record).toBeNull()
})
