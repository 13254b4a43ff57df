import { expect, test } from 'vitest'
import type { ImportError, RecordImport } from '../../src/model/index.ts'
import type { ImportChunk } from '../../src/store/store.ts'
import { makeChunks, makeImport } from './inbound-things.ts'
import type { Opened } from './store.ts'
import { addAccount, presentMs } from './things.ts'

const failure = (line: number): ImportError => ({
  line,
  errors: [{ path: 'price', message: 'Цена — не число.', code: 'not_a_number' }],
  content: `{"id":"${line}","price":"дорого"}`,
})

/** The import after one more chunk: each line a new record, but those that failed. */
function after(recordImport: RecordImport, chunk: ImportChunk, failed = 0): RecordImport {
  const chunks_done = recordImport.chunks_done + 1
  return {
    ...recordImport,
    state: chunks_done === recordImport.chunks_total ? 'done' : 'running',
    lines_done: recordImport.lines_done + chunk.lines.length,
    chunks_done,
    created: recordImport.created + chunk.lines.length - failed,
    updated: recordImport.updated + 1,
    unchanged: recordImport.unchanged + 2,
    failed: recordImport.failed + failed,
    events: recordImport.events + 3,
    updated_at: recordImport.updated_at + 1,
  }
}

export function importTests(opened: Opened): void {
  const store = () => opened().store
  const insert = (recordImport: RecordImport, chunks = makeChunks(2)) =>
    store().transaction((tx) => tx.imports.insert(recordImport, chunks))
  const cancel = ({ account_id, id }: RecordImport, now = 5) =>
    store().transaction((tx) => tx.imports.cancel(account_id, id, now))
  const lockNext = (importId: string) => store().transaction((tx) => tx.imports.lockNext(importId))
  /** Does the next chunk in a transaction of its own; answers its number. */
  const doNext = (importId: string, failures: ImportError[] = []) =>
    store().transaction(async (tx) => {
      const next = await tx.imports.lockNext(importId)
      if (!next) return null
      await tx.imports.finishChunk(
        after(next.recordImport, next.chunk, failures.length),
        next.chunk,
        failures,
      )
      return next.chunk.number
    })

  test('an import comes back as it was made', async () => {
    const { id } = await addAccount(store())
    const recordImport = makeImport(id, { format: 'csv', fire: false })
    await insert(recordImport)
    expect(await store().imports.get(id, recordImport.id)).toEqual(recordImport)
    expect(await store().imports.get(id, 'imp_none')).toBeNull()
  })

  test('imports are listed newest first, page by page', async () => {
    const { id } = await addAccount(store())
    const [a, b, c] = [makeImport(id), makeImport(id), makeImport(id)] as const
    for (const recordImport of [b, c, a]) await insert(recordImport, [])
    expect(await store().imports.list(id, { limit: 2 })).toEqual([c, b])
    expect(await store().imports.list(id, { limit: 2, after: b.id })).toEqual([a])
  })

  test('chunks are done one after the other, each once, and then the import is done', async () => {
    const { id } = await addAccount(store())
    const recordImport = makeImport(id)
    const [first, second] = makeChunks(2) as [ImportChunk, ImportChunk]
    await insert(recordImport, [second, first])
    expect(await lockNext(recordImport.id)).toEqual({ recordImport, chunk: first })
    expect(await doNext(recordImport.id, [failure(2)])).toBe(1)
    const half = after(recordImport, first, 1)
    expect(await store().imports.get(id, recordImport.id)).toEqual(half)
    expect(await lockNext(recordImport.id)).toEqual({ recordImport: half, chunk: second })
    expect(await doNext(recordImport.id)).toBe(2)
    const done = await store().imports.get(id, recordImport.id)
    expect(done).toEqual({ ...after(half, second), state: 'done' })
    expect(await doNext(recordImport.id)).toBeNull()
    expect(await cancel(recordImport)).toBe(false)
    expect(await store().imports.get(id, recordImport.id)).toEqual(done)
  })

  test('a chunk that failed on its way is there again', async () => {
    const { id } = await addAccount(store())
    const recordImport = makeImport(id)
    await insert(recordImport)
    const oops = new Error('oops')
    const failing = store().transaction(async (tx) => {
      const { chunk } = (await tx.imports.lockNext(recordImport.id))!
      await tx.imports.finishChunk(after(recordImport, chunk, 1), chunk, [failure(1)])
      throw oops
    })
    await expect(failing).rejects.toBe(oops)
    expect(await store().imports.get(id, recordImport.id)).toEqual(recordImport)
    expect(await store().imports.errors(id, recordImport.id, { limit: 10 })).toEqual([])
    expect(await doNext(recordImport.id)).toBe(1)
  })

  test('many workers do every chunk once', async () => {
    const { id } = await addAccount(store())
    const recordImport = makeImport(id, { chunks_total: 12, lines_total: 24 })
    await insert(recordImport, makeChunks(12))
    const worker = async () => {
      const numbers: number[] = []
      while ((await store().imports.get(id, recordImport.id))!.state === 'running') {
        const number = await doNext(recordImport.id)
        if (number !== null) numbers.push(number)
      }
      return numbers
    }
    const done = (await Promise.all([worker(), worker(), worker()])).flat()
    expect(done.sort((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, index) => index + 1))
    expect(await store().imports.get(id, recordImport.id)).toMatchObject({ lines_done: 24, created: 24 })
  })

  test('a running import is canceled once; what it had yet to do is forgotten, what was done stays', async () => {
    const { id } = await addAccount(store())
    const recordImport = makeImport(id)
    await insert(recordImport)
    await doNext(recordImport.id, [failure(1)])
    const before = (await store().imports.get(id, recordImport.id))!
    const now = presentMs() + 7
    expect(await cancel(recordImport, now)).toBe(true)
    expect(await cancel(recordImport, now + 1)).toBe(false)
    expect(await store().imports.get(id, recordImport.id)).toEqual({
      ...before,
      state: 'canceled',
      updated_at: now,
    })
    expect(await doNext(recordImport.id)).toBeNull()
    expect(await store().imports.errors(id, recordImport.id, { limit: 10 })).toEqual([failure(1)])
    expect(await store().transaction((tx) => tx.imports.cancel(id, 'imp_none', 5))).toBe(false)
  })

  test('failed lines are listed by line, page by page', async () => {
    const { id } = await addAccount(store())
    const recordImport = makeImport(id)
    await insert(recordImport)
    await doNext(recordImport.id, [failure(10), failure(9)])
    await doNext(recordImport.id, [failure(100)])
    const errors = (page: { limit: number; after?: number }) =>
      store().imports.errors(id, recordImport.id, page)
    expect(await errors({ limit: 2 })).toEqual([failure(9), failure(10)])
    expect(await errors({ limit: 2, after: 10 })).toEqual([failure(100)])
    expect(await errors({ limit: 2, after: 100 })).toEqual([])
  })

  test('a large chunk, and thousands of failures, go in at once', async () => {
    const { id } = await addAccount(store())
    const recordImport = makeImport(id, { chunks_total: 1 })
    const content = 'ż'.repeat(500)
    const lines = Array.from({ length: 2500 }, (_, index) => ({ line: index + 1, content }))
    await insert(recordImport, [{ number: 1, lines }])
    expect((await lockNext(recordImport.id))!.chunk.lines).toEqual(lines)
    const failures = lines.map(({ line }) => failure(line))
    await doNext(recordImport.id, failures)
    expect(await store().imports.errors(id, recordImport.id, { limit: 3000 })).toEqual(failures)
  })
}

/** They look at all accounts. */
export function runningImportTests(opened: Opened): void {
  const store = () => opened().store

  test('those that run are found in all accounts, oldest first, also after a restart', async () => {
    const [one, other] = [await addAccount(store()), await addAccount(store())]
    const imports = [makeImport(one.id), makeImport(other.id), makeImport(one.id)] as const
    const over = [makeImport(one.id, { state: 'done' }), makeImport(one.id, { state: 'canceled' })]
    await store().transaction(async (tx) => {
      for (const recordImport of [...over, ...imports.toReversed()]) await tx.imports.insert(recordImport, [])
    })
    await opened().reopen()
    expect(await store().imports.running(2)).toEqual([imports[0], imports[1]])
    await store().transaction((tx) => tx.imports.cancel(one.id, imports[0].id, 5))
    expect(await store().imports.running(10)).toEqual([imports[1], imports[2]])
  })
}
