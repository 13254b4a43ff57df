import { expect, test } from 'vitest'
import { noSearch, readAuditSearch, toAuditFilter, writeAuditSearch } from './audit-filter.ts'

const now = Date.parse('2026-11-20T14:30:45Z')

test('what is written into the address is read back', () => {
  const search = {
    ...noSearch,
    subjectKind: 'webhook',
    subjectId: 'whk_1',
    actor: 'member mem_1',
    span: { preset: '7d' as const },
  }
  expect(readAuditSearch(writeAuditSearch(search))).toEqual(search)
  expect(String(writeAuditSearch(noSearch))).toBe('')
})

test('a link that names the subject only', () => {
  const search = readAuditSearch(new URLSearchParams('subject_id=whk_1'))
  expect(toAuditFilter(search, now, 'UTC')).toEqual({ subject_id: 'whk_1' })
})

test('days are those of the time zone', () => {
  const span = { since: '2026-11-20', until: '2026-11-20' }
  expect(toAuditFilter({ ...noSearch, span }, now, 'Europe/Warsaw')).toEqual({
    since: '2026-11-19T23:00:00.000Z',
    until: '2026-11-20T23:00:00.000Z',
  })
})
