/**
 * Where everything is kept, as a contract. Two implementations stand beside it, `sqlite/` and `postgres/`; both are held
 * to it by one suite, `test/contract/store.ts`. Nobody above this folder knows which one runs.
 *
 * - Every method that acts for a caller names the account; an id of another account is answered like one that does not exist.
 * - Reads outside a transaction see what is committed. Writes exist only inside `transaction`.
 * - When `transaction` has resolved, what it wrote survives the death of the process and of the machine's power.
 * - Errors: a lost database is a Problem `unavailable`; anything else that a method throws is a bug, `internal` to callers.
 * - Lists come in pages: newest first by id unless said otherwise, `limit` items after the cursor, which is the last
 *   item's id (for records, pipelines, fields, users: their own id, ascending).
 */
import type { Account } from '../model/index.ts'
import type {
  AccountReads,
  AccountWrites,
  SchemaReads,
  SchemaWrites,
  TokenReads,
  TokenWrites,
} from './contract/accounts.ts'
import type { Claim, ClaimOptions } from './contract/claims.ts'
import type { AttemptRecord, DeliveryReads, DeliveryWrites } from './contract/deliveries.ts'
import type { DemoReads, DemoWrites } from './contract/demos.ts'
import type { EventReads, EventWrites } from './contract/events.ts'
import type {
  AnswerWrites,
  ImportReads,
  ImportWrites,
  InspectorReads,
  InspectorWrites,
  SourceReads,
  SourceWrites,
} from './contract/inbound.ts'
import type { MemberReads, MemberWrites, SessionReads, SessionWrites } from './contract/members.ts'
import type { FiringWrites, RecordReads, RecordWrites } from './contract/records.ts'
import type { ReplayReads, ReplayWrites } from './contract/replays.ts'
import type {
  AuditReads,
  AuditWrites,
  ErasureReads,
  ErasureWrites,
  RetentionReads,
  RetentionWrites,
} from './contract/upkeep.ts'
import type { ShareLinkReads, ShareLinkWrites } from './contract/share-links.ts'
import type { WebhookReads, WebhookWrites } from './contract/webhooks.ts'
import type { StatsReads, StatsWrites } from './stats.ts'

export * from './contract/accounts.ts'
export * from './contract/claims.ts'
export * from './contract/deliveries.ts'
export * from './contract/demos.ts'
export * from './contract/events.ts'
export * from './contract/inbound.ts'
export * from './contract/members.ts'
export * from './contract/records.ts'
export * from './contract/replays.ts'
export * from './contract/share-links.ts'
export * from './contract/upkeep.ts'
export * from './contract/webhooks.ts'

export interface Reads {
  accounts: AccountReads
  tokens: TokenReads
  members: MemberReads
  sessions: SessionReads
  schema: SchemaReads
  records: RecordReads
  webhooks: WebhookReads
  shareLinks: ShareLinkReads
  events: EventReads
  deliveries: DeliveryReads
  inspectors: InspectorReads
  sources: SourceReads
  imports: ImportReads
  replays: ReplayReads
  stats: StatsReads
  audit: AuditReads
  retention: RetentionReads
  erasures: ErasureReads
  demos: DemoReads
}

export interface Transaction {
  /**
   * The transaction's last writes, whose answers its work does not wait for. They must have begun when the work ends; where
   * one fails, nothing is written and its error is passed on. PostgreSQL gets the COMMIT in the same packet.
   */
  trailing(...writes: Promise<void>[]): void
  accounts: AccountWrites & {
    /** The versions of the accounts' webhooks and names as of this transaction. */
    versions(accountIds: string[]): Promise<Map<string, Pick<Account, 'config_version' | 'schema_version'>>>
  }
  tokens: TokenWrites
  members: MemberWrites
  sessions: SessionWrites
  schema: SchemaWrites
  records: RecordWrites
  webhooks: WebhookWrites
  shareLinks: ShareLinkWrites
  events: EventWrites
  deliveries: DeliveryWrites
  inspectors: InspectorWrites
  answers: AnswerWrites
  firings: FiringWrites
  sources: SourceWrites
  imports: ImportWrites
  replays: ReplayWrites
  stats: StatsWrites
  audit: AuditWrites
  retention: RetentionWrites
  erasures: ErasureWrites
  demos: DemoWrites
}

/** What one NOTIFY of PostgreSQL can carry is 7999 bytes. */
export const broadcastBytesMax = 7900

export interface Store extends Reads {
  readonly backend: 'sqlite' | 'postgres'

  /**
   * Runs `work` in one transaction and resolves when it is durable. A throw inside rolls everything back and is passed on.
   * `work` may run more than once (a deadlock, or a concurrent twin that wrote the same key first), so it must not act
   * on anything but its transaction.
   */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>

  /**
   * Leases due deliveries (never tried, due again, or left behind under a lease that has ended) to this process: lanes in
   * turn, first by account, then by webhook, behind `after`; from each lane at most its free slots, oldest due first;
   * `limit` in all, dealt out so that accounts take turns, and in each account its lanes. A lease ends `timeout_s` of the
   * webhook and 5 s from `now`. Two callers never hold the same delivery at once. Lanes of webhooks that are not active,
   * and blocked lanes, are passed over. A lane with a rate gives no more than that, counted over all processes; one whose
   * circuit is open gives a single probe when that is due. Of a webhook that keeps order, an event's delivery is passed
   * over while one with a lower sequence of the same record is unsettled. Never waits for another claimer. One call looks only at as many lanes as it can
   * in some milliseconds: nothing is due when there are neither leases nor a cursor.
   */
  claim(options: ClaimOptions): Promise<Claim>

  /**
   * Writes attempts and moves their deliveries on, all in one transaction, and keeps the webhooks' health (of tests and
   * replays only a success counts; the last delivery is the last, whatever its purpose). A record whose lease is not the
   * delivery's present one, or whose delivery is not being sent, is kept as a `late` attempt and changes no state. Answers
   * the ids of the deliveries that it found late. An attempt that is recorded again is kept once. A probe that is to wait is
   * not counted among its delivery's attempts; a delivered attempt closes the circuit.
   * Durable at the latest with the next transaction: losing an outcome in a crash means only that the delivery is sent
   * again.
   */
  recordAttempts(records: AttemptRecord[], now: number): Promise<string[]>

  /**
   * Calls back when another process may have made deliveries due, or changed webhooks or tokens. A hint: it may come late,
   * twice, or never. Answers a function that stops it.
   */
  onHint(callback: () => void): () => void

  /**
   * Tells the other processes on this database something that nothing may depend on: it may come late, or never, and never
   * comes back to its sender. At most `broadcastBytesMax` bytes of UTF-8.
   */
  broadcast(message: string): void
  /** Calls back with what other processes broadcast. Answers a function that stops it. */
  onBroadcast(callback: (message: string) => void): () => void

  /**
   * Removes what was deleted and overwritten from the database's own files, as far as the database can do that at once.
   * `done`; `busy` where a reader is in the way: try again; `left` where fragments can stay until the database tidies itself
   * (PostgreSQL's vacuum, or a SQLite file too large to be rewritten while writes wait).
   */
  scrub(): Promise<'done' | 'busy' | 'left'>

  /** Resolves when the database answers. */
  ping(): Promise<void>

  close(): Promise<void>
}
