import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sources } from '../../../src/sources/index.ts'

const file = readFileSync(join(import.meta.dirname, '../../i18n/en/sources.json'), 'utf8')
const words = JSON.parse(file) as {
  where: Record<string, string[]>
  samples: Record<string, Record<string, string>>
}

test('every source says where its address is pasted', () => {
  for (const { name } of sources) expect(words.where[name]?.length, name).toBeGreaterThan(1)
})

test('every sample that can be tried is called here as the server calls it', () => {
  const tried = sources.filter(({ preview }) => preview !== undefined)
  expect(words.samples).toEqual(
    Object.fromEntries(
      tried.map(({ name, samples }) => [
        name,
        Object.fromEntries(samples.map(({ title }, index) => [String(index), title])),
      ]),
    ),
  )
})
