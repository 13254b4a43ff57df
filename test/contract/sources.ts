import { expect, test } from 'vitest'
import type { CrmSource, SourceCall } from '../../src/model/index.ts'
import { makeSource, makeSourceCall } from './inbound-things.ts'
import type { Opened } from './store.ts'
import { addAccount, presentMs } from './things.ts'

export function sourceTests(opened: Opened): void {
  const store = () => opened().store
  const insert = (...sources: CrmSource[]) =>
    store().transaction(async (tx) => {
      for (const source of sources) await tx.sources.insert(source)
    })
  const record = (call: SourceCall, keep = 10) =>
    store().transaction((tx) => tx.sources.recordCall(call, keep))
  /** Bytes as a plain list: a Buffer and a Uint8Array of the same bytes are the same here. */
  const plain = (calls: SourceCall[]) => calls.map((call) => ({ ...call, body: [...call.body] }))
  const callsOf = async ({ account_id, id }: CrmSource, limit = 10) =>
    plain(await store().sources.calls(account_id, id, { limit }))

  test('a source is found by id and by token with its secret, and deleted', async () => {
    const { id } = await addAccount(store())
    const source = makeSource(id, { secret: 'SOURCE-żółć' })
    await insert(source)
    expect(await store().sources.get(id, source.id)).toEqual(source)
    expect(await store().sources.findByToken(source.token)).toEqual(source)
    expect(await store().sources.get(id, 'src_none')).toBeNull()
    expect(await store().sources.findByToken('none')).toBeNull()
    const remove = () => store().transaction((tx) => tx.sources.delete(id, source.id))
    expect(await remove()).toBe(true)
    expect(await store().sources.findByToken(source.token)).toBeNull()
    expect(await remove()).toBe(false)
  })

  test('a source’s secret is nowhere in the database as it is', async () => {
    const { id } = await addAccount(store())
    const source = makeSource(id, { secret: 'SIGNS-VISITORS', name: 'Shop-that-can-be-read' })
    await insert(source)
    const raw = (await opened().raw()).map((bytes) => Buffer.from(bytes))
    const isThere = (text: string) => raw.some((bytes) => bytes.includes(text))
    expect(isThere('Shop-that-can-be-read')).toBe(true)
    expect(isThere('SIGNS-VISITORS')).toBe(false)
  })

  test('an update changes name, options and status, and leaves the rest', async () => {
    const { id } = await addAccount(store())
    const source = makeSource(id)
    await insert(source)
    await record(makeSourceCall(source.id))
    const changed: CrmSource = {
      ...source,
      name: 'Магазин',
      options: { a: [1] },
      status: 'disabled',
      updated_at: 5,
    }
    await store().transaction((tx) =>
      tx.sources.update({ ...changed, token: 'other', secret: 'other', adapter: 'other', calls: 99 }),
    )
    const counted = { calls: 1, items: 1, problems: 1, last_call_at: presentMs() }
    expect(await store().sources.findByToken(source.token)).toEqual({ ...changed, ...counted })
  })

  test('sources are listed newest first, page by page', async () => {
    const { id } = await addAccount(store())
    const [a, b, c] = [makeSource(id), makeSource(id), makeSource(id)] as const
    await insert(b, c, a)
    expect(await store().sources.list(id, { limit: 2 })).toEqual([c, b])
    expect(await store().sources.list(id, { limit: 2, after: b.id })).toEqual([a])
  })

  test('two sources cannot have one token', async () => {
    const { id } = await addAccount(store())
    const source = makeSource(id)
    await insert(source)
    await expect(insert(makeSource(id, { token: source.token }))).rejects.toThrow()
  })

  test('calls are counted, and kept byte for byte where they have problems', async () => {
    const { id } = await addAccount(store())
    const [source, other] = [makeSource(id), makeSource(id)]
    await insert(source, other)
    const fine = makeSourceCall(source.id, { items: 3, problems: [], at: 900 })
    const half = makeSourceCall(source.id, { items: 2, at: 1000 })
    const twice = makeSourceCall(source.id, {
      items: 0,
      at: 950,
      problems: [...half.problems, { path: '', code: 'not_json', message: 'Not JSON.' }],
    })
    for (const call of [fine, half, twice]) await record(call)
    expect(await store().sources.get(id, source.id)).toEqual({
      ...source,
      calls: 3,
      items: 5,
      problems: 3,
      // The latest, although an earlier one was recorded after it.
      last_call_at: 1000,
    })
    expect(await callsOf(source)).toEqual(plain([twice, half]))
    expect(plain(await store().sources.calls(id, source.id, { limit: 1, after: twice.id }))).toEqual(
      plain([half]),
    )
    expect(await store().sources.get(id, other.id)).toEqual(other)
    expect(await callsOf(other)).toEqual([])
  })

  test('only the newest calls are kept, and those of another source stay', async () => {
    const { id } = await addAccount(store())
    const [source, other] = [makeSource(id), makeSource(id)]
    await insert(source, other)
    const ofOther = makeSourceCall(other.id)
    await record(ofOther, 2)
    const calls = Array.from({ length: 5 }, () => makeSourceCall(source.id))
    for (const call of calls) await record(call, 2)
    expect(await callsOf(source)).toEqual(plain([calls[4]!, calls[3]!]))
    expect(await callsOf(other)).toEqual(plain([ofOther]))
    expect((await store().sources.get(id, source.id))!.calls).toBe(5)
  })

  test('calls at the same time are all counted', async () => {
    const { id } = await addAccount(store())
    const source = makeSource(id)
    await insert(source)
    const calls = Array.from({ length: 20 }, () => makeSourceCall(source.id))
    await Promise.all(calls.map((call) => record(call, 20)))
    expect(await store().sources.get(id, source.id)).toMatchObject({ calls: 20, items: 20, problems: 20 })
    expect(await callsOf(source, 50)).toHaveLength(20)
  })

  test('a call to a source that is gone is no error, and a source takes its calls with it', async () => {
    const { id } = await addAccount(store())
    const source = makeSource(id)
    await insert(source)
    await record(makeSourceCall(source.id))
    await store().transaction((tx) => tx.sources.delete(id, source.id))
    await record(makeSourceCall(source.id))
    await insert(source)
    expect(await callsOf(source)).toEqual([])
    expect(await store().sources.get(id, source.id)).toEqual(source)
  })
}
