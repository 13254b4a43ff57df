/**
 * The whole contract of `src/store/store.ts` as one suite, for every backend. A backend's own test file says how it is
 * opened, and tests what only it promises.
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe } from 'vitest'
import type { Store } from '../../src/store/store.ts'
import { accountTests } from './accounts.ts'
import { attemptTests } from './attempts.ts'
import { auditTests } from './audit.ts'
import { claimTests } from './claims.ts'
import { deliveryTests } from './deliveries.ts'
import { deliverySearchTests } from './delivery-search.ts'
import { demoTests } from './demos.ts'
import { erasureTests } from './erasures.ts'
import { eventTests } from './events.ts'
import { firingTests } from './firings.ts'
import { importTests, runningImportTests } from './imports.ts'
import { inspectorTests } from './inspectors.ts'
import { laneTests } from './lanes.ts'
import { memberTests } from './members.ts'
import { orderTests } from './order.ts'
import { recordTests } from './records.ts'
import { dueReplayTests, replayTests } from './replays.ts'
import { retentionTests } from './retention.ts'
import { sentAgainTests } from './sent-again.ts'
import { shareLinkTests } from './share-links.ts'
import { sourceTests } from './sources.ts'
import { statsTests } from './stats.ts'
import { strandedTests } from './stranded.ts'
import { transactionTests } from './transactions.ts'
import { wallTests } from './walls.ts'
import { webhookTests } from './webhooks.ts'

export interface OpenedStore {
  store: Store
  /** Closes the store and opens it again over the same data; `store` is the new one then. */
  reopen(): Promise<void>
  /** Everything that the database keeps, as bytes or as text, for secrets to be looked for in it. */
  raw(): Promise<Uint8Array[]>
  /** Closes the store and removes its data. */
  dispose(): Promise<void>
}

/** The tests of one part take what they need from here, since each may run on another store. */
export type Opened = () => OpenedStore

/** `open` opens a new, empty store. */
export function storeContract(name: string, open: () => Promise<OpenedStore>): void {
  // Accounts are walls, so tests that stay inside one can share a store.
  const shared = (title: string, tests: (opened: Opened) => void) =>
    describe(`${name}: ${title}`, () => {
      let opened: OpenedStore
      beforeAll(async () => {
        opened = await open()
      })
      afterAll(() => opened.dispose())
      tests(() => opened)
    })
  // Claims and counts look at all accounts.
  const ownStore = (title: string, tests: (opened: Opened) => void) =>
    describe(`${name}: ${title}`, () => {
      let opened: OpenedStore
      beforeEach(async () => {
        opened = await open()
      })
      afterEach(() => opened.dispose())
      tests(() => opened)
    })

  shared('accounts, tokens and what an account calls its things', accountTests)
  shared('members and sessions', memberTests)
  shared('accounts are walls', wallTests)
  shared('records', recordTests)
  shared('webhooks', webhookTests)
  shared('share links', shareLinkTests)
  shared('events and kept answers', eventTests)
  shared('inspectors', inspectorTests)
  shared('sources', sourceTests)
  shared('imports', importTests)
  shared('firings', firingTests)
  shared('replays', replayTests)
  shared('deliveries', deliveryTests)
  shared('what was sent again', sentAgainTests)
  shared('search in deliveries', deliverySearchTests)
  shared('attempts', attemptTests)
  shared('stats', statsTests)
  shared('audit', auditTests)
  shared('retention', retentionTests)
  shared('erasures', erasureTests)
  shared('demos', demoTests)
  ownStore('claims', claimTests)
  ownStore('lanes', laneTests)
  ownStore('order', orderTests)
  ownStore('deliveries of disabled webhooks', strandedTests)
  ownStore('imports of all accounts', runningImportTests)
  ownStore('replays of all accounts', dueReplayTests)
  ownStore('transactions', transactionTests)
}
