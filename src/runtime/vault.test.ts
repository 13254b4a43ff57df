import { expect, test } from 'vitest'
import { openVault } from './vault.ts'

const vault = openVault('a master key of at least 32 characters')

test('what was sealed opens again, and never looks the same twice', () => {
  const [one, two] = [vault.seal('пароль', 'acc_1 whk_1'), vault.seal('пароль', 'acc_1 whk_1')]
  expect(vault.open(one, 'acc_1 whk_1')).toBe('пароль')
  expect(Buffer.from(one).equals(Buffer.from(two))).toBe(false)
  expect(Buffer.from(one).includes(Buffer.from('пароль'))).toBe(false)
})

test('it opens only under its own context and key, and only whole', () => {
  const sealed = vault.seal('secret', 'acc_1 whk_1')
  expect(() => vault.open(sealed, 'acc_1 whk_2')).toThrow()
  expect(() => openVault('another master key of 32 characters').open(sealed, 'acc_1 whk_1')).toThrow()
  for (const at of [0, 5, 20, sealed.length - 1]) {
    const changed = Buffer.from(sealed)
    changed[at]! ^= 1
    expect(() => vault.open(changed, 'acc_1 whk_1')).toThrow()
  }
  expect(() => vault.open(sealed.subarray(0, 10), 'acc_1 whk_1')).toThrow()
})
