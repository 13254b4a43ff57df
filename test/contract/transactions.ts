import { expect, test } from 'vitest'
import type { Transaction } from '../../src/store/store.ts'
import type { Opened } from './store.ts'
import {
  addAccount,
  addDeliveries,
  addWebhook,
  claimAll,
  makeEvent,
  makeRecord,
  makeWebhook,
  recorded,
} from './things.ts'

export function transactionTests(opened: Opened): void {
  const store = () => opened().store
  const page = { limit: 10 }

  test('a throw rolls everything back and is passed on', async () => {
    const account = await addAccount(store())
    const webhook = makeWebhook(account.id)
    const event = makeEvent(account.id)
    const oops = new Error('oops')
    const work = async (tx: Transaction) => {
      await tx.accounts.update(account.id, { name: 'Changed' })
      await tx.webhooks.put(webhook, 'system')
      await tx.events.insert([recorded(event)])
      await tx.records.lock([{ account_id: account.id, kind: 'lead', id: '1' }])
      await tx.records.put([makeRecord(account.id, '1')])
      throw oops
    }
    await expect(store().transaction(work)).rejects.toBe(oops)
    expect(await store().accounts.get(account.id)).toEqual(account)
    expect(await store().webhooks.get(account.id, webhook.id)).toBeNull()
    expect(await store().events.get(account.id, event.id)).toBeNull()
    expect(await store().records.get(account.id, { kind: 'lead', id: '1' })).toBeNull()
    // The next one is not disturbed.
    await store().transaction((tx) => tx.accounts.update(account.id, { name: 'Changed' }))
    expect((await store().accounts.get(account.id))!.name).toBe('Changed')
  })

  test('last writes that nobody waits for are there when the transaction has ended', async () => {
    const { id } = await addAccount(store())
    const event = makeEvent(id)
    const answer = await store().transaction(async (tx) => {
      tx.trailing(
        tx.events.insert([recorded(event)]),
        tx.records.put([makeRecord(id, '1'), makeRecord(id, '2')]),
      )
      return 'done'
    })
    expect(answer).toBe('done')
    expect(await store().events.get(id, event.id)).toEqual(recorded(event))
    expect(await store().records.list(id, 'lead', {}, page)).toHaveLength(2)
  })

  test.each(['nothing', 'a read', 'a write'])(
    'where a write that nobody waits for fails, and %s comes behind it, nothing is written',
    async (behind) => {
      const { id } = await addAccount(store())
      const [there, fresh] = [makeEvent(id), makeEvent(id)]
      await store().transaction((tx) => tx.events.insert([recorded(there)]))
      const work = async (tx: Transaction) => {
        tx.trailing(tx.events.insert([recorded(fresh)]), tx.events.insert([recorded(there)]))
        if (behind === 'a read') await tx.events.get(id, there.id)
        if (behind === 'a write') tx.trailing(tx.records.put([makeRecord(id, '1')]))
      }
      await expect(store().transaction(work)).rejects.toThrow()
      expect(await store().events.get(id, fresh.id)).toBeNull()
      expect(await store().records.get(id, { kind: 'lead', id: '1' })).toBeNull()
      // The next one is not disturbed.
      await store().transaction(async (tx) => tx.trailing(tx.events.insert([recorded(fresh)])))
      expect(await store().events.get(id, fresh.id)).not.toBeNull()
    },
  )

  test('a transaction sees its own writes; others see them only when it has ended', async () => {
    const account = await addAccount(store())
    const webhook = await addWebhook(store(), account)
    const written = Promise.withResolvers<void>()
    const goOn = Promise.withResolvers<void>()
    const event = makeEvent(account.id)
    const running = store().transaction(async (tx) => {
      await tx.events.insert([recorded(event)])
      await tx.webhooks.put({ ...webhook, version: 2, name: 'Inside' }, 'system')
      expect(await tx.events.get(account.id, event.id)).not.toBeNull()
      expect((await tx.webhooks.get(account.id, webhook.id))!.name).toBe('Inside')
      written.resolve()
      await goOn.promise
    })
    await written.promise
    expect(await store().events.list(account.id, {}, page)).toEqual([])
    expect(await store().webhooks.get(account.id, webhook.id)).toEqual(webhook)
    goOn.resolve()
    await running
    expect(await store().events.list(account.id, {}, page)).toHaveLength(1)
    expect((await store().webhooks.get(account.id, webhook.id))!.name).toBe('Inside')
  })

  test.each(['present', 'never written'])(
    'two changes of one record (%s) never interleave',
    async (before) => {
      const { id } = await addAccount(store())
      const key = { account_id: id, kind: 'lead', id: '1' }
      if (before === 'present') {
        await store().transaction(async (tx) => {
          await tx.records.lock([key])
          await tx.records.put([makeRecord(id, '1', { sequence: 0 })])
        })
      }
      const countUp = () =>
        store().transaction(async (tx) => {
          const [record] = await tx.records.lock([key])
          await tx.records.read([key])
          await tx.records.put([makeRecord(id, '1', { sequence: (record?.sequence ?? 0) + 1 })])
        })
      await Promise.all(Array.from({ length: 20 }, countUp))
      expect((await store().records.get(id, key))!.sequence).toBe(20)
    },
  )

  test('locking the same records in opposite orders does not deadlock', async () => {
    const { id } = await addAccount(store())
    const keys = ['1', '2', '3'].map((key) => ({ account_id: id, kind: 'lead', id: key }))
    const countUp = (order: typeof keys) =>
      store().transaction(async (tx) => {
        const before = await tx.records.lock(order)
        const sequenceOf = (key: string) => before.find((record) => record.id === key)?.sequence ?? 0
        await tx.records.put(order.map((key) => makeRecord(id, key.id, { sequence: sequenceOf(key.id) + 1 })))
      })
    await Promise.all(Array.from({ length: 20 }, (_, n) => countUp(n % 2 ? keys : keys.toReversed())))
    for (const key of keys) expect((await store().records.get(id, key))!.sequence).toBe(20)
  })

  test('what was written is there after the store was opened again, secrets too', async () => {
    const account = await addAccount(store())
    const webhook = await addWebhook(store(), account)
    const [delivery] = await addDeliveries(store(), webhook, 1)
    await opened().reopen()
    expect(await store().accounts.get(account.id)).toEqual({ ...account, config_version: 2 })
    expect(await store().webhooks.get(account.id, webhook.id)).toEqual(webhook)
    expect((await claimAll(store())).leases.map((lease) => lease.delivery.id)).toEqual([delivery!.id])
  })

  test('a thousand events with their deliveries go in at once', async () => {
    const account = await addAccount(store())
    const webhook = await addWebhook(store(), account)
    await addDeliveries(store(), webhook, 1000)
    expect(await store().deliveries.countUnsettled(account.id, 5000)).toBe(1000)
    expect(await store().events.list(account.id, {}, { limit: 2000 })).toHaveLength(1000)
  })

  test('many transactions at once all come through', async () => {
    const account = await addAccount(store())
    const events = Array.from({ length: 100 }, () => makeEvent(account.id))
    await Promise.all(events.map((event) => store().transaction((tx) => tx.events.insert([recorded(event)]))))
    expect(await store().events.list(account.id, {}, { limit: 200 })).toHaveLength(100)
  })

  test('it answers while it is open, and says that it is unavailable once it is closed', async () => {
    const stop = store().onHint(() => {})
    await store().ping()
    stop()
    await store().close()
    const unavailable = { name: 'Problem', code: 'unavailable' }
    await expect(store().ping()).rejects.toMatchObject(unavailable)
    await expect(store().transaction(async () => {})).rejects.toMatchObject(unavailable)
    await expect(claimAll(store())).rejects.toMatchObject(unavailable)
    await expect(store().recordAttempts([], 1)).rejects.toMatchObject(unavailable)
    await expect(store().accounts.get('acc_1')).rejects.toMatchObject(unavailable)
    await expect(store().tokens.findByHash('x')).rejects.toMatchObject(unavailable)
    await expect(store().inspectors.findByToken('x')).rejects.toMatchObject(unavailable)
    await expect(store().sources.findByToken('x')).rejects.toMatchObject(unavailable)
    await expect(store().imports.running(1)).rejects.toMatchObject(unavailable)
  })
}
