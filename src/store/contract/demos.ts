/** What the demo data made in an account, and its removal. A part of the store's contract: see `../store.ts`. */
import type { Demo, DemoThings } from '../../model/index.ts'

export interface DemoReads {
  /** null where no demo is loaded. */
  get(accountId: string): Promise<Demo | null>
}

export interface DemoWrites extends DemoReads {
  /** An account has one at most. A concurrent twin that committed first makes the transaction run again; see `transaction`. */
  insert(demo: Demo): Promise<void>
  /** When it was loaded and what it made. */
  update(demo: Demo): Promise<void>
  /** Forgets that there was one; what it made stays. */
  delete(accountId: string): Promise<boolean>
  /**
   * Removes records and deleted webhooks of the account as if they had never been: with their events, deliveries, attempts,
   * counters, versions, health and replays, and with what the server itself noted of these webhooks in the audit. False, and
   * nothing is removed, while one of the deliveries is being sent: its attempt would come back to nothing.
   */
  purge(accountId: string, things: Pick<DemoThings, 'records' | 'webhooks'>, now: number): Promise<boolean>
}
