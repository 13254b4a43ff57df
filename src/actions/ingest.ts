import { findKind, secondHopOf } from '../crm/index.ts'
import { eventText, notFound, Problem } from '../model/index.ts'
import type { CrmRecord, Fields, Webhook } from '../model/index.ts'
import { indexNames, recordEvents } from '../record-events/index.ts'
import type {
  AccountConfig,
  AccountConfigs,
  AccountNames,
  EventToRecord,
  FreshDelivery,
  Handoff,
} from '../record-events/index.ts'
import type { Clock } from '../runtime/clock.ts'
import type { KeptAnswer, RecordKey, Store, Transaction } from '../store/store.ts'
import { applyChange, linkedBy } from './apply-change.ts'
import type { Applied } from './apply-change.ts'
import type { Answer, Ingest, Submission } from './change.ts'
import { makeGroupCommit } from './group-commit.ts'
import type { Settled } from './group-commit.ts'
import { recordView } from './record-view.ts'

export interface IngestOptions {
  store: Store
  configs: AccountConfigs
  /** null where this process does not send: deliveries are then written as pending. */
  handoff: Handoff | null
  clock: Clock
  groupMax: number
  queueMax: number
  /** @throws Problem `too_many` where the account has too many unsettled deliveries */
  checkBacklog(accountId: string): void
  /** For metrics: how many events a group made, and how many changes it held. */
  onGroup?(events: number, changes: number): void
}

/** The path of a change: concurrent ones share a transaction, and each is answered when that is on disk. */
export function makeIngest(options: IngestOptions): Ingest {
  const group = makeGroupCommit<Submission, Answer>({
    groupMax: options.groupMax,
    queueMax: options.queueMax,
    commit: (submissions) => commitGroup(submissions, options),
  })
  return {
    async submit(submission) {
      options.checkBacklog(submission.account_id)
      return group.add(submission)
    },
    close: () => group.close(),
  }
}

async function commitGroup(submissions: Submission[], options: IngestOptions): Promise<Settled<Answer>[]> {
  const { store, handoff } = options
  // Slots are taken while writing and given back when the transaction is run again or fails.
  let reserved: Webhook[] = []
  const giveBack = () => {
    if (reserved.length > 0) handoff?.release(reserved)
    reserved = []
  }
  let written
  try {
    written = await store.transaction((tx) => {
      giveBack()
      return writeGroup(tx, submissions, options, reserved)
    })
  } catch (error) {
    giveBack()
    throw error
  }
  if (written.fresh.length > 0) handoff?.send(written.fresh)
  if (written.pending) handoff?.nudge()
  options.onGroup?.(written.events, submissions.length)
  return written.outcomes
}

interface WrittenGroup {
  outcomes: Settled<Answer>[]
  fresh: FreshDelivery[]
  pending: boolean
  events: number
}

async function writeGroup(
  tx: Transaction,
  submissions: Submission[],
  { configs, handoff, clock }: IngestOptions,
  reserved: Webhook[],
): Promise<WrittenGroup> {
  const now = clock()
  const work = await gather(tx, submissions, configs)
  const answers = new Map(work.kept.map((answer) => [answerKey(answer), answer]))
  const newAnswers: KeptAnswer[] = []
  const events: EventToRecord[] = []
  const outcomes: Settled<Answer>[] = []

  for (const submission of submissions) {
    try {
      outcomes.push({ result: await one(submission) })
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      outcomes.push({ error })
    }
  }

  async function one(submission: Submission): Promise<Answer> {
    const { account_id, change, idempotency } = submission
    const kept = idempotency && answers.get(answerKey({ account_id, ...idempotency }))
    if (kept) return replay(kept, idempotency.body_hash)

    const known =
      change.do === 'event' &&
      change.external_id !== null &&
      work.external.get(pair(account_id, change.external_id))
    if (known) {
      const earlier =
        events.find(({ event }) => event.id === known)?.event ??
        (await tx.events.get(account_id, known))?.event
      return { status_code: 200, body: JSON.stringify(earlier), replayed: true }
    }

    const account = work.accounts.get(account_id)
    if (!account) throw notFound('account', account_id)
    const key = { account_id, ...change.record }
    const applied = applyChange({
      accountId: account_id,
      change,
      origin: submission.origin,
      record: work.records.get(recordKey(key)) ?? null,
      names: account.names,
      strict: account.config.account.strict,
      linked: (kind, id) => fieldsOfPresent(work.records.get(recordKey({ account_id, kind, id }))),
      now,
    })
    work.keep(applied, account)
    for (const event of applied.events) events.push({ event, config: account.config })
    if (change.do === 'event' && change.external_id !== null)
      work.external.set(pair(account_id, change.external_id), applied.events[0]!.id)

    const answer = answerFor(submission, applied)
    if (idempotency) {
      const { status_code, body } = answer
      const answered = { account_id, ...idempotency, status_code, body, created_at: now }
      answers.set(answerKey(answered), answered)
      newAnswers.push(answered)
    }
    return answer
  }

  await work.write()
  const recorded = await recordEvents(tx, events, handoff, reserved, now)
  if (newAnswers.length > 0) await tx.answers.insert(newAnswers)
  return { outcomes, ...recorded, events: events.length }
}

