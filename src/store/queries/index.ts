/**
 * What both databases ask in the same words: reads of every resource, and the writes that are not on the hot path.
 * What a backend must do in its own words is missing here and named in `SharedWrites`.
 */
import type { Kysely } from 'kysely'
import type { Vault } from '../../runtime/vault.ts'
import type { ColumnTypes } from '../migrations/index.ts'
import type { Schema } from '../schema.ts'
import type {
  AccountWrites,
  DeliveryReads,
  DeliveryWrites,
  EventReads,
  Reads,
  RecordReads,
  ReplayWrites,
  Transaction,
} from '../store.ts'
import { auditReads, auditWrites } from './audit.ts'
import { accountReads, accountWrites } from './accounts.ts'
import { deliveryReads, deliveryWrites } from './deliveries.ts'
import type { FindIn } from './delivery-search.ts'
import { demoReads, demoWrites } from './demos.ts'
import { erasureReads, erasureWrites } from './erasures.ts'
import { eventReads } from './events.ts'
import { importReads, importWrites } from './imports.ts'
import { inspectorReads, inspectorWrites } from './inspectors.ts'
import { memberReads, memberWrites } from './members.ts'
import { retentionReads, retentionWrites } from './retention.ts'
import { recordReads } from './records.ts'
import { replayReads, replayWrites } from './replays.ts'
import { schemaReads, schemaWrites } from './account-schema.ts'
import { sessionReads, sessionWrites } from './sessions.ts'
import { shareLinkReads, shareLinkWrites } from './share-links.ts'
import { sourceReads, sourceWrites } from './sources.ts'
import { statsReads, statsWrites } from './stats.ts'
import { tokenReads, tokenWrites } from './tokens.ts'
import { webhookReads, webhookWrites } from './webhooks.ts'

/**
 * A transaction without `accounts.versions`, the hot writes of records, events and deliveries, `answers`, `firings` and
 * `replays.addMissed`. `imports.lockNext`, `replays.lock`, `erasures.lock` and `stats.fold` read without a lock: enough where
 * there is one writer.
 */
export interface SharedWrites extends Pick<
  Transaction,
  | 'tokens'
  | 'members'
  | 'sessions'
  | 'schema'
  | 'webhooks'
  | 'shareLinks'
  | 'inspectors'
  | 'sources'
  | 'imports'
  | 'stats'
  | 'audit'
  | 'retention'
  | 'erasures'
  | 'demos'
> {
  accounts: AccountWrites
  records: RecordReads
  events: EventReads
  deliveries: DeliveryReads & Pick<DeliveryWrites, 'cancel' | 'lease'>
  replays: Omit<ReplayWrites, 'addMissed'>
}

/** What these queries leave to the database that they run on. */
export interface OwnWays {
  words: ColumnTypes
  findIn: FindIn
}

export function sharedReads(db: Kysely<Schema>, vault: Vault, { words, findIn }: OwnWays): Reads {
  return {
    accounts: accountReads(db),
    tokens: tokenReads(db),
    members: memberReads(db),
    sessions: sessionReads(db),
    schema: schemaReads(db),
    records: recordReads(db, words),
    webhooks: webhookReads(db, vault),
    shareLinks: shareLinkReads(db),
    events: eventReads(db),
    deliveries: deliveryReads(db, findIn),
    inspectors: inspectorReads(db),
    sources: sourceReads(db, vault),
    imports: importReads(db),
    replays: replayReads(db),
    stats: statsReads(db),
    audit: auditReads(db),
    retention: retentionReads(db),
    erasures: erasureReads(db),
    demos: demoReads(db),
  }
}

/** `db` is inside the transaction. */
export function sharedWrites(db: Kysely<Schema>, vault: Vault, { words, findIn }: OwnWays): SharedWrites {
  return {
    accounts: accountWrites(db),
    tokens: tokenWrites(db),
    members: memberWrites(db),
    sessions: sessionWrites(db),
    schema: schemaWrites(db),
    records: recordReads(db, words),
    webhooks: webhookWrites(db, vault),
    shareLinks: shareLinkWrites(db),
    events: eventReads(db),
    deliveries: deliveryWrites(db, findIn),
    inspectors: inspectorWrites(db),
    sources: sourceWrites(db, vault),
    imports: importWrites(db),
    replays: replayWrites(db),
    stats: statsWrites(db),
    audit: auditWrites(db),
    retention: retentionWrites(db),
    erasures: erasureWrites(db),
    demos: demoWrites(db),
  }
}
