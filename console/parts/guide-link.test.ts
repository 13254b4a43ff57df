import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import common from '../i18n/en/common.json' with { type: 'json' }

test('every guide that the console names is there', () => {
  const names = Object.keys(common.guide)
  const files = names.map((name) => [`docs/guide/${name}.md`, `docs/guide/${name}.en.md`])
  expect(names.filter((_name, index) => !files[index]!.some((file) => existsSync(file)))).toEqual([])
})
