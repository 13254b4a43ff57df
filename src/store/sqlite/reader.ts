import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Execute } from './dialect.ts'
import { closedError, storeError } from './errors.ts'

export type ToReader =
  | { id: number; kind: 'query'; sql: string; parameters: readonly unknown[] }
  | { id: number; kind: 'checkpoint'; pagesMin: number }
  | { id: number; kind: 'scrub'; rewriteBytesMax: number }
export type FromReader =
  { id: number; rows: unknown[] } | { id: number; error: { message: string; errcode: number | undefined } }

/** A thread of its own with a read-only connection. */
export interface Reader {
  execute: Execute
  /**
   * Copies the log into the database where at least `pagesMin` pages wait for that.
   * Answers how many pages the log has, and how many of them are copied.
   */
  checkpoint(pagesMin: number): Promise<{ log: number; checkpointed: number }>
  /**
   * Rewrites the file, where it is not larger than that, and cuts the log off. Answers `busy` where a reader still needs the
   * log, `left` where the file is too large: a page may then hold fragments of what was deleted.
   */
  scrub(rewriteBytesMax: number): Promise<'done' | 'busy' | 'left'>
  close(): Promise<void>
}

export function openReader(path: string): Reader {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  const worker = new Worker(new URL(`./reader-thread.${extension}`, import.meta.url), {
    workerData: { path },
  })
  const waiting = new Map<number, PromiseWithResolvers<unknown[]>>()
  let lastId = 0
  let ended: unknown

  worker.on('message', (message: FromReader) => {
    const asker = waiting.get(message.id)
    waiting.delete(message.id)
    if ('rows' in message) asker?.resolve(message.rows)
    else asker?.reject(storeError(Object.assign(new Error(message.error.message), message.error)))
  })
  const end = (error: unknown) => {
    ended ??= error
    for (const asker of waiting.values()) asker.reject(error)
    waiting.clear()
  }
  worker.on('error', end)
  worker.on('exit', () => end(closedError()))

  type Question<Message = ToReader> = Message extends ToReader ? Omit<Message, 'id'> : never
  function ask(question: Question): Promise<unknown[]> {
    if (ended !== undefined) return Promise.reject(ended)
    const asker = Promise.withResolvers<unknown[]>()
    const id = ++lastId
    waiting.set(id, asker)
    worker.postMessage({ id, ...question })
    return asker.promise
  }

  return {
    async execute(sql, parameters) {
      return { rows: (await ask({ kind: 'query', sql, parameters })) as never[] }
    },
    async checkpoint(pagesMin) {
      const [row] = await ask({ kind: 'checkpoint', pagesMin })
      return row as { log: number; checkpointed: number }
    },
    async scrub(rewriteBytesMax) {
      const [row] = await ask({ kind: 'scrub', rewriteBytesMax })
      return (row as { result: 'done' | 'busy' | 'left' }).result
    },
    async close() {
      if (ended !== undefined) return
      const exit = once(worker, 'exit')
      worker.postMessage('close')
      await exit
    },
  }
}
