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
import type {
  Account,
  AccountField,
  AccountSchema,
  Attempt,
  AuditEntry,
  CrmEvent,
  CrmRecord,
  CrmSource,
  CrmUser,
  Decision,
  DeclaredEventType,
  DeclaredKind,
  Delivery,
  DeliveryPurpose,
  DeliveryState,
  Erasure,
  ImportError,
  Inspector,
  InspectorRequest,
  Pipeline,
  RecordImport,
  Pause,
  RecordRef,
  Replay,
  SettledReason,
  SettledState,
  SourceCall,
  Token,
  Webhook,
  WebhookSettings,
  WebhookStatus,
} from '../model/index.ts'
import type { StatsReads } from './stats.ts'

export interface Page {
  limit: number
  /** The last id of the page before; undefined for the first page. */
  after?: string | undefined
}

export interface AccountReads {
  get(accountId: string): Promise<Account | null>
  findByExternalId(externalId: string): Promise<Account | null>
  /** The oldest account: the one that the first start made. */
  first(): Promise<Account | null>
}

export interface AccountWrites extends AccountReads {
  insert(account: Account): Promise<void>
  /** Raises `schema_version`, too: whoever keeps a copy of the account learns by it. */
  update(
    accountId: string,
    change: Partial<
      Pick<Account, 'name' | 'subdomain' | 'time_zone' | 'language' | 'strict' | 'retention_days'>
    >,
  ): Promise<void>
}

export interface TokenReads {
  /** `hash` is the hex SHA-256 of the token. Of any account: this is how a caller's account is found. */
  findByHash(hash: string): Promise<Token | null>
  list(accountId: string, page: Page): Promise<Token[]>
}

export interface TokenWrites extends TokenReads {
  insert(token: Token, hash: string): Promise<void>
  /** Makes `hash` the token's one and only secret, or inserts it; for the token that the environment sets at each start. */
  upsert(token: Token, hash: string): Promise<void>
  /** False where the account has no such token. */
  delete(accountId: string, tokenId: string): Promise<boolean>
}

/** Names seen in a write that the account did not know. */
export type DiscoveredNames = Pick<AccountSchema, 'fields' | 'pipelines' | 'users'>

export interface SchemaReads {
  get(accountId: string): Promise<AccountSchema>
}

/** Each write that changes something raises the account's `schema_version`. */
export interface SchemaWrites extends SchemaReads {
  /** Inserts or replaces the pipeline with all its stages, in their order; stages that it does not name are gone. */
  putPipeline(accountId: string, pipeline: Pipeline): Promise<void>
  deletePipeline(accountId: string, kind: string, pipelineId: string): Promise<boolean>
  putFields(accountId: string, fields: AccountField[]): Promise<void>
  deleteField(accountId: string, kind: string, name: string): Promise<boolean>
  putUsers(accountId: string, users: CrmUser[]): Promise<void>
  deleteUser(accountId: string, userId: string): Promise<boolean>
  /**
   * Adds what a write named for the first time: fields (or a wider type of a discovered one), pipelines, stages at the end
   * of their pipeline, users. What is there by now keeps its names, also where another process has just put it there.
   */
  discover(accountId: string, found: DiscoveredNames): Promise<void>
  putKind(accountId: string, kind: DeclaredKind): Promise<void>
  deleteKind(accountId: string, name: string): Promise<boolean>
  putEventType(accountId: string, eventType: DeclaredEventType): Promise<void>
  deleteEventType(accountId: string, type: string): Promise<boolean>
}

export interface RecordKey extends RecordRef {
  account_id: string
}

export interface RecordReads {
  /** Present and deleted ones; a record that only events named is null. */
  get(accountId: string, ref: RecordRef): Promise<CrmRecord | null>
  /** Present records of a kind by id, ascending; `search` is looked for in their text, ignoring case in every alphabet. */
  list(
    accountId: string,
    kind: string,
    filter: { search?: string | undefined },
    page: Page,
  ): Promise<CrmRecord[]>
}

export interface RecordWrites extends RecordReads {
  /**
   * Locks the records until the transaction ends, in an order that cannot deadlock, and reads them.
   * One that nobody wrote or named yet is locked all the same, and absent from the answer.
   */
  lock(keys: RecordKey[]): Promise<CrmRecord[]>
  /** Reads without a lock, in whatever state: what the locked ones link to. */
  read(keys: RecordKey[]): Promise<CrmRecord[]>
  /** Inserts or replaces locked records. */
  put(records: CrmRecord[]): Promise<void>
}

