import { describe, expect, test } from 'vitest'
import {
  checkOptions,
  type JsonObject,
  languages,
  type OptionDescription,
  type Text,
} from '../model/index.ts'
import { findFormat, formats, type KeyMeaning } from './index.ts'

const context = {
  webhook: { id: 'whk_01', name: 'Won deals to the ERP', description: '' },
  account: { id: 'acc_01', subdomain: 'acme' },
}

function textsOf(options: readonly OptionDescription[]): Text[] {
  return options.flatMap((option) => [
    option.title,
    ...(option.choices ?? []).map((choice) => choice.title),
    ...textsOf(option.columns ?? []),
  ])
}

function keysOf(value: unknown, key = ''): string[] {
  if (typeof value !== 'object' || value === null) return [key]
  return Object.entries(value).flatMap(([name, inner]) => keysOf(inner, key === '' ? name : `${key}.${name}`))
}

describe.each(formats.map((format) => [format.name, format] as const))('%s', (name, format) => {
  test('is found by its name', () => {
    expect(findFormat(name)).toBe(format)
  })

  test('speaks all languages', () => {
    for (const text of [format.title, format.description, ...textsOf(format.options)]) {
      for (const language of languages) expect(text[language].trim()).not.toBe('')
    }
  })

  test('has defaults that it accepts itself', () => {
    const { options, errors } = checkOptions(format.options, undefined, '')
    expect([...errors, ...(format.check?.(options) ?? [])]).toEqual([])
    expect(checkOptions(format.options, options, '')).toEqual({ options, errors: [] })
  })

  test('explains the keys of its bodies in all languages', () => {
    for (const { input, rendered } of format.examples) {
      const keys = rendered.contentType === 'application/json' ? keysOf(JSON.parse(rendered.body!)) : []
      for (const key of keys) {
        const meaning = format.explain?.(key, input.options) ?? null
        if (meaning === null || 'field' in meaning) continue
        for (const text of [meaning.title, meaning.note ?? meaning.title])
          for (const language of languages) expect(text[language].trim()).not.toBe('')
      }
    }
    expect(format.explain?.('no.such.key', format.examples[0]!.input.options) ?? null).toSatisfy(
      (meaning: KeyMeaning | null) => meaning === null || 'field' in meaning,
    )
  })

  test('has examples', () => {
    expect(format.examples.length).toBeGreaterThan(0)
  })

  test.each(format.examples.map((example) => [example.title, example] as const))('%s', (_title, example) => {
    const { event, options, method } = example.input
    expect(checkOptions(format.options, options, '')).toEqual({ options, errors: [] })
    expect(format.check?.(options) ?? []).toEqual([])
    expect(format.methods).toContain(method)
    expect(format.cannotExpress?.([event.type], options) ?? []).toEqual([])
    expect(format.render({ event, context, options, method })).toEqual(example.rendered)
  })
})

test('there is no format of an unknown name', () => {
  expect(findFormat('xml')).toBeUndefined()
  expect(findFormat('constructor')).toBeUndefined()
})

test.each<[string, string, object, string | null]>([
  ['standard', 'type', {}, 'event.type'],
  ['standard', 'data.sequence', {}, 'event.sequence'],
  ['standard', 'data.current.price', {}, 'current.price'],
  ['standard', 'data.data.old_stage_id', {}, 'data.old_stage_id'],
  ['standard', 'data.related.contact.email', {}, 'contact.email'],
  ['amocrm', 'leads.status.0.status_id', {}, 'current.stage_id'],
  ['amocrm', 'leads.add.0.tags.0.name', {}, 'current.tags'],
  ['amocrm', 'account.subdomain', {}, 'account.subdomain'],
  ['amocrm', 'leads.status.0.unheard_of', {}, null],
  ['salesmanago', 'id', {}, 'webhook.id'],
  [
    'params',
    'deal.tags.0',
    { params: [{ name: 'deal.tags', from: 'field', value: 'current.tags' }] },
    'current.tags',
  ],
  ['params', 'deal', { params: [{ name: 'deal.tags', from: 'field', value: 'current.tags' }] }, null],
  [
    'template',
    'a.0.text',
    { template: '{"a": [{"text" : {{- current.name | json }}}], "b": "x"}' },
    'current.name',
  ],
  ['template', 'b', { template: '{"a": {{ current.name | json }}, "b": "x"}' }, null],
  ['template', 'chat', { template: 'x=1&chat={{ record.id }}' }, 'record.id'],
])('%s says of %s which field it is', (format, key, options, field) => {
  const meaning = findFormat(format)!.explain!(key, options as JsonObject)
  expect(meaning).toEqual(field === null ? null : expect.objectContaining({ field }))
})
