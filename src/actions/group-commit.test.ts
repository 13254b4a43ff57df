import { describe, expect, test } from 'vitest'
import { makeGroupCommit } from './group-commit.ts'
import type { Settled } from './group-commit.ts'

const answered = (item: number): Settled<string> => ({ result: `did ${item}` })

function gate() {
  let open!: () => void
  const opened = new Promise<void>((resolve) => (open = resolve))
  return { open, opened }
}

describe('group commit', () => {
  test('what arrives while a group is written goes into the next, whole and in order', async () => {
    const groups: number[][] = []
    const first = gate()
    const group = makeGroupCommit<number, string>({
      groupMax: 100,
      queueMax: 100,
      async commit(items) {
        groups.push(items)
        if (groups.length === 1) await first.opened
        return items.map(answered)
      },
    })
    const one = group.add(1)
    await new Promise(setImmediate)
    await new Promise(setImmediate)
    const rest = [2, 3, 4].map((item) => group.add(item))
    first.open()
    expect(await Promise.all([one, ...rest])).toEqual(['did 1', 'did 2', 'did 3', 'did 4'])
    expect(groups).toEqual([[1], [2, 3, 4]])
  })

  test('a group is never larger than its bound', async () => {
    const sizes: number[] = []
    const group = makeGroupCommit<number, string>({
      groupMax: 2,
      queueMax: 100,
      commit: async (items) => {
        sizes.push(items.length)
        return items.map(answered)
      },
    })
    await Promise.all([1, 2, 3, 4, 5].map((item) => group.add(item)))
    expect(sizes).toEqual([2, 2, 1])
  })

  test('a group that fails is tried one by one: only the guilty one fails', async () => {
    const tried: number[][] = []
    const group = makeGroupCommit<number, string>({
      groupMax: 100,
      queueMax: 100,
      async commit(items) {
        tried.push(items)
        if (items.includes(2)) throw new Error('two is bad')
        return items.map(answered)
      },
    })
    const outcomes = await Promise.allSettled([1, 2, 3].map((item) => group.add(item)))
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(tried).toEqual([[1, 2, 3], [1], [2], [3]])
  })

  test('an outcome can be an error of its own while the others are written', async () => {
    const group = makeGroupCommit<number, string>({
      groupMax: 100,
      queueMax: 100,
      commit: async (items) =>
        items.map((item) => (item === 2 ? { error: new Error('refused') } : answered(item))),
    })
    const outcomes = await Promise.allSettled([1, 2].map((item) => group.add(item)))
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
  })

  test('a full queue refuses, and takes again when there is room', async () => {
    const first = gate()
    let groups = 0
    const group = makeGroupCommit<number, string>({
      groupMax: 1,
      queueMax: 1,
      async commit(items) {
        if (++groups === 1) await first.opened
        return items.map(answered)
      },
    })
    const one = group.add(1)
    await new Promise(setImmediate)
    await new Promise(setImmediate)
    const two = group.add(2)
    expect(() => group.add(3)).toThrow(expect.objectContaining({ code: 'too_many' }))
    first.open()
    await Promise.all([one, two])
    await expect(group.add(4)).resolves.toBe('did 4')
  })

  test('closing answers what was taken and takes no more', async () => {
    const group = makeGroupCommit<number, string>({
      groupMax: 10,
      queueMax: 10,
      commit: async (items) => items.map(answered),
    })
    const taken = group.add(1)
    await group.close()
    await expect(taken).resolves.toBe('did 1')
    expect(() => group.add(2)).toThrow(expect.objectContaining({ code: 'unavailable' }))
  })
})
