import { expect, test } from 'vitest'
import { bytesArray, columnArrays, integerArray, names, textArray, unnest, type Columns } from './arrays.ts'

// Each byte as PostgreSQL's array_recv and the elements' own receive functions read it; the contract suite sends them.
test('text: one dimension, element type 25, lengths in bytes, -1 for null', () => {
  expect(textArray(['a', 'Ж', '', null]).toString('hex')).toBe(
    '00000001 00000001 00000019 00000004 00000001 00000001 61 00000002 d096 00000000 ffffffff'.replaceAll(
      ' ',
      '',
    ),
  )
})

test('integers: element type 20, eight bytes each, two’s complement', () => {
  const numbers = [0, -1, 2 ** 53 - 1, -(2 ** 53 - 1), 1_795_173_984_189, null]
  const buffer = integerArray(numbers)
  expect(buffer.readInt32BE(8)).toBe(20)
  expect(buffer.readInt32BE(12)).toBe(numbers.length)
  const read = numbers.slice(0, -1).map((_, index) => {
    expect(buffer.readInt32BE(20 + index * 12)).toBe(8)
    return Number(buffer.readBigInt64BE(24 + index * 12))
  })
  expect(read).toEqual(numbers.slice(0, -1))
  expect(buffer.subarray(-4).toString('hex')).toBe('ffffffff')
  expect(buffer.length).toBe(20 + 5 * 12 + 4)
})

test('bytes: element type 17, as they are', () => {
  expect(bytesArray([Uint8Array.of(0, 255), null, new Uint8Array()]).toString('hex')).toBe(
    '00000001 00000001 00000011 00000003 00000001 00000002 00ff ffffffff 00000000'.replaceAll(' ', ''),
  )
})

test('columns give the parameters and the words for them in the same order', () => {
  const columns: Columns<{ id: string; sequence: number | null }> = { id: 'text', sequence: 'bigint' }
  const rows = [
    { sequence: 1, id: 'a' },
    { sequence: null, id: 'b' },
  ]
  expect(columnArrays(columns, rows)).toEqual([textArray(['a', 'b']), integerArray([1, null])])
  expect(unnest(columns, 'made', 3)).toBe('unnest($3::text[], $4::bigint[]) AS made (id, sequence)')
  expect(names(columns)).toBe('id, sequence')
  expect(names(columns, 'd')).toBe('d.id, d.sequence')
})
