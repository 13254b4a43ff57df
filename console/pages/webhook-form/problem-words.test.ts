import { expect, test } from 'vitest'
import { formFacts } from './problem-words.ts'

const facts = (path: string, message: string, language = 'en') => formFacts({ path, message }, language)

test('the bounds of a number, and of a span of time', () => {
  expect(facts('delivery.slots', 'This must be from 1 to 1000.')).toEqual({ min: '1', max: '1,000' })
  expect(facts('delivery.expires_s', 'This must be from 60 to 2592000.')).toEqual({
    min: '1 minute',
    max: '30 days',
  })
  expect(facts('delivery.retry.waits_s[2]', 'This must be from 0.01 to 604800.', 'ru')).toEqual({
    min: '0,01 секунды',
    max: '7 дней',
  })
})

test('the events that a format has no form for', () => {
  const sentence = (events: string) =>
    `The format "amocrm" cannot express ${events}. Take them out of the events.`
  expect(facts('request.format', sentence('sale.created, task.completed')).events).toEqual([
    'sale.created',
    'task.completed',
  ])
  expect(facts('request.format', sentence('sale.created, task.completed and 7 more')).events).toHaveLength(2)
})

test('how long retries can take', () => {
  const message = 'It holds back the later ones: up to 75.6 hours with these retries.'
  expect(facts('delivery.order', message)).toEqual({ time: '3 days 4 hours' })
})