/** What is kept of a webhook version: settings without secrets. */
export interface WebhookVersion {
  webhook_id: string
  version: number
  /** The account's config version that this one came into force with. */
  config_version: number
  status: WebhookStatus
  settings: WebhookSettings
  /** Who: `token tok_…`, `system`. */
  changed_by: string
  created_at: number
}

/** How a webhook has been doing; of the last attempts recorded. */
export interface WebhookHealth {
  failures_in_a_row: number
  failing_since: number | null
  /** The lane waits until then (Retry-After). */
  blocked_until: number | null
  /** null while it is closed. */
  circuit: Circuit | null
  last_delivery: { id: string; at: number; state: DeliveryState; status_code: number | null } | null
}

/** Of a lane whose receiver has failed so often that only single probes are sent. */
export interface Circuit {
  opened_at: number
  /** When the next probe may be claimed; while one is under way, when its lease ends. */
  probe_at: number
  /** How long the last wait for a probe was. */
  probe_wait_ms: number
  /** The probe that is under way. */
  probe_delivery_id: string | null
}

export interface WebhookReads {
  /** null for a deleted one, too. */
  get(accountId: string, webhookId: string): Promise<Webhook | null>
  /** All that are not deleted, oldest first: what events are matched with. */
  all(accountId: string): Promise<Webhook[]>
  list(
    accountId: string,
    /** Without a status all that are not deleted; `search` is looked for in names, ignoring case in every alphabet. */
    filter: { status?: WebhookStatus | undefined; search?: string | undefined },
    page: Page,
  ): Promise<Webhook[]>
  /** By webhook id; a webhook that never sent is absent. */
  health(accountId: string, webhookIds: string[]): Promise<Map<string, WebhookHealth>>
  /** When webhooks were paused, by webhook id; also of deleted ones. */
  pauses(accountId: string, webhookIds: string[]): Promise<Map<string, Pause[]>>
  /** Newest first, also of a deleted webhook. */
  versions(
    accountId: string,
    webhookId: string,
    page: { limit: number; before?: number | undefined },
  ): Promise<WebhookVersion[]>
  /** For every webhook of the account the version that was in force at `configVersion`, deleted ones left out. */
  versionsAt(accountId: string, configVersion: number): Promise<WebhookVersion[]>
}

export interface WebhookWrites extends WebhookReads {
  /**
   * Inserts or updates a webhook, writes its version, and raises the account's `config_version`.
   * The caller has set `version` one higher. Answers false, and changes nothing, where the stored version is not
   * `webhook.version - 1`: somebody else was faster.
   */
  put(webhook: Webhook, changedBy: string): Promise<boolean>
  /** Replaces the secrets only: no new version, for rotation. */
  putSecrets(webhook: Webhook): Promise<void>
  /** Opens (or moves on) or closes the circuit of a webhook that has a health. A delivered attempt closes it by itself. */
  setCircuit(accountId: string, webhookId: string, circuit: Circuit | null): Promise<void>
  /** Forgets failures, `blocked_until` and the circuit: after it was enabled again. */
  resetHealth(accountId: string, webhookId: string): Promise<void>
}

/** An event with what was decided when it was accepted. */
export interface RecordedEvent {
  event: CrmEvent
  config_version: number
  decisions: Decision[]
}

export interface EventFilter {
  type?: string | undefined
  record?: RecordRef | undefined
  /** From `since` on and before `until`, by `received_at`, in ms: as their ids tell it. */
  since?: number | undefined
  until?: number | undefined
}

export interface EventReads {
  get(accountId: string, eventId: string): Promise<RecordedEvent | null>
  list(accountId: string, filter: EventFilter, page: Page): Promise<RecordedEvent[]>
  /** Like `list`, but each event as the JSON text that is kept: for whoever reads it in another thread. */
  texts(accountId: string, filter: EventFilter, page: Page): Promise<{ id: string; text: string }[]>
}

export interface EventWrites extends EventReads {
  /** Which of the callers' own event ids exist already. */
  findExternal(
    ids: { account_id: string; external_id: string }[],
  ): Promise<{ account_id: string; external_id: string; id: string; type: string }[]>
  insert(events: RecordedEvent[]): Promise<void>
}

