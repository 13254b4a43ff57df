import { expect, test } from 'vitest'
import { refuseServer } from './server.ts'

const debian = 'PostgreSQL 14.5 (Debian 14.5-1) on x86_64-pc-linux-gnu, compiled by gcc'

test('PostgreSQL 14 and newer will do', () => {
  expect(refuseServer({ version: debian, number: '140005', encoding: 'UTF8' })).toBeNull()
  expect(refuseServer({ version: 'PostgreSQL 18.4', number: '180004', encoding: 'UTF8' })).toBeNull()
})

test.each([
  [
    { version: 'PostgreSQL 13.21', number: '130021', encoding: 'UTF8' },
    /leads to PostgreSQL 13\. .*14 or newer/,
  ],
  [
    { version: 'CockroachDB CCL v24.1.0', number: '130000', encoding: 'UTF8' },
    /not lead to PostgreSQL but to "CockroachDB CCL v24\.1\.0"/,
  ],
  [
    { version: debian, number: '140005', encoding: 'SQL_ASCII' },
    /encoded in SQL_ASCII\. Hookline needs UTF8/,
  ],
])('%o is refused with a sentence', (server, sentence) => {
  expect(refuseServer(server)).toMatch(sentence)
})
