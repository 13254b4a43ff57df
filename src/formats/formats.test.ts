import { describe, expect, test } from 'vitest'
import { checkOptions, languages, type OptionDescription, type Text } from '../model/index.ts'
import { findFormat, formats } from './index.ts'

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
