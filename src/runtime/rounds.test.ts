import { expect, onTestFinished, test } from 'vitest'
import { startRounds } from './rounds.ts'

/** Longer than any test: a round that comes all the same was not waited for. */
const never = 600_000

/** Rounds that are counted, with a promise for the one of a number, from 1 on. */
function count(options: Partial<Parameters<typeof startRounds>[0]> = {}) {
  const reached = Array.from({ length: 4 }, () => Promise.withResolvers<void>())
  const errors: unknown[] = []
  let begun = 0
  const rounds = startRounds({
    everyMs: never,
    firstMs: 0,
    onError: (error) => errors.push(error),
    ...options,
    async round(signal) {
      reached[begun++]?.resolve()
      return options.round?.(signal)
    },
  })
  onTestFinished(() => rounds.stop())
  return { rounds, errors, begun: () => begun, reach: (number: number) => reached[number - 1]!.promise }
}

test('a round that failed is told, and followed by another', async () => {
  const { errors, reach } = count({ everyMs: 1, round: () => Promise.reject(new Error('away')) })
  await reach(3)
  expect(errors.slice(0, 2)).toEqual([new Error('away'), new Error('away')])
})

test('a round may say when the next one is due', async () => {
  const { reach } = count({ round: async () => 0 })
  await reach(3)
})

test('a round can be asked for before its time, also while one is under way', async () => {
  const gate = Promise.withResolvers<void>()
  const { rounds, begun, reach } = count({ firstMs: never, round: () => gate.promise })
  rounds.hurry()
  await reach(1)
  rounds.hurry()
  rounds.hurry()
  expect(begun()).toBe(1)
  gate.resolve()
  await reach(2)
  await rounds.stop()
  expect(begun()).toBe(2)
})

test('stop tells the round under way to end, waits for it, and none begins after it', async () => {
  let ended = false
  const { rounds, errors, begun, reach } = count({
    everyMs: 0,
    async round(signal) {
      await new Promise((resolve) => signal.addEventListener('abort', resolve))
      ended = true
      throw new Error('cut off')
    },
  })
  await reach(1)
  await rounds.stop()
  expect(ended).toBe(true)
  rounds.hurry()
  expect(begun()).toBe(1)
  expect(errors).toEqual([])
})
