import { describe, expect, test } from 'vitest'
import { catalogueFor } from '../../../src/catalogue/index.ts'
import type { Catalogue } from '../../data/catalogue.ts'
import type { Language } from '../../i18n/languages.ts'
import { eventOptions, fold, searchEvents } from './search.ts'

const nothingDeclared = { kinds: [], event_types: [], fields: [], pipelines: [], users: [] }
const words = {
  also: (kind: string) => ({ lead: 'deal, deals', quote: 'offer' })[kind] ?? '',
  every: 'Every event',
  everyAbout: '',
  ofKind: (plural: string) => `Everything about ${plural}`,
  ofKindAbout: '',
  anyKind: (action: string) => `${action}, of any kind`,
  anyKindAbout: '',
}

function search(typed: string, language: Language = 'en') {
  const options = eventOptions(catalogueFor(nothingDeclared, language) as Catalogue, words)
  return searchEvents(options, typed)
}
const first = (typed: string, language?: Language) => search(typed, language)[0]?.value

describe('an event is found by', () => {
  test('its code', () => {
    expect(first('lead.stage_changed')).toBe('lead.stage_changed')
    expect(first('task.completed')).toBe('task.completed')
  })

  test('its title, in the language of the console', () => {
    expect(first('lead stage')).toBe('lead.stage_changed')
    expect(first('сделка: смена этапа', 'ru')).toBe('lead.stage_changed')
    expect(first('входящий звонок сделка', 'ru')).toBe('lead.call_received')
    expect(first('utworzenie kontakt', 'pl')).toBe('contact.created')
    expect(first('nova venda', 'pt-BR')).toBe('sale.created')
  })

  test('the word of another system, and says which', () => {
    const found = search('mail_in')
    expect(found.map(({ value }) => value)).toContain('lead.email_received')
    expect(found[0]!.alias).toEqual({ system: 'amoCRM', name: 'mail_in' })
    expect(first('status_lead')).toBe('lead.stage_changed')
    expect(first('Conduz a mudança de fase')).toBe('prospect.stage_changed')
    expect(first('Brochura reativada', 'pt-BR')).toBe('prospect.reactivated')
    expect(first('Przypisano tag do kontaktu', 'pl')).toBe('contact.tagged')
    expect(search('upnify').length).toBe(30)
  })

  test('letters without their accents, in parts and in any order', () => {
    expect(first('citacao')).toBe('quote.created')
    expect(first('osiagniecie scoringu')).toBe('contact.score_changed')
    expect(first('changed stage opport')).toBe('opportunity.stage_changed')
  })

  test('another word for its kind', () => {
    expect(first('deal won')).toBe('lead.won')
    expect(first('deals stage')).toBe('lead.stage_changed')
    expect(first('offer created')).toBe('quote.created')
    expect(first('deal moved')).toBe('lead.stage_changed')
  })

  test('what its description says, where no name holds it', () => {
    expect(search('stage').every(({ value }) => value.endsWith('.stage_changed'))).toBe(true)
    expect(search('threshold').every(({ value }) => value.endsWith('.score_changed'))).toBe(true)
  })
})

test('patterns are offered, and found by their code', () => {
  expect(first('*')).toBe('*')
  expect(first('lead.*')).toBe('lead.*')
  expect(first('*.stage_changed')).toBe('*.stage_changed')
  expect(search('any kind stage')[0]).toMatchObject({ title: 'Stage changed, of any kind', group: 'any' })
})

test('a single event comes before the pattern that holds it', () => {
  const values = search('stage changed').map(({ value }) => value)
  expect(values.indexOf('lead.stage_changed')).toBeLessThan(values.indexOf('*.stage_changed'))
})

test('while nothing is typed everything is there, each once, and no pattern reaches system events', () => {
  const all = search('')
  const values = all.map(({ value }) => value)
  expect(new Set(values).size).toBe(values.length)
  expect(values).toContain('webhook.disabled')
  expect(values).not.toContain('webhook.*')
  expect(values).not.toContain('*.completed')
  expect(all.find(({ value }) => value === 'lead.stage_changed')).toMatchObject({
    short: 'Stage changed',
    group: 'lead',
    alias: null,
  })
})

test('nothing is found where nothing is meant', () => {
  expect(search('qwertyuiop')).toEqual([])
})

test('folding', () => {
  expect(fold('Łódź Citação ЁЛКА')).toBe('lodz citacao елка')
})
