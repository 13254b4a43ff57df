import { expect, test } from 'vitest'
import { openCauseSeal } from './cause.ts'

const seal = openCauseSeal('a master key of at least 32 characters')
const cause = { event_id: 'evt_1', chain: ['whk_1', 'whk_2'] }

test('what was signed is read again', () => {
  expect(seal.read(seal.sign(cause, 'acc_1'), 'acc_1')).toEqual(cause)
})

test('anything else is nothing', () => {
  const signed = seal.sign(cause, 'acc_1')
  const forged = signed.replace('whk_2', 'whk_3')
  const foreign = openCauseSeal('another master key of 32 characters').sign(cause, 'acc_1')
  for (const text of ['', 'v1', signed.slice(0, -1), `${signed}x`, signed.toUpperCase(), forged, foreign])
    expect(seal.read(text, 'acc_1')).toBeNull()
  expect(seal.read(signed, 'acc_2')).toBeNull()
})
