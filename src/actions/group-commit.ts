import { Problem } from '../model/index.ts'

/**
 * Runs many callers' work in few transactions: what arrives while one is being written goes into the next. A group whose
 * transaction fails is tried again one by one, so that nobody pays for a neighbour.
 */
export interface GroupCommit<Item, Result> {
  /** @throws Problem `too_many` when the queue is full, `unavailable` when it is closed; else what `commit` says */
  add(item: Item): Promise<Result>
  /** Takes no more, and resolves when all that was taken is answered. */
  close(): Promise<void>
}

/** A group of this size is worth its transaction; smaller ones, when many callers are about, wait a moment for company. */
const enough = 32
const gatherMs = 1

export type Settled<Result> = { result: Result; error?: undefined } | { error: unknown; result?: undefined }

interface Waiting<Item, Result> {
  item: Item
  resolve(result: Result): void
  reject(error: unknown): void
}

export function makeGroupCommit<Item, Result>(options: {
  groupMax: number
  queueMax: number
  /** One transaction; answers one outcome per item, in order. A throw means that nothing was written. */
  commit(items: Item[]): Promise<Settled<Result>[]>
}): GroupCommit<Item, Result> {
  const queue: Waiting<Item, Result>[] = []
  let running: Promise<void> | null = null
  let closed = false

  async function run(): Promise<void> {
    // What the sockets have ready in this turn of the loop joins the first group.
    await new Promise(setImmediate)
    while (queue.length > 0) {
      const group = queue.splice(0, options.groupMax)
      await commitGroup(group)
      if (group.length > 1 && queue.length < enough) await gather()
    }
    running = null
  }

  /** A transaction costs the same for one change as for thirty: under load, a millisecond more is a fraction of the CPU. */
  function gather(): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, gatherMs))
  }

  async function commitGroup(group: Waiting<Item, Result>[]): Promise<void> {
    let outcomes: Settled<Result>[]
    try {
      outcomes = await options.commit(group.map(({ item }) => item))
    } catch (error) {
      if (group.length === 1) return group[0]!.reject(error)
      for (const one of group) await commitGroup([one])
      return
    }
    for (const [index, { resolve, reject }] of group.entries()) {
      const outcome = outcomes[index]!
      if (outcome.error === undefined) resolve(outcome.result as Result)
      else reject(outcome.error)
    }
  }

  return {
    add(item) {
      if (closed)
        throw new Problem('unavailable', 'The server is stopping. Send it again to the next one.', {
          retryAfterS: 1,
        })
      if (queue.length >= options.queueMax)
        throw new Problem(
          'too_many',
          'Too many changes are waiting to be written. Slow down and try again.',
          { retryAfterS: 1 },
        )
      return new Promise((resolve, reject) => {
        queue.push({ item, resolve, reject })
        running ??= run()
      })
    },
    async close() {
      closed = true
      await running
    },
  }
}
