import { expect, it } from 'vitest'
import { together } from './together.ts'

it('answers what each part answers, in their order', async () => {
  expect(await together([Promise.resolve(1), Promise.resolve('two')])).toEqual([1, 'two'])
})

it('passes a failure on only when all parts have ended', async () => {
  const slow = Promise.withResolvers<void>()
  let failed = false
  const all = together([Promise.reject(new Error('no')), slow.promise]).catch((error: Error) => {
    failed = true
    return error.message
  })
  await new Promise(setImmediate)
  expect(failed).toBe(false)
  slow.resolve()
  expect(await all).toBe('no')
})
