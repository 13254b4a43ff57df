import { Problem } from '../../model/index.ts'

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

/** Smaller groups, when many callers are about, wait a moment for company. */
const enough = 48
const gatherMs = 2
/** A group of this size is worth a transaction beside those that are under way. */
const enoughForAnother = 32

export type Settled<Result> = { result: Result; error?: undefined } | { error: unknown; result?: undefined }

interface Waiting<Item, Result> {
  item: Item
  key: string
  resolve(result: Result): void
  reject(error: unknown): void
}

export function makeGroupCommit<Item, Result>(options: {
  groupMax: number
  queueMax: number
  /** How many groups may be written at once: more than one where writing is mostly waiting for another process. */
  groupsAtOnce: number
  /** Items of one key are written in their order, never in two groups at once. */
  keyOf(item: Item): string
  /** One transaction; answers one outcome per item, in order. A throw means that nothing was written. */
  commit(items: Item[]): Promise<Settled<Result>[]>
}): GroupCommit<Item, Result> {
  let queue: Waiting<Item, Result>[] = []
  const busyKeys = new Set<string>()
  let writers = 0
  let closed = false
  let onIdle: (() => void) | null = null

  async function write(): Promise<void> {
    writers++
    // What the sockets have ready in this turn of the loop joins the first group.
    await new Promise(setImmediate)
    for (let group = take(); group.length > 0; group = take()) {
      await commitGroup(group)
      for (const { key } of group) busyKeys.delete(key)
      if (group.length > 1 && queue.length < enough) await gather()
    }
    // In the same turn in which nothing was found: who adds something from now on starts a writer.
    writers--
    if (writers === 0) onIdle?.()
  }

  /** The oldest items that no other group is about; what is left keeps its order. */
  function take(): Waiting<Item, Result>[] {
    const group: Waiting<Item, Result>[] = []
    const rest: Waiting<Item, Result>[] = []
    const ownKeys = new Set<string>()
    for (const waiting of queue) {
      const isFree =
        group.length < options.groupMax && (!busyKeys.has(waiting.key) || ownKeys.has(waiting.key))
      if (isFree) {
        group.push(waiting)
        ownKeys.add(waiting.key)
        busyKeys.add(waiting.key)
      } else rest.push(waiting)
    }
    queue = rest
    return group
  }

  /** A transaction costs the same for one change as for thirty: under load, two milliseconds more are a sixth of
   * the store's CPU less. */
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
          {
            retryAfterS: 1,
          },
        )
      return new Promise((resolve, reject) => {
        queue.push({ item, key: options.keyOf(item), resolve, reject })
        if (writers === 0 || (queue.length >= enoughForAnother && writers < options.groupsAtOnce))
          void write()
      })
    },
    async close() {
      closed = true
      if (writers > 0) await new Promise<void>((resolve) => (onIdle = resolve))
    },
  }
}
