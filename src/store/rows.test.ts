import { expect, test } from 'vitest'
import { makeSourceCall } from '../../test/contract/inbound-things.ts'
import { sourceCallFromRow, sourceCallToRow } from './rows.ts'

test('a call of a source that was kept before problems had codes can still be told', () => {
  const row = sourceCallToRow(makeSourceCall('src_1'))
  const problems = JSON.stringify([{ path: 'price', message: '"price" must be a number.' }])
  expect(sourceCallFromRow({ ...row, problems }).problems).toEqual([
    { path: 'price', code: 'not_understood', message: '"price" must be a number.' },
  ])
})