interface WorkingAccount {
  config: AccountConfig
  /** The config's names, with what this group has discovered. */
  names: AccountNames
}

/** All that a group of changes reads, in few queries, and what it has changed so far. */
interface Work {
  accounts: Map<string, WorkingAccount>
  records: Map<string, CrmRecord>
  external: Map<string, string>
  kept: KeptAnswer[]
  keep(applied: Applied, account: WorkingAccount): void
  write(): Promise<void>
}

async function gather(tx: Transaction, submissions: Submission[], configs: AccountConfigs): Promise<Work> {
  const accounts = new Map<string, WorkingAccount>()
  const records = new Map<string, CrmRecord>()
  const keys = new Map<string, RecordKey>()
  for (const { account_id, change } of submissions) {
    const key = { account_id, ...change.record }
    keys.set(recordKey(key), key)
  }

  const versions = await tx.accounts.versions([...new Set(submissions.map(({ account_id }) => account_id))])
  for (const [accountId, version] of versions) {
    const config = await configs.at(tx, accountId, version)
    if (config) accounts.set(accountId, { config, names: config.names })
  }
  const answerKeys = submissions.flatMap(({ account_id, idempotency }) =>
    idempotency ? [{ account_id, ...idempotency }] : [],
  )
  const kept = answerKeys.length > 0 ? await tx.answers.find(answerKeys) : []
  const externalIds = submissions.flatMap(({ account_id, change }) =>
    change.do === 'event' && change.external_id !== null
      ? [{ account_id, external_id: change.external_id }]
      : [],
  )
  const found = externalIds.length > 0 ? await tx.events.findExternal(externalIds) : []
  for (const record of await tx.records.lock([...keys.values()])) records.set(recordKey(record), record)
  await readLinked(tx, submissions, accounts, records)

  const changed = new Set<string>()
  const discovered = new Map<string, Applied['discovered']>()
  return {
    accounts,
    records,
    external: new Map(found.map(({ account_id, external_id, id }) => [pair(account_id, external_id), id])),
    kept,
    keep(applied, account) {
      const key = recordKey(applied.record)
      // A write that changed nothing leaves the row alone.
      if (applied.events.length > 0) {
        records.set(key, applied.record)
        changed.add(key)
      }
      const { fields, pipelines, users } = applied.discovered
      if (fields.length + pipelines.length + users.length === 0) return
      const accountId = applied.record.account_id
      const all = discovered.get(accountId) ?? { fields: [], pipelines: [], users: [] }
      discovered.set(accountId, {
        fields: [...all.fields, ...fields],
        pipelines: [...all.pipelines, ...pipelines],
        users: [...all.users, ...users],
      })
      account.names = withDiscovered(account.names, applied.discovered)
    },
    async write() {
      for (const [accountId, { fields, pipelines, users }] of discovered) {
        if (fields.length > 0)
          await tx.schema.putFields(
            accountId,
            lastOf(fields, (field) => `${field.kind}\0${field.name}`),
          )
        for (const pipeline of lastOf(pipelines, ({ kind, id }) => `${kind}\0${id}`))
          await tx.schema.putPipeline(accountId, pipeline)
        if (users.length > 0)
          await tx.schema.putUsers(
            accountId,
            lastOf(users, ({ id }) => id),
          )
      }
      if (changed.size > 0) await tx.records.put([...changed].map((key) => records.get(key)!))
    },
  }
}

