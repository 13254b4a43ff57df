import i18next, { type TFunction } from 'i18next'
import { beforeAll, expect, test } from 'vitest'
import { operators } from '../../../src/rules/index.ts'
import type { FieldType } from '../../data/catalogue.ts'
import type { Condition, Rule } from '../../data/condition.ts'
import type { Json } from '../../data/json.ts'
import en from '../../i18n/en/exchange.json'
import pl from '../../i18n/pl/exchange.json'
import ptBR from '../../i18n/pt-BR/exchange.json'
import ru from '../../i18n/ru/exchange.json'
import { conditionText, type ConditionWords, ruleText, valueText } from './text.ts'

const texts = { en, ru, pl, 'pt-BR': ptBR }
type Language = keyof typeof texts
const languages = Object.keys(texts) as Language[]

beforeAll(async () => {
  await i18next.init({
    lng: 'en',
    ns: ['exchange'],
    resources: Object.fromEntries(languages.map((language) => [language, { exchange: texts[language] }])),
    interpolation: { escapeValue: false },
  })
})

const fields: Record<string, { type: FieldType } & Record<Language, string>> = {
  'current.price': { type: 'number', en: 'Price', ru: 'Бюджет', pl: 'Wartość', 'pt-BR': 'Valor' },
  'current.city': { type: 'text', en: 'City', ru: 'Город', pl: 'Miasto', 'pt-BR': 'Cidade' },
  'current.tags': { type: 'tags', en: 'Tags', ru: 'Теги', pl: 'Tagi', 'pt-BR': 'Etiquetas' },
  'current.stage_id': { type: 'stage', en: 'Stage', ru: 'Этап', pl: 'Etap', 'pt-BR': 'Etapa' },
  'current.due': { type: 'date', en: 'Due', ru: 'Срок', pl: 'Termin', 'pt-BR': 'Prazo' },
  'event.bulk': { type: 'boolean', en: 'Bulk', ru: 'Массово', pl: 'Masowo', 'pt-BR': 'Em massa' },
}

const wordsOf = (language: Language): ConditionWords => ({
  t: i18next.getFixedT(language, 'exchange') as TFunction<'exchange'>,
  language,
  timeZone: 'Europe/Warsaw',
  fieldName: (path) => fields[path]?.[language] ?? path,
  fieldType: (path) => fields[path]?.type ?? 'text',
  operator(name) {
    const known = operators.find((operator) => operator.name === name)
    return known && { title: known.title[language], values: known.values }
  },
  nameOf: (type, id) => (type === 'stage' && id === '142' ? 'Won' : undefined),
})

const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ')
const say = (language: Language, condition: Condition) => plain(conditionText(condition, wordsOf(language)))
const row = (language: Language, rule: Rule) => plain(ruleText(rule, wordsOf(language)))

const rich: Condition = {
  combinator: 'and',
  rules: [
    { field: 'current.price', operator: '>', value: 10_000 },
    {
      combinator: 'or',
      rules: [
        { field: 'current.city', operator: 'endsWith', value: 'berg' },
        { field: 'current.tags', operator: 'hasAny', value: ['vip', 'b2b'] },
      ],
    },
    { field: 'current.stage_id', operator: 'changedTo', value: '142' },
  ],
}

test.each([
  [
    'en',
    'Sent when Price is greater than 10,000, (City ends with “berg” or at least one of “vip” and “b2b” is among Tags) and Stage changed to “Won”.',
  ],
  [
    'ru',
    'Отправляется, когда «Бюджет» больше 10 000, («Город» заканчивается на «berg» или в поле «Теги» есть хотя бы одно из: «vip» и «b2b») и поле «Этап» изменилось на «Won».',
  ],
  [
    'pl',
    'Wysyłane, gdy „Wartość” wynosi więcej niż 10 000, („Miasto” kończy się na „berg” lub w polu „Tagi” jest co najmniej jedna z wartości: „vip” i „b2b”) i pole „Etap” zmieniło się na „Won”.',
  ],
  [
    'pt-BR',
    'Enviado quando “Valor” é maior que 10.000, (“Cidade” termina com “berg” ou “Etiquetas” inclui ao menos um destes: “vip” e “b2b”) e “Etapa” mudou para “Won”.',
  ],
] as const)('a nested condition in %s', (language, sentence) => {
  expect(say(language, rich)).toBe(sentence)
})

