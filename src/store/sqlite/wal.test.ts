import { expect, test } from 'vitest'
import { walSync } from './wal.ts'

/** A disk whose syncs end when the test says so. */
function slowDisk() {
  const syncs: PromiseWithResolvers<void>[] = []
  const wal = walSync({
    datasync() {
      const sync = Promise.withResolvers<void>()
      syncs.push(sync)
      return sync.promise
    },
    close: async () => {},
  })
  return { syncs, wal }
}

/** All that can happen without the disk has happened. */
const settle = () => new Promise((resolve) => setImmediate(resolve))

async function isDone(promise: Promise<void>): Promise<boolean> {
  let done = false
  void promise.then(() => {
    done = true
  })
  await settle()
  return done
}

test('a flush ends when the sync that began after the write ends', async () => {
  const { syncs, wal } = slowDisk()
  wal.written()
  const first = wal.flush()
  wal.written()
  const second = wal.flush()
  const third = wal.flush()
  expect(syncs).toHaveLength(1)
  syncs[0]!.resolve()
  expect(await isDone(first)).toBe(true)
  expect(await isDone(second)).toBe(false)
  // Those who came meanwhile share one.
  expect(syncs).toHaveLength(2)
  syncs[1]!.resolve()
  expect(await isDone(second)).toBe(true)
  expect(await isDone(third)).toBe(true)
})

test('who only read waits for what it may have read, and for nothing else', async () => {
  const { syncs, wal } = slowDisk()
  expect(await isDone(wal.flush())).toBe(true)
  wal.written()
  const writer = wal.flush()
  const reader = wal.flush()
  expect(await isDone(reader)).toBe(false)
  syncs[0]!.resolve()
  await Promise.all([writer, reader])
  expect(await isDone(wal.flush())).toBe(true)
  expect(syncs).toHaveLength(1)
})

test('a sync that failed fails all flushes from then on, and is not tried again', async () => {
  const { syncs, wal } = slowDisk()
  wal.written()
  const first = wal.flush()
  wal.written()
  const second = wal.flush()
  syncs[0]!.reject(new Error('EIO'))
  const unavailable = { name: 'Problem', code: 'unavailable' }
  await expect(first).rejects.toMatchObject(unavailable)
  await expect(second).rejects.toMatchObject(unavailable)
  await expect(wal.flush()).rejects.toMatchObject(unavailable)
  expect(syncs).toHaveLength(1)
})
