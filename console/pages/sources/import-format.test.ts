import { expect, test } from 'vitest'
import { formatOf } from './import-format.ts'

test.each([
  ['leads.csv', 'csv'],
  ['Leads 2026.CSV', 'csv'],
  ['leads.ndjson', 'ndjson'],
  ['leads.jsonl', 'ndjson'],
  ['leads.xlsx', null],
  ['leads', null],
])('%s is %s', (name, format) => {
  expect(formatOf(name)).toBe(format)
})
