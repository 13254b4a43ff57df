import { expect, test } from 'vitest'
import { makePasswords } from './passwords.ts'

/** Quick ones. */
const cost = { memoryKiB: 64, passes: 1, lanes: 1 }

test('a password is kept as argon2id with the parameters that OWASP asks for, and a salt of its own', async () => {
  const passwords = makePasswords()
  const [one, two] = [await passwords.hash('correct horse'), await passwords.hash('correct horse')]
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
  expect(two).not.toBe(one)
  expect(await passwords.verify('correct horse', one)).toBe(true)
  expect(await passwords.verify('correct horsf', one)).toBe(false)
})

test('agrees with the reference implementation', async () => {
  // From the test vectors of https://github.com/P-H-C/phc-winner-argon2/blob/master/src/test.c (version 0x13, argon2id).
  const kept = '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4'
  expect(await makePasswords().verify('password', kept)).toBe(true)
})

test('what was kept with other parameters still verifies, and says that it is outdated', async () => {
  const old = await makePasswords({ cost }).hash('correct horse')
  const passwords = makePasswords({ cost: { ...cost, passes: 2 } })
  expect(await passwords.verify('correct horse', old)).toBe(true)
  expect(passwords.isOutdated(old)).toBe(true)
  expect(passwords.isOutdated(await passwords.hash('correct horse'))).toBe(false)
})

test('nothing to compare with is false', async () => {
  expect(await makePasswords({ cost }).verify('', null)).toBe(false)
})

test('letters written in parts are the same password', async () => {
  const passwords = makePasswords({ cost })
  expect(await passwords.verify('zażółć gęślą', await passwords.hash('zażółć gęślą'.normalize('NFD')))).toBe(
    true,
  )
  expect(await passwords.verify('ABCDE', await passwords.hash('ＡＢＣＤＥ'))).toBe(true)
})

test('some at once, some wait, and more are refused', async () => {
  const passwords = makePasswords({ cost, atOnce: 1, waitingMax: 2 })
  const asked = await Promise.allSettled([1, 2, 3, 4].map((number) => passwords.hash(`password ${number}`)))
  expect(asked.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'rejected'])
  expect(asked[3]).toMatchObject({ reason: { code: 'too_many', retryAfterS: 2 } })
  expect(await passwords.hash('later')).toContain('argon2id')
})