/** Reads what the records of the group link to, and the companies behind their contacts. */
async function readLinked(
  tx: Transaction,
  submissions: Submission[],
  accounts: Map<string, WorkingAccount>,
  records: Map<string, CrmRecord>,
): Promise<void> {
  const linksOfEach = submissions.flatMap(({ account_id, change }) => {
    const account = accounts.get(account_id)
    if (!account) return []
    const before = records.get(recordKey({ account_id, ...change.record }))?.fields ?? null
    return [{ account_id, links: linkedBy(change, before, account.names) }]
  })
  const firstHop = linksOfEach.flatMap(({ account_id, links }) =>
    links.map(({ kind, id }) => ({ account_id, kind, id })),
  )
  await readMissing(firstHop)
  const secondHop = linksOfEach.flatMap(({ account_id, links }) => {
    const link = secondHopOf(links, (kind, id) =>
      fieldsOfPresent(records.get(recordKey({ account_id, kind, id }))),
    )
    return link ? [{ account_id, kind: link.kind, id: link.id }] : []
  })
  await readMissing(secondHop)

  async function readMissing(keys: RecordKey[]): Promise<void> {
    const missing = new Map(keys.map((key) => [recordKey(key), key]))
    for (const key of missing.keys()) if (records.has(key)) missing.delete(key)
    if (missing.size === 0) return
    for (const record of await tx.records.read([...missing.values()])) records.set(recordKey(record), record)
  }
}

function withDiscovered(names: AccountNames, found: Applied['discovered']): AccountNames {
  const { schema } = names
  return indexNames({
    fields: lastOf([...schema.fields, ...found.fields], (field) => `${field.kind}\0${field.name}`),
    pipelines: lastOf([...schema.pipelines, ...found.pipelines], ({ kind, id }) => `${kind}\0${id}`),
    users: lastOf([...schema.users, ...found.users], ({ id }) => id),
  })
}

function lastOf<T>(items: T[], keyOf: (item: T) => string): T[] {
  return [...new Map(items.map((item) => [keyOf(item), item])).values()]
}

function fieldsOfPresent(record: CrmRecord | undefined): Fields | null {
  return record?.state === 'present' && findKind(record.kind) ? record.fields : null
}

function replay(kept: KeptAnswer, bodyHash: string): Answer {
  if (kept.body_hash !== bodyHash)
    throw new Problem(
      'idempotency_mismatch',
      'This Idempotency-Key was used with another body. Take a new key for a new request.',
    )
  if (kept.body === null)
    throw new Problem(
      'conflict',
      'This request was answered before, and its answer held a secret that is not kept.',
    )
  return { status_code: kept.status_code, body: kept.body, replayed: true }
}

function answerFor({ change }: Submission, { record, events, created }: Applied): Answer {
  if (change.do === 'event') return { status_code: 201, body: eventText(events[0]!) }
  const body = JSON.stringify({
    record: recordView(record),
    events: events.map(({ id, type }) => ({ id, type })),
  })
  return { status_code: created ? 201 : 200, body }
}

function recordKey({ account_id, kind, id }: RecordKey): string {
  return `${account_id}\0${kind}\0${id}`
}

function answerKey({
  account_id,
  token_id,
  route,
  key,
}: {
  account_id: string
  token_id: string
  route: string
  key: string
}): string {
  return `${account_id}\0${token_id}\0${route}\0${key}`
}

function pair(accountId: string, externalId: string): string {
  return `${accountId}\0${externalId}`
}
