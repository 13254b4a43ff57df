/** What a batch adds to the counts of `stats.ts`, brought together so that the journal gets one row per account. */
import { timeOfId } from '../runtime/ids.ts'
import type { AttemptRecord } from './store.ts'
import { attemptCount, minuteMs } from './stats.ts'

export interface JournalRow {
  account_id: string
  counts: string
}

/** Keys as the journal has them: the webhook ('' where none plays a part), the number of the minute, and what was counted. */
export type JournalKey = readonly [webhookId: string, minute: number, what: string]

export interface Tally {
  /**
   * Something that began when the event or delivery `id` was made: the id tells the time, as it does where history is
   * listed by time. `count` is negative where something is taken back.
   */
  add(accountId: string, webhookId: string, id: string, what: string, count?: number): void
  rows(): JournalRow[]
}

export function startTally(): Tally {
  const accounts = new Map<string, Map<string, number>>()
  return {
    add(accountId, webhookId, id, what, count = 1) {
      let counts = accounts.get(accountId)
      if (!counts) accounts.set(accountId, (counts = new Map()))
      const key = `${webhookId} ${Math.floor(timeOfId(id) / minuteMs)} ${what}`
      counts.set(key, (counts.get(key) ?? 0) + count)
    },
    rows: () =>
      Array.from(accounts, ([account_id, counts]) => ({
        account_id,
        counts: JSON.stringify(Object.fromEntries(counts)),
      })),
  }
}

export function readJournalKey(key: string): JournalKey {
  const [webhookId, minute, ...what] = key.split(' ')
  return [webhookId!, Number(minute), what.join(' ')]
}

/** What an attempt brought, where it was not late. */
export function countOutcome(
  tally: Tally,
  { account_id, webhook_id, delivery_id, attempt, next }: AttemptRecord,
): void {
  if (attempt) tally.add(account_id, webhook_id, delivery_id, attemptCount(attempt))
  if (next.state !== 'waiting') tally.add(account_id, webhook_id, delivery_id, next.state)
}