const none: Condition = { combinator: 'and', rules: [] }

test.each([
  ['en', 'Sent every time, without conditions.'],
  ['ru', 'Отправляется каждый раз, без условий.'],
  ['pl', 'Wysyłane za każdym razem, bez warunków.'],
  ['pt-BR', 'Enviado sempre, sem condições.'],
] as const)('no conditions in %s, be it because a group is empty', (language, sentence) => {
  expect(say(language, none)).toBe(sentence)
  expect(say(language, { combinator: 'or', not: true, rules: [none, { ...none, not: true }] })).toBe(sentence)
})

const city: Rule = { field: 'current.city', operator: '=', value: 'Kraków' }
const bulk: Rule = { field: 'event.bulk', operator: '=', value: true }

test.each([
  ['en', 'Sent unless City is “Kraków” or Bulk: yes.'],
  ['ru', 'Отправляется всегда, кроме случаев, когда «Город» — «Kraków» или «Массово»: да.'],
  ['pl', 'Wysyłane zawsze, chyba że „Miasto” to „Kraków” lub „Masowo”: tak.'],
  ['pt-BR', 'Enviado sempre, a menos que isto aconteça: “Cidade” é “Kraków” ou “Em massa”: sim.'],
] as const)('the whole turned round in %s', (language, sentence) => {
  expect(say(language, { combinator: 'or', not: true, rules: [city, bulk] })).toBe(sentence)
})

test.each([
  ['en', 'Sent when Price increased and it is not so that (City is “Kraków” or Bulk: yes).'],
  [
    'ru',
    'Отправляется, когда поле «Бюджет» увеличилось и неверно, что («Город» — «Kraków» или «Массово»: да).',
  ],
  [
    'pl',
    'Wysyłane, gdy pole „Wartość” wzrosło i nie jest prawdą, że („Miasto” to „Kraków” lub „Masowo”: tak).',
  ],
  ['pt-BR', 'Enviado quando “Valor” aumentou e não é verdade que (“Cidade” é “Kraków” ou “Em massa”: sim).'],
] as const)('an inner group turned round in %s', (language, sentence) => {
  const inner: Condition = { combinator: 'or', not: true, rules: [city, bulk] }
  const rules = [{ field: 'current.price', operator: 'increased' }, inner]
  expect(say(language, { combinator: 'and', rules })).toBe(sentence)
})

test.each([
  ['en', 'Due is within the last 1 day', 'Due is within the next 5 weeks'],
  ['ru', '«Срок» — в пределах 1 дня до события', '«Срок» — в пределах 5 недель после события'],
  [
    'pl',
    '„Termin” przypada w ciągu 1 dnia przed zdarzeniem',
    '„Termin” przypada w ciągu 5 tygodni po zdarzeniu',
  ],
  ['pt-BR', '“Prazo” é no máximo 1 dia antes do evento', '“Prazo” é no máximo 5 semanas depois do evento'],
] as const)('spans of time in %s', (language, last, next) => {
  const due = (operator: string, value: Json) => row(language, { field: 'current.due', operator, value })
  expect(due('withinLast', { amount: 1, unit: 'days' })).toBe(last)
  expect(due('withinNext', { amount: 5, unit: 'weeks' })).toBe(next)
})