export interface DeliveryFilter {
  webhook_id?: string | undefined
  event_id?: string | undefined
  event_type?: string | undefined
  record?: RecordRef | undefined
  states?: DeliveryState[] | undefined
  /** Of the last attempt. */
  status_code?: number | undefined
  /** From `since` on and before `until`, by when it was made, in ms: as their ids tell it. */
  since?: number | undefined
  until?: number | undefined
}

export interface DeliveryReads {
  get(accountId: string, deliveryId: string): Promise<Delivery | null>
  list(accountId: string, filter: DeliveryFilter, page: Page): Promise<Delivery[]>
  /** In their order. */
  attempts(accountId: string, deliveryId: string): Promise<Attempt[]>
  /** One of a delivery's attempts. */
  attempt(accountId: string, deliveryId: string, attemptId: string): Promise<Attempt | null>
  /** Unsettled ones of the account, counted up to `max`. */
  countUnsettled(accountId: string, max: number): Promise<number>
  /** Unsettled ones of all accounts by state, and the oldest time at which one was due and not leased. For metrics. */
  backlog(now: number): Promise<{ states: Record<string, number>; oldest_due_at: number | null }>
}

/** The line of one record's deliveries for one webhook. */
export interface LineKey {
  webhook_id: string
  record: RecordRef
}

export function lineKey({ webhook_id, record }: LineKey): string {
  return JSON.stringify([webhook_id, record.kind, record.id])
}

export interface DeliveryWrites extends DeliveryReads {
  /**
   * Of these webhooks and records, those for which an event's delivery is unsettled: a later one must stand behind it. As
   * keys of `lineKey`.
   */
  lines(keys: LineKey[]): Promise<Set<string>>
  /** With `state: 'sending'` and `lease: 1` it belongs to the caller until `due_at`. */
  insert(deliveries: Delivery[]): Promise<void>
  /** Settles an unsettled delivery as canceled, its lease void. False where there is none unsettled. */
  cancel(accountId: string, deliveryId: string, reason: SettledReason, now: number): Promise<boolean>
  /**
   * Cancels up to `limit` unsent deliveries (pending, waiting, or under a lease that has ended) of disabled and deleted
   * webhooks of all accounts. Answers how many; 0 means that none is left for now.
   */
  cancelStranded(limit: number, now: number): Promise<number>
  /** What `Store.recordAttempts` does, as a part of this transaction: for outcomes that have consequences. */
  recordAttempts(records: AttemptRecord[], now: number): Promise<string[]>
}

/** An answer kept for an `Idempotency-Key`. */
export interface AnswerKey {
  account_id: string
  token_id: string
  route: string
  key: string
}

export interface KeptAnswer extends AnswerKey {
  /** Hex SHA-256 of the request's body. */
  body_hash: string
  status_code: number
  /** The answer's body; null where it held secrets and was not kept. */
  body: string | null
  created_at: number
}

export interface AnswerWrites {
  find(keys: AnswerKey[]): Promise<KeptAnswer[]>
  /** A concurrent twin that committed first makes the transaction run again; see `transaction`. */
  insert(answers: KeptAnswer[]): Promise<void>
  /** Forgets up to `limit` answers from before `before`; answers how many. */
  expire(before: number, limit: number): Promise<number>
}

/** How often a webhook has fired for a subject: `lead 4831596`, or the contact behind it. */
export interface Firing {
  account_id: string
  webhook_id: string
  subject: string
  fired: number
  last_at: number
}

export type FiringKey = Pick<Firing, 'account_id' | 'webhook_id' | 'subject'>

export interface FiringWrites {
  /**
   * Locks the counters until the transaction ends, in an order that cannot deadlock, also those that do not exist yet, and
   * reads them.
   */
  lock(keys: FiringKey[]): Promise<Firing[]>
  /** Inserts or replaces locked counters. */
  put(firings: Firing[]): Promise<void>
}

export interface SourceReads {
  get(accountId: string, sourceId: string): Promise<CrmSource | null>
  list(accountId: string, page: Page): Promise<CrmSource[]>
  /** Of any account: the token is the right to call it. */
  findByToken(token: string): Promise<CrmSource | null>
  /** Calls that held something which could not be understood, newest first. */
  calls(accountId: string, sourceId: string, page: Page): Promise<SourceCall[]>
}

