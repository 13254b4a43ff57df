import { type Inspector, type InspectorRequest, Problem } from '../../model/index.ts'
import type { Clock } from '../../runtime/clock.ts'
import { newId } from '../../runtime/ids.ts'
import type { Store } from '../../store/store.ts'

export type CapturedRequest = Omit<InspectorRequest, 'id' | 'inspector_id' | 'at'>

/** Keeps what inspectors receive, be it over HTTP or from a delivery of this very server. */
export interface Capture {
  /** Resolves when the request is on disk. Throws a Problem `too_many` where too much waits, `unavailable` from the store. */
  add(inspector: Inspector, request: CapturedRequest): Promise<void>
}

/** How much may wait to be written, in bytes of bodies. */
const waitingBytesMax = 64 * 1024 * 1024

interface Waiting {
  row: InspectorRequest
  resolve: () => void
  reject: (error: unknown) => void
}

/** Requests that arrive while a transaction is under way share the next one. `keep`: how many an inspector keeps. */
export function makeCapture(store: Store, clock: Clock, keep: number): Capture {
  let waiting: Waiting[] = []
  let waitingBytes = 0
  let writing = false

  const writeAll = async (): Promise<void> => {
    writing = true
    while (waiting.length > 0) {
      const batch = waiting
      waiting = []
      waitingBytes = 0
      try {
        await store.transaction((tx) =>
          tx.inspectors.addRequests(
            batch.map(({ row }) => row),
            keep,
          ),
        )
        for (const { resolve } of batch) resolve()
      } catch (error) {
        for (const { reject } of batch) reject(error)
      }
    }
    writing = false
  }

  return {
    add(inspector, request) {
      if (waitingBytes + request.body.length > waitingBytesMax) {
        return Promise.reject(
          new Problem('too_many', 'Inspectors receive more than can be written.', { retryAfterS: 1 }),
        )
      }
      const at = clock()
      const row = { ...request, id: newId('req', at), inspector_id: inspector.id, at }
      return new Promise((resolve, reject) => {
        waiting.push({ row, resolve, reject })
        waitingBytes += request.body.length
        if (!writing) void writeAll()
      })
    },
  }
}
