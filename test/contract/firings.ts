import { expect, test } from 'vitest'
import type { Firing, FiringKey } from '../../src/store/store.ts'
import type { Opened } from './store.ts'
import { addAccount, nextId } from './things.ts'

export function firingTests(opened: Opened): void {
  const store = () => opened().store
  const keyOf = (accountId: string, subject: string, webhookId = 'whk_1'): FiringKey => ({
    account_id: accountId,
    webhook_id: webhookId,
    subject,
  })
  const counted = (key: FiringKey, fired: number, lastAt = 5): Firing => ({ ...key, fired, last_at: lastAt })
  const lock = (...keys: FiringKey[]) => store().transaction((tx) => tx.firings.lock(keys))
  const bySubject = (firings: Firing[]) => firings.sort((a, b) => (a.subject < b.subject ? -1 : 1))

  test('a counter that was never put is absent; put, it comes back; put again, it is replaced', async () => {
    const { id } = await addAccount(store())
    const key = keyOf(id, 'lead 4831596')
    await store().transaction(async (tx) => {
      expect(await tx.firings.lock([key])).toEqual([])
      await tx.firings.put([counted(key, 1, Date.UTC(2031, 0, 1))])
      expect(await tx.firings.lock([key])).toEqual([counted(key, 1, Date.UTC(2031, 0, 1))])
    })
    await store().transaction((tx) => tx.firings.put([counted(key, 2, 7)]))
    expect(await lock(key)).toEqual([counted(key, 2, 7)])
  })

  test('counters are one per account, webhook and subject', async () => {
    const { id } = await addAccount(store())
    const { id: other } = await addAccount(store())
    const keys = [
      keyOf(id, 'lead 1'),
      keyOf(id, 'lead 11'),
      keyOf(id, 'contact 1'),
      keyOf(id, 'lead 1', 'whk_2'),
      keyOf(other, 'lead 1'),
    ]
    await store().transaction(async (tx) => {
      await tx.firings.lock(keys)
      await tx.firings.put(keys.map((key, index) => counted(key, index + 1)))
    })
    for (const [index, key] of keys.entries()) expect(await lock(key)).toEqual([counted(key, index + 1)])
  })

  test('one that is named twice is read once, and the last one put stands', async () => {
    const { id } = await addAccount(store())
    const [a, b, none] = [keyOf(id, 'lead a'), keyOf(id, 'lead b'), keyOf(id, 'lead none')]
    await store().transaction((tx) => tx.firings.put([counted(a, 1), counted(b, 1), counted(a, 2)]))
    expect(bySubject(await lock(b, a, none, b, a))).toEqual([counted(a, 2), counted(b, 1)])
    expect(await lock()).toEqual([])
    await store().transaction((tx) => tx.firings.put([]))
  })

  test('a throw takes the count back', async () => {
    const { id } = await addAccount(store())
    const key = keyOf(id, 'lead 1')
    const oops = new Error('oops')
    const failing = store().transaction(async (tx) => {
      await tx.firings.lock([key])
      await tx.firings.put([counted(key, 1)])
      throw oops
    })
    await expect(failing).rejects.toBe(oops)
    expect(await lock(key)).toEqual([])
  })

  test('those who count at once, in whatever order, lose nothing and do not deadlock', async () => {
    const { id } = await addAccount(store())
    const keys = ['1', '2', '3'].map((record) => keyOf(id, `lead ${record}`, nextId('whk')))
    const countUp = (order: FiringKey[]) =>
      store().transaction(async (tx) => {
        const before = await tx.firings.lock(order)
        const firedOf = (subject: string) => before.find((one) => one.subject === subject)?.fired ?? 0
        await tx.firings.put(order.map((key) => counted(key, firedOf(key.subject) + 1)))
      })
    await Promise.all(Array.from({ length: 20 }, (_, n) => countUp(n % 2 ? keys : keys.toReversed())))
    expect(bySubject(await lock(...keys))).toEqual(keys.map((key) => counted(key, 20)))
  })
}