/** The secret is kept sealed, like those of webhooks. */
export interface SourceWrites extends SourceReads {
  insert(source: CrmSource): Promise<void>
  /** Name, options and status. */
  update(source: CrmSource): Promise<void>
  delete(accountId: string, sourceId: string): Promise<boolean>
  /** Counts a call, and keeps it where it has problems: the newest `keep` of the source. */
  recordCall(call: SourceCall, keep: number): Promise<void>
}

export interface ImportReads {
  get(accountId: string, importId: string): Promise<RecordImport | null>
  list(accountId: string, page: Page): Promise<RecordImport[]>
  /** Lines that failed, by line, ascending; `after` is a line. */
  errors(
    accountId: string,
    importId: string,
    page: { limit: number; after?: number | undefined },
  ): Promise<ImportError[]>
  /** Imports of all accounts that are not finished, oldest first. */
  running(limit: number): Promise<RecordImport[]>
}

/** One thing that a replay goes over. */
export interface ReplayItem {
  webhook_id: string
  event_id: string
  event_type: string
  record: RecordRef
  sequence: number
  /** The delivery that is repeated, with how it ended; null for an event that was decided `disabled`. */
  delivery: { id: string; state: SettledState } | null
  /** In mode `bytes` the delivery's last attempt that has a request; null where there is none. */
  attempt_id: string | null
}

/** Some items of a replay, in their order. */
export interface ReplayStretch {
  items: ReplayItem[]
  /** What `cursor` is behind them. */
  cursor: string | null
  /** Nothing comes behind them. */
  end: boolean
}

/** A replay of an event that was made before. */
export type PastReplay = Pick<Delivery, 'id' | 'webhook_id' | 'state'>

/** An event that was decided `disabled`: it would have fired. */
export interface MissedEvent {
  account_id: string
  webhook_id: string
  event_id: string
}

export interface ReplayReads {
  get(accountId: string, replayId: string): Promise<Replay | null>
  list(accountId: string, page: Page): Promise<Replay[]>
  /** Running replays of all accounts whose `next_at` has come; those that wait longest first. */
  due(now: number, limit: number): Promise<Replay[]>
  /**
   * Up to `limit` of what the replay goes over, behind its cursor, ascending: deliveries by id, then missed events by id.
   * Only settled deliveries: made before the replay and settled by its `created_at`; so the answer stays the same, except
   * for what retention and erasure take away, and for missed events that were replayed.
   */
  stretch(replay: Replay, limit: number): Promise<ReplayStretch>
  /** How many items it has from its cursor on, counted up to `max`. */
  count(replay: Replay, max: number): Promise<number>
  /**
   * How many events a webhook missed while it was disabled, and since when: canceled deliveries of which no replay was
   * delivered or is under way, and events that were decided `disabled` and not replayed. Each counted up to `max`.
   */
  missed(accountId: string, webhookId: string, max: number): Promise<{ count: number; since: number | null }>
}

export interface ReplayWrites extends ReplayReads {
  insert(replay: Replay): Promise<void>
  /**
   * Locks a running replay until the transaction ends, and reads it. null where it is not running, or where another process
   * does a step of this account's replays just now: never waits. Under this lock `made` cannot change by another replay.
   */
  lock(replayId: string): Promise<Replay | null>
  /** Which of these events are still kept, each with the replays that were ever made of it. */
  made(accountId: string, eventIds: string[]): Promise<Map<string, PastReplay[]>>
  /** Writes the progress of a replay that was locked: state, cursor, counts, `next_at`. */
  update(replay: Replay): Promise<void>
  /** Running → canceled; what was made stays. False where it is not running. */
  cancel(accountId: string, replayId: string, now: number): Promise<boolean>
  /** Remembers events that were decided `disabled`; each pair comes once. */
  addMissed(missed: MissedEvent[]): Promise<void>
  /** Forgets them, since they were replayed. */
  removeMissed(accountId: string, webhookId: string, eventIds: string[]): Promise<void>
}

/** Some lines of an import, as they were sent. */
export interface ImportChunk {
  number: number
  lines: { line: number; content: string }[]
}

export interface ImportWrites extends ImportReads {
  insert(recordImport: RecordImport, chunks: ImportChunk[]): Promise<void>
  /**
   * Locks a running import until the transaction ends and reads its next chunk. null where it is not running, or where
   * another process has it: never waits.
   */
  lockNext(importId: string): Promise<{ recordImport: RecordImport; chunk: ImportChunk } | null>
  /** Writes the counts and the errors of the chunk that was locked, and forgets the chunk. */
  finishChunk(recordImport: RecordImport, chunk: ImportChunk, errors: ImportError[]): Promise<void>
  /** Running → canceled; what was done stays. False where it is not running. */
  cancel(accountId: string, importId: string, now: number): Promise<boolean>
}

