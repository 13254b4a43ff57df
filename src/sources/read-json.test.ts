import { expect, test } from 'vitest'
import { jsonDepthMax, readJson } from './read-json.ts'
import { readTime } from './read-time.ts'

const read = (text: string) => readJson(new TextEncoder().encode(text))

test.each([
  ['{"id":4831596}', { id: 4831596 }],
  ['{"id":9007199254740993,"n":-9007199254740993}', { id: '9007199254740993', n: '-9007199254740993' }],
  ['[1.5,1e3,1e400,12345678901234567890123]', [1.5, 1000, '1e400', '12345678901234567890123']],
  ['{"constructor":1,"a":{"toString":null}}', { constructor: 1, a: { toString: null } }],
  ['"\\ud83d\\ude00"', '😀'],
  ['\ufeff{"a":1}', { a: 1 }],
  ['null', null],
])('%s is read', (text, expected) => {
  expect(read(text)).toEqual({ value: expected, problem: null })
})

test.each([
  ['', 'empty'],
  [' \n', 'empty'],
  ['{', 'not_json'],
  ["{'a':1}", 'not_json'],
  ['{"__proto__":{"x":1}}', 'bad_key'],
  ['{"\\u005f_proto__":1}', 'bad_key'],
  ['{"a":"\\u0000"}', 'bad_text'],
  ['{"a\\u0000":1}', 'bad_text'],
  ['{"a":["\\ud800"]}', 'bad_text'],
  ['['.repeat(jsonDepthMax + 1) + ']'.repeat(jsonDepthMax + 1), 'too_deep'],
  ['['.repeat(500_000), 'too_deep'],
])('%.40s is refused', (text, code) => {
  expect(read(text)).toMatchObject({ value: null, problem: { code } })
})

test('brackets in texts are not depth', () => {
  const text = JSON.stringify({ a: '"[{'.repeat(100) })
  expect(read(text).problem).toBeNull()
  expect(read('['.repeat(jsonDepthMax) + ']'.repeat(jsonDepthMax)).problem).toBeNull()
})

test('bytes that are no UTF-8 are refused', () => {
  expect(readJson(new Uint8Array([0x22, 0xff, 0x22]))).toMatchObject({ problem: { code: 'not_utf8' } })
})

test.each([
  [1456822527, '2016-03-01T08:55:27.000Z'],
  ['1456822527', '2016-03-01T08:55:27.000Z'],
  [1456822527123, '2016-03-01T08:55:27.123Z'],
  ['2026-11-20', '2026-11-20T00:00:00.000Z'],
  ['2026-11-20T09:00:00+01:00', '2026-11-20T08:00:00.000Z'],
  ['2026-11-20T09:00:00-0130', '2026-11-20T10:30:00.000Z'],
  ['2026-11-20 09:00:00', '2026-11-20T09:00:00.000Z'],
  ['2026-11-20 09:00 Z', '2026-11-20T09:00:00.000Z'],
  ['2026-11-20T09:00:00.5Z', '2026-11-20T09:00:00.500Z'],
  [0, null],
  ['0', null],
  [-5, null],
  ['', null],
  [null, null],
  [undefined, null],
  [true, null],
  ['yesterday', null],
  ['2026-13-40', null],
  ['99999999999999', '5138-11-16T09:46:39.999Z'],
])('the time %s is %s', (written, expected) => {
  expect(readTime(written)).toBe(expected)
})
