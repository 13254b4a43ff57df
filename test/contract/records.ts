import { expect, test } from 'vitest'
import type { CrmRecord, Json } from '../../src/model/index.ts'
import { changedAt, type RecordFilter, type Transaction } from '../../src/store/store.ts'
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

  test('records are told by name: present and deleted ones, as they are called now', async () => {
    const [{ id }, stranger] = [await addAccount(store()), await addAccount(store())]
    const named = (key: string, name: Json, change: Partial<CrmRecord> = {}) =>
      makeRecord(id, key, { fields: { name }, ...change })
    await put([
      named('1', 'Сделка "A"\n'),
      named('1', 'Anna', { kind: 'contact' }),
      named('2', 'Gone', { state: 'deleted' }),
      named('3', null),
      named('4', ' '),
      makeRecord(id, '5', { fields: {} }),
      makeRecord(id, '6', { state: 'unknown', fields: {} }),
      named('x y', 'Spaced'),
      makeRecord(stranger.id, '7'),
    ])
    const leads = ['1', '2', '3', '4', '5', '6', '7', 'none', 'x y', '1'].map((key) => ({
      kind: 'lead',
      id: key,
    }))
    const refs = [...leads, { kind: 'contact', id: '1' }, { kind: 'sale', id: '2' }]
    expect(await store().records.names(id, refs)).toEqual(
      new Map([
        ['lead 1', 'Сделка "A"\n'],
        ['lead 2', 'Gone'],
        ['lead x y', 'Spaced'],
        ['contact 1', 'Anna'],
      ]),
    )
    await put([named('1', 'Renamed')])
    const inside = store().transaction((tx) => tx.records.names(id, refs))
    expect((await inside).get('lead 1')).toBe('Renamed')
    expect(await store().records.names(id, [])).toEqual(new Map())
  })

  test('names of more records than one statement takes are all told', async () => {
    const { id } = await addAccount(store())
    const records = Array.from({ length: 1200 }, (_, index) =>
      makeRecord(id, String(index), { fields: { name: `Deal ${index}` } }),
    )
    await put(records)
    const names = await store().records.names(id, records)
    expect(names.size).toBe(1200)
    expect(names.get('lead 1199')).toBe('Deal 1199')
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

  const onStage = (
    accountId: string,
    id: string,
    change: Record<string, Json>,
    rest: Partial<CrmRecord> = {},
  ) => makeRecord(accountId, id, { fields: { pipeline_id: 'p', stage_id: 'offer', ...change }, ...rest })

  test('records are found by where they stand, their state, owner and tags', async () => {
    const { id } = await addAccount(store())
    await put([
      onStage(id, '1', { name: 'Ann', owner_id: '7', tags: ['vip', 'b2b'] }),
      onStage(id, '2', { name: 'Bob', owner_id: '8', state: 'active', tags: ['VIP'] }),
      onStage(id, '3', { name: 'Ann', owner_id: '7', state: 'archived', tags: 'vip' }),
      onStage(id, '4', { stage_id: 'won', state: null, tags: null }),
      onStage(id, '5', { pipeline_id: 'q', state: 'discarded' }),
      onStage(id, '6', {}, { state: 'deleted' }),
      makeRecord(id, '7', { fields: { owner_id: 7, note: '"tags":["vip"]' } }),
      onStage(id, '8', {}, { kind: 'prospect' }),
    ])
    const ids = async (filter: RecordFilter) =>
      (await store().records.list(id, 'lead', filter, { limit: 100 })).map((record) => record.id)
    expect(await ids({ pipeline_id: 'p' })).toEqual(['1', '2', '3', '4'])
    expect(await ids({ pipeline_id: 'p', stage_id: 'offer' })).toEqual(['1', '2', '3'])
    expect(await ids({ stage_id: 'offer' })).toEqual(['1', '2', '3', '5'])
    expect(await ids({ pipeline_id: 'p', stage_id: 'offer', state: 'active' })).toEqual(['1', '2'])
    expect(await ids({ state: 'active' })).toEqual(['1', '2', '4', '7'])
    expect(await ids({ state: 'archived' })).toEqual(['3'])
    expect(await ids({ state: 'discarded' })).toEqual(['5'])
    expect(await ids({ state: 'none' })).toEqual([])
    expect(await ids({ owner_id: '7' })).toEqual(['1', '3', '7'])
    expect(await ids({ tag: 'vip' })).toEqual(['1'])
    expect(await ids({ tag: 'VIP', pipeline_id: 'p' })).toEqual(['2'])
    expect(await ids({ search: 'ann', owner_id: '7', state: 'active' })).toEqual(['1'])
    expect(await ids({ pipeline_id: '' })).toEqual([])
    await put([onStage(id, '9', { owner_id: 'a"b\\c', tags: ['10% "off"_!', 'Ёж'] })])
    expect(await ids({ owner_id: 'a"b\\c' })).toEqual(['9'])
    expect(await ids({ tag: '10% "off"_!' })).toEqual(['9'])
    expect(await ids({ tag: 'Ёж' })).toEqual(['9'])
    expect(await ids({ tag: 'ёж' })).toEqual([])
  })

  test('records are listed by when they changed, newest first, page by page', async () => {
    const { id } = await addAccount(store())
    const at = (key: string, updated_at: number, change = {}) => onStage(id, key, change, { updated_at })
    await put([
      at('a', 50),
      at('b c', 70),
      at('d', 70),
      at('e', 9, { state: 'archived' }),
      at('f', 60, { stage_id: 'won' }),
    ])
    const pages = async (filter: RecordFilter) => {
      const found: CrmRecord[] = []
      for (;;) {
        const after = found.length > 0 ? changedAt(found.at(-1)!) : undefined
        const page = await store().records.list(
          id,
          'lead',
          { ...filter, order: 'updated' },
          { limit: 2, after },
        )
        found.push(...page)
        if (page.length < 2) return found.map((record) => record.id)
      }
    }
    expect(await pages({})).toEqual(['d', 'b c', 'f', 'a', 'e'])
    expect(await pages({ pipeline_id: 'p', stage_id: 'offer', state: 'active' })).toEqual(['d', 'b c', 'a'])
  })

  test('active records are counted by stage as they move, leave and come back', async () => {
    const { id } = await addAccount(store())
    const counts = async () => {
      const found = await store().records.countByStage(id, 'lead', 'p')
      return Object.fromEntries(found.map(({ stage_id, records }) => [stage_id, records]))
    }
    await put([
      onStage(id, '1', {}),
      onStage(id, '2', {}),
      onStage(id, '3', { stage_id: null }),
      onStage(id, '4', { state: 'archived' }),
      onStage(id, '5', { pipeline_id: 'q' }),
      onStage(id, '6', {}, { kind: 'prospect' }),
      onStage(id, '7', {}, { state: 'unknown' }),
    ])
    expect(await counts()).toEqual({ offer: 2, null: 1 })
    // The second write of each changes its name only.
    for (const name of ['moved', 'named']) await put([onStage(id, '1', { stage_id: 'won', name })])
    expect(await counts()).toEqual({ offer: 1, won: 1, null: 1 })
    await put([onStage(id, '1', { stage_id: 'won', name: 'gone' }, { state: 'deleted' })])
    await put([onStage(id, '2', { state: 'discarded' })])
    expect(await counts()).toEqual({ null: 1 })
    await put([onStage(id, '1', { stage_id: 'offer' }), onStage(id, '4', { state: 'active' })])
    expect(await counts()).toEqual({ offer: 2, null: 1 })
  })

  test('what was read under a lock that came to nothing does not hold a later write back', async () => {
    const { id } = await addAccount(store())
    await put([onStage(id, '1', {})])
    const move = (stage_id: string) => async (tx: Transaction) => {
      const record = onStage(id, '1', { stage_id })
      await tx.records.lock([record])
      await tx.records.put([record])
      if (stage_id === 'lost') throw new Error('undone')
    }
    await expect(store().transaction(move('lost'))).rejects.toThrow('undone')
    await store().transaction((tx) => tx.records.lock([{ account_id: id, kind: 'lead', id: '1' }]))
    await store().transaction(move('won'))
    await store().transaction(move('won'))
    expect(await store().records.countByStage(id, 'lead', 'p')).toEqual([{ stage_id: 'won', records: 1 }])
    await store().transaction(async (tx) => {
      const key = { account_id: id, kind: 'lead', id: '1' }
      await tx.records.lock([key])
      await tx.records.put([onStage(id, '1', { stage_id: 'lost' })])
      await tx.records.put([onStage(id, '1', { stage_id: 'won' })])
    })
    expect(await store().records.countByStage(id, 'lead', 'p')).toEqual([{ stage_id: 'won', records: 1 }])
  })
}
