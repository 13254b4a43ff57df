import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkOptions, languages, type OptionDescription, type Text } from '../model/index.ts'
import { findSource, sources } from './index.ts'
import { isKeepable } from './read-json.ts'
import { itemsMax, remarksMax } from './remarks.ts'
import { callOf, sampleSecret } from './source.ts'
import type { SourceContext } from './source.ts'

const context: SourceContext = {
  secret: sampleSecret,
  hmacSha256: (secret, text) => createHmac('sha256', secret).update(text).digest('hex'),
}

function textsOf(options: readonly OptionDescription[]): Text[] {
  return options.flatMap((option) => [
    option.title,
    ...(option.choices ?? []).map((choice) => choice.title),
    ...textsOf(option.columns ?? []),
  ])
}

/** Every text and every key in a value. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => [key, ...textsIn(inner)])
}

describe.each(sources.map((source) => [source.name, source] as const))('%s', (name, source) => {
  test('is found by its name', () => {
    expect(findSource(name)).toBe(source)
  })

  test('speaks all languages', () => {
    for (const text of [source.title, source.description, ...textsOf(source.options)])
      for (const language of languages) expect(text[language].trim()).not.toBe('')
  })

  test('has samples', () => {
    expect(source.samples.length).toBeGreaterThan(0)
  })

  test.each(source.samples.map((sample) => [sample.title, sample] as const))('%s', (_title, sample) => {
    const { call, options, reading } = sample
    expect(checkOptions(source.options, options, '')).toEqual({ options, errors: [] })
    expect(source.check?.(options) ?? []).toEqual([])
    expect(source.read(callOf(call), options, context)).toEqual(reading)
  })

  const { options } = source.samples[0]!
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.string({ unit: 'binary', maxLength: 300 }).map((text) => new TextEncoder().encode(text)),
    fc.json({ noUnicodeString: false }).map((text) => new TextEncoder().encode(text)),
    // Pieces of real calls, put together wrongly.
    fc
      .array(fc.constantFrom(...source.samples.flatMap(({ call }) => call.body.split(/(?=[&{}[\],:"%=])/))), {
        maxLength: 60,
      })
      .map((pieces) => new TextEncoder().encode(pieces.join(''))),
  )
  const contentType = fc.constantFrom(null, 'application/json', 'application/x-www-form-urlencoded', '')

  test('never throws, keeps its bounds, and says the same again, whatever comes', () => {
    fc.assert(
      fc.property(bytes, contentType, (body, contentType) => {
        const call = { ...callOf({ contentType, body: '' }), body }
        const reading = source.read(call, options, context)
        expect(reading.items.length).toBeLessThanOrEqual(itemsMax)
        expect(reading.problems.length + reading.ignored.length).toBeLessThanOrEqual(2 * remarksMax)
        expect(JSON.parse(JSON.stringify(reading))).toEqual(reading)
        for (const text of textsIn(reading)) expect(isKeepable(text)).toBe(true)
        expect(source.read(call, options, context)).toEqual(reading)
        source.preview?.(call, options)
      }),
      { numRuns: 500 },
    )
  })

  test('takes all that a call says, or tells what it did not take', () => {
    fc.assert(
      fc.property(bytes, (body) => {
        const call = { ...callOf({ contentType: 'application/json', body: '' }), body }
        const { items, problems, ignored } = source.read(call, options, context)
        const isEmptyList = new TextDecoder().decode(body).trim() === '[]'
        expect(items.length + problems.length + ignored.length > 0 || isEmptyList).toBe(true)
      }),
    )
  })
})

test('there is no source of an unknown name', () => {
  expect(findSource('zapier')).toBeUndefined()
  expect(findSource('constructor')).toBeUndefined()
})
