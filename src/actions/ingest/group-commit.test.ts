import { describe, expect, test } from 'vitest'
import { makeGroupCommit } from './group-commit.ts'
import type { Settled } from './group-commit.ts'

/** One group at a time; no two items are about the same thing. */
const alone = { groupsAtOnce: 1, keyOf: String }

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
      ...alone,
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
      ...alone,
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
      ...alone,
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
      ...alone,
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
      ...alone,
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
      ...alone,
      groupMax: 10,
      queueMax: 10,
      commit: async (items) => items.map(answered),
    })
    const taken = group.add(1)
    await group.close()
    await expect(taken).resolves.toBe('did 1')
    expect(() => group.add(2)).toThrow(expect.objectContaining({ code: 'unavailable' }))
  })

  test('with several groups at once, items of one key still follow each other', async () => {
    const gates = [gate(), gate()]
    const groups: string[][] = []
    const group = makeGroupCommit<string, string>({
      groupsAtOnce: 2,
      keyOf: (item) => item[0]!,
      groupMax: 1000,
      queueMax: 1000,
      async commit(items) {
        groups.push(items)
        await gates[groups.length - 1]?.opened
        return items.map((item) => ({ result: item }))
      },
    })
    const first = group.add('a1')
    await new Promise(setImmediate)
    await new Promise(setImmediate)
    // Enough of them to be worth a second group beside the first.
    const others = Array.from({ length: 40 }, (_, index) => group.add(`${'bc'[index % 2]}${index}`))
    const second = group.add('a2')
    await new Promise(setImmediate)
    await new Promise(setImmediate)
    expect(groups.map((items) => items.length)).toEqual([1, 40])
    expect(groups.flat()).not.toContain('a2')
    for (const { open } of gates) open()
    await Promise.all([first, second, ...others])
    expect(groups.flat().filter((item) => item.startsWith('a'))).toEqual(['a1', 'a2'])
    expect(groups.flat().filter((item) => item.startsWith('b'))).toEqual(
      Array.from({ length: 20 }, (_, index) => `b${index * 2}`),
    )
  })
})
