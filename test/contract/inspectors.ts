import { expect, test } from 'vitest'
import type { InspectorRequest } from '../../src/model/index.ts'
import type { Opened } from './store.ts'
import { addAccount, makeInspector, nextId, presentMs } from './things.ts'

export function inspectorTests(opened: Opened): void {
  const store = () => opened().store

  const request = (inspectorId: string): InspectorRequest => ({
    id: nextId('req'),
    inspector_id: inspectorId,
    at: presentMs(),
    method: 'POST',
    url: '/i/x?a=1',
    query: 'a=1',
    headers: [
      ['Content-Type', 'text/plain'],
      ['x-twice', '1'],
      ['x-twice', '2'],
    ],
    body: Uint8Array.of(0, 255, 10, 13),
  })

  test('an inspector is found by id and by token, changed and deleted', async () => {
    const { id } = await addAccount(store())
    const inspector = makeInspector(id)
    await store().transaction((tx) => tx.inspectors.insert(inspector))
    expect(await store().inspectors.get(id, inspector.id)).toEqual(inspector)
    expect(await store().inspectors.findByToken(inspector.token)).toEqual(inspector)
    expect(await store().inspectors.findByToken('none')).toBeNull()
    const changed = {
      ...inspector,
      name: 'Проверка',
      answer: { status: 503, delay_ms: 20, headers: [{ name: 'Retry-After', value: '3' }], body: '' },
    }
    await store().transaction((tx) => tx.inspectors.update(changed))
    expect(await store().inspectors.findByToken(inspector.token)).toEqual(changed)
    const remove = () => store().transaction((tx) => tx.inspectors.delete(id, inspector.id))
    expect(await remove()).toBe(true)
    expect(await store().inspectors.findByToken(inspector.token)).toBeNull()
    expect(await remove()).toBe(false)
  })

  test('inspectors are listed newest first, page by page', async () => {
    const { id } = await addAccount(store())
    const [a, b, c] = [makeInspector(id), makeInspector(id), makeInspector(id)] as const
    await store().transaction(async (tx) => {
      for (const inspector of [b, c, a]) await tx.inspectors.insert(inspector)
    })
    expect(await store().inspectors.list(id, { limit: 2 })).toEqual([c, b])
    expect(await store().inspectors.list(id, { limit: 2, after: b.id })).toEqual([a])
  })

  test('requests come back byte for byte, newest first; only the newest are kept', async () => {
    const { id } = await addAccount(store())
    const [inspector, other] = [makeInspector(id), makeInspector(id)]
    await store().transaction(async (tx) => {
      await tx.inspectors.insert(inspector)
      await tx.inspectors.insert(other)
    })
    const requests = Array.from({ length: 5 }, () => request(inspector.id))
    const ofOther = request(other.id)
    await store().transaction((tx) => tx.inspectors.addRequests([...requests.slice(0, 2), ofOther], 3))
    await store().transaction((tx) => tx.inspectors.addRequests(requests.slice(2), 3))
    const newest = requests.slice(2).reverse()
    const read = await store().inspectors.requests(id, inspector.id, { limit: 10 })
    expect(read.map((one) => ({ ...one, body: [...one.body] }))).toEqual(
      newest.map((one) => ({ ...one, body: [...one.body] })),
    )
    const page = { limit: 1, after: newest[0]!.id }
    expect((await store().inspectors.requests(id, inspector.id, page))[0]!.id).toBe(newest[1]!.id)
    expect(await store().inspectors.requests(id, other.id, { limit: 10 })).toHaveLength(1)
  })

  test('a request to an inspector that is gone does not take the others with it', async () => {
    const { id } = await addAccount(store())
    const [inspector, gone] = [makeInspector(id), makeInspector(id)]
    await store().transaction((tx) => tx.inspectors.insert(inspector))
    await store().transaction((tx) =>
      tx.inspectors.addRequests([request(gone.id), request(inspector.id)], 10),
    )
    expect(await store().inspectors.requests(id, inspector.id, { limit: 10 })).toHaveLength(1)
  })

  test('requests are cleared, and go with their inspector', async () => {
    const { id } = await addAccount(store())
    const inspector = makeInspector(id)
    await store().transaction(async (tx) => {
      await tx.inspectors.insert(inspector)
      await tx.inspectors.addRequests([request(inspector.id)], 10)
      await tx.inspectors.clearRequests(id, inspector.id)
    })
    expect(await store().inspectors.requests(id, inspector.id, { limit: 10 })).toEqual([])
    await store().transaction(async (tx) => {
      await tx.inspectors.addRequests([request(inspector.id)], 10)
      await tx.inspectors.delete(id, inspector.id)
      await tx.inspectors.insert(inspector)
    })
    expect(await store().inspectors.requests(id, inspector.id, { limit: 10 })).toEqual([])
  })
}
