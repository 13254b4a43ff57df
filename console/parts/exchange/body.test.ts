import { expect, test } from 'vitest'
import { bodyBytes, formatBytes, formRows, queryRows } from './body.ts'
import { formatMs } from '../format-ms.ts'

test('a form is read as its receiver reads it', () => {
  const form = [['Content-Type', 'application/x-www-form-urlencoded; charset=utf-8']] as const
  expect(formRows('leads%5Bstatus%5D%5B0%5D%5Bid%5D=42&name=Deal+with+ACME&empty=', form)).toEqual([
    { name: 'leads[status][0][id]', value: '42' },
    { name: 'name', value: 'Deal with ACME' },
    { name: 'empty', value: '' },
  ])
})

test('other bodies are no form', () => {
  expect(formRows('a=1', [['content-type', 'text/plain']])).toBeNull()
  expect(formRows(null, [['content-type', 'application/x-www-form-urlencoded']])).toBeNull()
})

test('a query keeps names that come twice', () => {
  expect(queryRows('https://a.example/x?a=1&a=%C5%BC#end')).toEqual([
    { name: 'a', value: '1' },
    { name: 'a', value: 'ż' },
  ])
  expect(queryRows('https://a.example/x')).toEqual([])
})

test('sizes are those of the bytes', () => {
  expect(bodyBytes('żółw', 'utf8')).toBe(7)
  expect(bodyBytes(Buffer.from([1, 2, 3, 4]).toString('base64'), 'base64')).toBe(4)
  expect(bodyBytes(null, 'utf8')).toBe(0)
})

test('sizes and times are written in the language', () => {
  expect(formatBytes(17, 'en')).toBe('17 bytes')
  expect(formatBytes(1240, 'pl')).toBe('1,2 kB')
  expect(formatMs(87, 'en')).toBe('87 ms')
  expect(formatMs(1400, 'ru')).toBe('1,4 с')
})