test.each([
  ['en', 'Due is between 1 Nov 2026 and 30 Nov 2026', 'City is “Kraków” (capitals count)'],
  [
    'ru',
    '«Срок» от 1 нояб. 2026 г. до 30 нояб. 2026 г. включительно',
    '«Город» — «Kraków» (с учётом регистра)',
  ],
  [
    'pl',
    '„Termin” mieści się między 1 lis 2026 a 30 lis 2026 (włącznie)',
    '„Miasto” to „Kraków” (z uwzględnieniem wielkości liter)',
  ],
  [
    'pt-BR',
    '“Prazo” está entre 1 de nov. de 2026 e 30 de nov. de 2026 (inclusive)',
    '“Cidade” é “Kraków” (diferenciando maiúsculas)',
  ],
] as const)('dates and capitals in %s', (language, dates, capitals) => {
  expect(
    row(language, { field: 'current.due', operator: 'between', value: ['2026-11-01', '2026-11-30'] }),
  ).toBe(dates)
  expect(row(language, { ...city, case_sensitive: true })).toBe(capitals)
})

test('every operator of the server has a sentence of its own in every language', () => {
  for (const language of languages) {
    for (const { name } of operators) {
      const said = row(language, { field: 'current.city', operator: name, value: ['a', 'b'] })
      expect(texts[language].condition.row, name).toHaveProperty([name])
      expect(said, `${language} ${name}`).toContain(fields['current.city']![language])
      expect(said).not.toContain('{{')
    }
  }
})

test('an operator that nobody knows here is said with its title', () => {
  const words = { ...wordsOf('en'), operator: () => ({ title: 'sounds like', values: 'one' as const }) }
  expect(ruleText({ field: 'current.city', operator: 'soundsLike', value: 'x' }, words)).toBe(
    'City sounds like “x”',
  )
})

test('what is still missing is left open', () => {
  expect(row('en', { field: 'current.price', operator: '>', value: '' })).toBe('Price is greater than …')
  expect(row('en', { field: 'current.price', operator: 'between' })).toBe('Price is between … and …')
  expect(row('en', { field: 'current.due', operator: 'withinLast' })).toBe('Due is within the last …')
})

test('a row that has no field yet is left out', () => {
  expect(say('en', { combinator: 'and', rules: [{ field: '', operator: '' }] })).toBe(
    'Sent every time, without conditions.',
  )
})

test('a sentence that is left open has no full stop', () => {
  expect(say('en', { combinator: 'and', rules: [{ field: 'current.city', operator: '=' }] })).toBe(
    'Sent when City is …',
  )
})

test('a long list is cut', () => {
  const value = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
  expect(row('en', { field: 'current.city', operator: 'in', value })).toBe(
    'City is one of “a”, “b”, “c”, “d”, “e” and 3 more',
  )
  expect(row('pl', { field: 'current.city', operator: 'in', value: value.slice(0, 7) })).toContain('2 inne')
})

test('a list of one reads as one', () => {
  expect(row('en', { field: 'current.tags', operator: 'hasNone', value: ['vip'] })).toBe(
    '“vip” is not among Tags',
  )
  expect(row('ru', { field: 'current.tags', operator: 'hasAll', value: ['vip'] })).toBe(
    'в поле «Теги» есть «vip»',
  )
})

test('values by their type', () => {
  const text = (value: Json, type: FieldType) => plain(valueText(value, type, wordsOf('en')))
  expect(text({ amount: 10_000.5, currency: 'eur' }, 'money')).toBe('10,000.5 EUR')
  expect(text('12000', 'number')).toBe('12,000')
  expect(text('12000', 'text')).toBe('“12000”')
  expect(text('142', 'stage')).toBe('“Won”')
  expect(text('143', 'stage')).toBe('“143”')
  expect(text('2026-11-20T23:30:00Z', 'date')).toBe('21 Nov 2026, 00:30')
  expect(text('some day', 'date')).toBe('“some day”')
  expect(text(['a', 'b'], 'tags')).toBe('“a” and “b”')
  expect(text({ a: 1 }, 'json')).toBe('{"a":1}')
  expect(text('false', 'boolean')).toBe('no')
})

test('rows that are not what the server sends do not break the page', () => {
  const odd = { field: 'gone.field', operator: 'between', value: { amount: 'x' } }
  expect(row('en', odd)).toContain('gone.field')
})
