import { createInstance } from 'i18next'
import { beforeAll, describe, expect, test } from 'vitest'
import { catalogueFor } from '../../../src/catalogue/index.ts'
import type { Catalogue } from '../../data/catalogue.ts'
import en from '../../i18n/en/form.json' with { type: 'json' }
import ru from '../../i18n/ru/form.json' with { type: 'json' }
import type { Language } from '../../i18n/languages.ts'
import { dayName, deliverySummaries, hoursText } from './delivery-summaries.ts'
import { withValueAt } from './path.ts'
import { settingsOfPreset } from './start-settings.ts'

const catalogueIn = (language: Language) =>
  catalogueFor({ kinds: [], event_types: [], fields: [], pipelines: [], users: [] }, language) as Catalogue
const catalogue = catalogueIn('en')
const settings = settingsOfPreset(null, catalogue)

const words = createInstance()
beforeAll(() =>
  words.init({
    lng: 'en',
    defaultNS: 'form',
    resources: { en: { form: en }, ru: { form: ru } },
    interpolation: { escapeValue: false },
  }),
)

function said(sets: [path: string, value: unknown][], language: Language = 'en') {
  const changed = sets.reduce((draft, [path, value]) => withValueAt(draft, path, value), settings)
  return deliverySummaries(changed, {
    t: words.getFixedT(language, 'form'),
    language,
    policies: catalogueIn(language).retry_policies,
  })
}

test('the defaults, each in a line', () => {
  expect(said([])).toEqual({
    retries: '10 attempts in all, over 3 days 4 hours · given up after 7 days',
    pace: 'waits 10 seconds for the answer · 10 at once',
    firing: 'Each time',
    hours: 'At any time',
    off: 'After 5 days of failures · on 410 Gone',
  })
})

test('in another language', () => {
  expect(said([], 'ru').retries).toBe('10 попыток, всего 3 дня 4 часа · срок доставки: 7 дней')
})

test('what is set otherwise', () => {
  const lines = said([
    ['delivery.retry', { policy: 'once' }],
    ['delivery.rate_per_s', 0.5],
    ['delivery.order', 'record'],
    ['fire', 'becomes_true'],
    ['delay_s', 900],
    ['limits', { per: 'contact', per_record: 1, min_interval_s: 3600 }],
    ['delivery.disable_after_s', null],
    ['delivery.on_gone', 'retry'],
  ])
  expect(lines.retries).toBe('Once, no retry · given up after 7 days')
  expect(lines.pace).toBe(
    'waits 10 seconds for the answer · 10 at once · at most 0.5 a second · in order for each record',
  )
  expect(lines.firing).toBe(
    'Only when the conditions become true · 15 minutes later · at most 1 time per contact · at least 1 hour apart',
  )
  expect(lines.off).toBe('Never by itself')
})

describe('hours', () => {
  const hours = {
    days: [1, 2, 3, 4, 5],
    from: '09:00',
    to: '18:00',
    time_zone: 'Europe/Warsaw',
    outside: 'hold' as const,
  }

  test('days that follow each other are a span', () => {
    expect(hoursText(hours, 'en')).toBe('Mon–Fri 09:00–18:00 (Europe/Warsaw)')
    expect(hoursText({ ...hours, days: [7, 1, 2, 4] }, 'en')).toBe(
      'Mon, Tue, Thu, Sun 09:00–18:00 (Europe/Warsaw)',
    )
    expect(hoursText({ ...hours, days: [6] }, 'ru')).toBe('сб 09:00–18:00 (Europe/Warsaw)')
  })

  test('the week begins on Monday', () => {
    expect(dayName(1, 'en', 'long')).toBe('Monday')
    expect(dayName(7, 'en', 'long')).toBe('Sunday')
  })
})
