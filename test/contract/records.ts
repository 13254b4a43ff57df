import { expect, test } from 'vitest'
import type { CrmRecord } from '../../src/model/index.ts'
import type { Opened } from './store.ts'
import { addAccount, makeRecord } from './things.ts'

export function recordTests(opened: Opened): void {
  const store = () => opened().store

  const put = (records: CrmRecord[]) =>
    store().transaction(async (tx) => {
      await tx.records.lock(records)
      await tx.records.put(records)
    })
  const idsFound = async (accountId: string, search: string) =>
    (await store().records.list(accountId, 'lead', { search }, { limit: 100 })).map(({ id }) => id)

  test('a record comes back as it was put, and a second put replaces it', async () => {
    const { id } = await addAccount(store())
    const record = makeRecord(id, '4831596', {
      fields: {
        z: 1,
        name: 'Сделка',
        tags: ['a', 'b'],
        nothing: null,
        money: { amount: 5, currency: 'PLN' },
      },
      sequence: 3,
      as_of: Date.UTC(2030, 0, 1),
    })
    await put([record])
    expect(await store().records.get(id, { kind: 'lead', id: '4831596' })).toEqual(record)
    expect(await store().records.get(id, { kind: 'contact', id: '4831596' })).toBeNull()
    const changed: CrmRecord = { ...record, state: 'deleted', fields: {}, sequence: 4, updated_at: 5 }
    await put([changed])
    expect(await store().records.get(id, { kind: 'lead', id: '4831596' })).toEqual(changed)
  })

  test('the moment a record was true of is kept, replaced, and can be forgotten', async () => {
    const { id } = await addAccount(store())
    const ref = { account_id: id, kind: 'lead', id: '1' }
    for (const as_of of [1, Date.UTC(2031, 0, 1), null]) {
      const record = makeRecord(id, '1', { as_of })
      await put([record])
      expect(await store().records.get(id, ref)).toEqual(record)
      expect(await store().records.list(id, 'lead', {}, { limit: 1 })).toEqual([record])
      await store().transaction(async (tx) => {
        expect(await tx.records.lock([ref])).toEqual([record])
        expect(await tx.records.read([ref])).toEqual([record])
      })
    }
  })

  test('locking reads present, deleted and unknown records, and leaves out what nobody wrote', async () => {
    const { id } = await addAccount(store())
    const records = [
      makeRecord(id, 'a'),
      makeRecord(id, 'b', { state: 'deleted' }),
      makeRecord(id, 'c', { state: 'unknown', fields: {} }),
    ]
    await put(records)
    const keys = ['c', 'a', 'none', 'b', 'a'].map((key) => ({ account_id: id, kind: 'lead', id: key }))
    await store().transaction(async (tx) => {
      for (const read of [await tx.records.lock(keys), await tx.records.read(keys)]) {
        expect(read.sort((x, y) => (x.id < y.id ? -1 : 1))).toEqual(records)
      }
      expect(await tx.records.lock([])).toEqual([])
    })
  })

  test('a record that only events named is not shown', async () => {
    const { id } = await addAccount(store())
    await put([
      makeRecord(id, 'seen', { state: 'unknown', fields: {} }),
      makeRecord(id, 'gone', { state: 'deleted' }),
    ])
    expect(await store().records.get(id, { kind: 'lead', id: 'seen' })).toBeNull()
    expect((await store().records.get(id, { kind: 'lead', id: 'gone' }))!.state).toBe('deleted')
    expect(await store().records.list(id, 'lead', {}, { limit: 10 })).toEqual([])
  })

  test('records are listed by id, page by page, as bytes compare', async () => {
    const { id } = await addAccount(store())
    const records = ['a', 'B', '10', '9', 'ä', '_'].map((key) => makeRecord(id, key))
    await put([...records, makeRecord(id, 'c', { kind: 'contact' })])
    const ids = async (after?: string) =>
      (await store().records.list(id, 'lead', {}, { limit: 4, after })).map((record) => record.id)
    expect(await ids()).toEqual(['10', '9', 'B', '_'])
    expect(await ids('_')).toEqual(['a', 'ä'])
  })

  test('search ignores case in every alphabet', async () => {
    const { id } = await addAccount(store())
    await put([
      makeRecord(id, '1', { fields: { name: 'Сделка с ЁЛКОЙ' } }),
      makeRecord(id, '2', { fields: { name: 'ZAŻÓŁĆ gęślą', price: 12500 } }),
      makeRecord(id, '3', { fields: { name: 'Promoção', tags: ['VIP', 'São Paulo'] } }),
      makeRecord(id, '4', { state: 'deleted', fields: { name: 'сделка' } }),
    ])
    expect(await idsFound(id, 'сДЕЛКА')).toEqual(['1'])
    expect(await idsFound(id, 'ёлк')).toEqual(['1'])
    expect(await idsFound(id, 'zażółć')).toEqual(['2'])
    expect(await idsFound(id, '1250')).toEqual(['2'])
    expect(await idsFound(id, 'PROMOÇÃO')).toEqual(['3'])
    expect(await idsFound(id, 'são p')).toEqual(['3'])
    expect(await idsFound(id, '')).toEqual(['1', '2', '3'])
  })

  test('search takes every character as itself, and finds nothing across two values', async () => {
    const { id } = await addAccount(store())
    await put([
      makeRecord(id, 'p', { fields: { name: '100% sure' } }),
      makeRecord(id, 'q', { fields: { name: '100 sure', note: 'a_b!c\\d' } }),
      makeRecord(id, 'r', { fields: { name: 'axb', note: 'Nowak', more: 'Anna' } }),
    ])
    expect(await idsFound(id, '0% s')).toEqual(['p'])
    expect(await idsFound(id, 'a_b!c\\d')).toEqual(['q'])
    expect(await idsFound(id, 'NowakAnna')).toEqual([])
  })

  test('a record with very long text is kept whole', async () => {
    const { id } = await addAccount(store())
    const record = makeRecord(id, '1', { fields: { name: 'Long', text: '😀'.repeat(50_000) } })
    await put([record])
    expect(await store().records.get(id, record)).toEqual(record)
    expect(await idsFound(id, 'long')).toEqual(['1'])
  })
}