export interface InspectorReads {
  get(accountId: string, inspectorId: string): Promise<Inspector | null>
  list(accountId: string, page: Page): Promise<Inspector[]>
  /** Of any account: the token is the right to call it. */
  findByToken(token: string): Promise<Inspector | null>
  requests(accountId: string, inspectorId: string, page: Page): Promise<InspectorRequest[]>
}

export interface InspectorWrites extends InspectorReads {
  insert(inspector: Inspector): Promise<void>
  update(inspector: Inspector): Promise<void>
  delete(accountId: string, inspectorId: string): Promise<boolean>
  /** Keeps the newest `keep` requests of each inspector. */
  addRequests(requests: InspectorRequest[], keep: number): Promise<void>
  clearRequests(accountId: string, inspectorId: string): Promise<void>
}

export interface AuditFilter {
  /** `webhook`, `token`… */
  subject_kind?: string | undefined
  subject_id?: string | undefined
  /** `token tok_…`, `system`. */
  actor?: string | undefined
  action?: string | undefined
  /** From `since` on and before `until`, in ms. */
  since?: number | undefined
  until?: number | undefined
}

export interface AuditReads {
  list(accountId: string, filter: AuditFilter, page: Page): Promise<AuditEntry[]>
}

export interface AuditWrites extends AuditReads {
  insert(entry: AuditEntry): Promise<void>
}

export interface RetentionReads {
  /** All accounts by id, ascending, with how long each keeps its history. */
  accounts(page: Page): Promise<Pick<Account, 'id' | 'retention_days'>[]>
}

export interface RetentionWrites {
  /**
   * Looks at up to `limit` of the account's events behind the id `after` that were received before `before`, in the order of
   * their ids, and deletes those that no unsettled delivery needs. `last` is the last id that it looked at, null where
   * there was none: what must be kept is passed over, not looked at again and again.
   */
  expireEvents(
    accountId: string,
    stretch: { before: number; after: string | null; limit: number },
  ): Promise<{ deleted: number; last: string | null }>
  /**
   * Deletes up to `limit` each of what else the account has from before `before`: settled deliveries with all their attempts,
   * inspectors' requests, source calls, finished imports with their errors, finished erasures, audit entries; and firing
   * counters of deleted webhooks, whatever their age. Answers how many rows; 0 means that nothing is left for now.
   */
  expireHistory(accountId: string, before: number, limit: number): Promise<number>
}

/** What callers and receivers sent, kept as it came. */
export type ContentSort = 'inspector_request' | 'source_call' | 'import_error' | 'answer'

export interface KeptContent {
  /** Names the row among those of its sort. */
  key: string[]
  /** The event that an inspector's request carried; null where it named none. */
  event_id: string | null
  text: string
}

export interface ErasureReads {
  /**
   * For so long after a record was emptied a transaction that had read it before may still bring events that show it.
   * 0 where there is one writer.
   */
  readonly quietMs: number
  get(accountId: string, erasureId: string): Promise<Erasure | null>
  list(accountId: string, page: Page): Promise<Erasure[]>
  /** Erasures of all accounts that are not finished, oldest first. */
  running(limit: number): Promise<Erasure[]>
  /**
   * Looks at up to `limit` of the account's events behind the id `after`, and answers those whose JSON text holds `text`.
   * It may find too many (letters' case), never too few. `last`: the last id that it looked at, null where there was none.
   */
  searchEvents(
    accountId: string,
    stretch: { after: string | null; limit: number; text: string },
  ): Promise<{ found: RecordedEvent[]; last: string | null }>
  /** Up to `limit` of what the account was sent, behind the key `after`, in the order of the keys. */
  contents(
    accountId: string,
    sort: ContentSort,
    stretch: { after: string[] | null; limit: number },
  ): Promise<KeptContent[]>
}

