import type { AttemptRecord, RecordedEvent, Store, Transaction } from './store.ts'

/** Wants to know what was written. Called when it is durable, or at the latest will be with the next transaction. */
export interface StoreWatcher {
  /** Asked at every write: what begins while nobody watches is not told. */
  watching(): boolean
  onEvents(events: RecordedEvent[]): void
  /** `late`: the ids of the deliveries that were found late. */
  onAttempts(records: AttemptRecord[], late: string[]): void
}

/** The same store, with somebody who is told of events and attempts, whoever writes them. */
export function watchStore(store: Store, watcher: StoreWatcher): Store {
  return {
    ...store,
    async transaction(work) {
      if (!watcher.watching()) return store.transaction(work)
      let events: RecordedEvent[] = []
      let attempts: { records: AttemptRecord[]; late: string[] }[] = []
      const value = await store.transaction((tx) => {
        // It may be run again.
        events = []
        attempts = []
        return work(overhear(tx, events, attempts))
      })
      if (events.length > 0) watcher.onEvents(events)
      for (const { records, late } of attempts) watcher.onAttempts(records, late)
      return value
    },
    async recordAttempts(records, now) {
      const late = await store.recordAttempts(records, now)
      if (watcher.watching()) watcher.onAttempts(records, late)
      return late
    },
  }
}

function overhear(
  tx: Transaction,
  events: RecordedEvent[],
  attempts: { records: AttemptRecord[]; late: string[] }[],
): Transaction {
  return {
    ...tx,
    events: {
      ...tx.events,
      async insert(inserted) {
        await tx.events.insert(inserted)
        events.push(...inserted)
      },
    },
    deliveries: {
      ...tx.deliveries,
      async recordAttempts(records, now) {
        const late = await tx.deliveries.recordAttempts(records, now)
        attempts.push({ records, late })
        return late
      },
    },
  }
}