export interface ErasureWrites extends ErasureReads {
  insert(erasure: Erasure): Promise<void>
  /** Locks a running erasure until the transaction ends. null where it is not running, or another process has it: never waits. */
  lock(erasureId: string): Promise<Erasure | null>
  /** Phase, place, counts and state. */
  update(erasure: Erasure): Promise<void>
  /** The record's events numbered above `after`, up to and with `upTo`, in their order. */
  eventsOf(
    accountId: string,
    record: RecordRef,
    stretch: { after: number; upTo: number; limit: number },
  ): Promise<RecordedEvent[]>
  /** Replaces what events say and what was decided about them: the one change that an event can see. */
  rewriteEvents(events: RecordedEvent[]): Promise<void>
  /** Cancels what is unsent of these events, with the reason `erased`; what is being sent under a live lease stays. */
  cancelUnsent(accountId: string, eventIds: string[], now: number): Promise<number>
  /** Whether a delivery of these events is being sent, under a lease that has not ended. */
  areBeingSent(accountId: string, eventIds: string[], now: number): Promise<boolean>
  /** Empties the requests and responses of all attempts for these events, but for status codes; answers of how many. */
  blankAttempts(accountId: string, eventIds: string[]): Promise<number>
  /** Empties what was kept under these keys. Of an answer to an idempotent request the body is forgotten. */
  blankContents(accountId: string, sort: ContentSort, keys: string[][]): Promise<void>
}

export interface Reads {
  accounts: AccountReads
  tokens: TokenReads
  schema: SchemaReads
  records: RecordReads
  webhooks: WebhookReads
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
}

export interface Transaction {
  accounts: AccountWrites & {
    /** The versions of the accounts' webhooks and names as of this transaction. */
    versions(accountIds: string[]): Promise<Map<string, Pick<Account, 'config_version' | 'schema_version'>>>
  }
  tokens: TokenWrites
  schema: SchemaWrites
  records: RecordWrites
  webhooks: WebhookWrites
  events: EventWrites
  deliveries: DeliveryWrites
  inspectors: InspectorWrites
  answers: AnswerWrites
  firings: FiringWrites
  sources: SourceWrites
  imports: ImportWrites
  replays: ReplayWrites
  audit: AuditWrites
  retention: RetentionWrites
  erasures: ErasureWrites
}

/** A delivery that this process may send until `delivery.due_at`, with what it needs. */
export interface Lease {
  delivery: Delivery
  event: CrmEvent
  /** The account's present config version: webhooks loaded at another one are stale. */
  config_version: number
  /** The lane's circuit is open, and this is its one probe. */
  probe: boolean
}

/** Where the last round of claiming ended; the next one goes on behind it. */
export interface LaneCursor {
  account_id: string
  webhook_id: string
}

export interface ClaimOptions {
  now: number
  /** How many in all. */
  limit: number
  /** How many deliveries of a webhook this process is sending already; they count against its slots. */
  busy: ReadonlyMap<string, number>
  /** null for the first round. */
  after: LaneCursor | null
}

/** A lane that waits although something is due: for its rate, for what its receiver asked, or for a probe. */
export interface HeldLane {
  webhook_id: string
  until: number
  circuit_open: boolean
}

export interface Claim {
  leases: Lease[]
  /** null when every lane was visited; a round that began behind one comes round to it again. */
  cursor: LaneCursor | null
  /** Lanes with something due that were passed over for the sake of time. */
  held: HeldLane[]
  /** Nothing can be said of the lanes yet: another process had its turn, or the way had to be cleared. To be asked again. */
  unfinished: boolean
}

/** What becomes of a delivery after an attempt. */
export type NextStep =
  | { state: SettledState; reason: SettledReason | null }
  /** `due_at`: when it may be tried again. */
  | { state: 'waiting'; due_at: number }

export interface AttemptRecord {
  account_id: string
  webhook_id: string
  delivery_id: string
  /** What it was about, for those who are told of its end. */
  event_id: string
  event_type: string
  purpose: DeliveryPurpose
  /** The lease under which it was tried. */
  lease: number
  /** The record whose next delivery is due when this one is settled; null where the webhook keeps no order. */
  releases: RecordRef | null
  /** null where nothing was sent: it had expired. */
  attempt: Attempt | null
  next: NextStep
  /** The whole lane waits until then (Retry-After). */
  lane_blocked_until: number | null
}

/** What one NOTIFY of PostgreSQL can carry is 7999 bytes. */
export const broadcastBytesMax = 7900
/** A probe that failed and goes on waiting is none of its delivery's attempts. */
export function countsAsAttempt({ attempt, next }: Pick<AttemptRecord, 'attempt' | 'next'>): boolean {
  return attempt !== null && !(attempt.probe && next.state === 'waiting')
}

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
