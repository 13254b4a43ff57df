import { secondHopOf } from '../../crm/index.ts'
import type { CrmRecord, Fields } from '../../model/index.ts'
import { indexNames } from '../../record-events/index.ts'
import type { AccountConfig, AccountConfigs, AccountNames } from '../../record-events/index.ts'
import type { AnswerKey, KeptAnswer, RecordKey, Transaction } from '../../store/store.ts'
import { together } from '../../store/together.ts'
import { linkedBy } from './apply-change.ts'
import type { Applied } from './apply-change.ts'
import type { Change, Submission } from './change.ts'
import { learnable } from './learnable.ts'

export interface WorkingAccount {
  config: AccountConfig
  /** The config's names, with what this group has discovered. */
  names: AccountNames
}

/** All that a group of changes reads, in few queries, and what it has changed so far. */
export interface Work {
  accounts: Map<string, WorkingAccount>
  records: Map<string, CrmRecord>
  /** Ids of events by their callers' own ids. */
  external: Map<string, string>
  answers: Map<string, KeptAnswer>
  keep(applied: Applied, account: WorkingAccount): void
  write(): Promise<void>
}

/** Locks the records of the group and reads all that applying it asks for. */
export async function gather(
  tx: Transaction,
  submissions: Submission[],
  configs: AccountConfigs,
): Promise<Work> {
  const accounts = new Map<string, WorkingAccount>()
  // Asked in this order and answered in one round trip, where there is one.
  const [versions, answers, external, records] = await together([
    tx.accounts.versions([...new Set(submissions.map(({ account_id }) => account_id))]),
    readAnswers(tx, submissions),
    readExternal(tx, submissions),
    lockRecords(tx, submissions),
  ])
  for (const [accountId, version] of versions) {
    const config = await configs.at(tx, accountId, version)
    if (config) accounts.set(accountId, { config, names: config.names })
  }
  await readLinked(tx, submissions, accounts, records)

  const changed = new Set<string>()
  const discovered = new Map<string, Applied['discovered']>()
  return {
    accounts,
    records,
    external,
    answers,
    keep(applied, account) {
      // A write that changed nothing leaves the row alone.
      if (applied.dirty) {
        const key = recordKey(applied.record)
        records.set(key, applied.record)
        changed.add(key)
      }
      const learned = learnable(applied.discovered, account.names)
      const { fields, pipelines, users } = learned
      if (fields.length + pipelines.length + users.length === 0) return
      const accountId = applied.record.account_id
      const all = discovered.get(accountId) ?? { fields: [], pipelines: [], users: [] }
      discovered.set(accountId, {
        fields: [...all.fields, ...fields],
        pipelines: [...all.pipelines, ...pipelines],
        users: [...all.users, ...users],
      })
      account.names = withDiscovered(account.names, learned)
    },
    async write() {
      for (const [accountId, found] of discovered) await writeDiscovered(tx, accountId, found)
      if (changed.size > 0) tx.trailing(tx.records.put([...changed].map((key) => records.get(key)!)))
    },
  }
}

async function readAnswers(tx: Transaction, submissions: Submission[]): Promise<Map<string, KeptAnswer>> {
  const keys = submissions.flatMap(({ account_id, idempotency }) =>
    idempotency ? [{ account_id, ...idempotency }] : [],
  )
  const kept = keys.length > 0 ? await tx.answers.find(keys) : []
  return new Map(kept.map((answer) => [answerKey(answer), answer]))
}

async function readExternal(tx: Transaction, submissions: Submission[]): Promise<Map<string, string>> {
  const ids = submissions.flatMap(({ account_id, change }) => {
    const external_id = externalIdOf(change)
    return external_id === null ? [] : [{ account_id, external_id }]
  })
  const found = ids.length > 0 ? await tx.events.findExternal(ids) : []
  return new Map(found.map(({ account_id, external_id, id }) => [externalKey(account_id, external_id), id]))
}

async function lockRecords(tx: Transaction, submissions: Submission[]): Promise<Map<string, CrmRecord>> {
  const keys = new Map<string, RecordKey>()
  for (const { account_id, change } of submissions) {
    const key = { account_id, ...change.record }
    keys.set(recordKey(key), key)
  }
  const locked = await tx.records.lock([...keys.values()])
  return new Map(locked.map((record) => [recordKey(record), record]))
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
  await readMissing(
    linksOfEach.flatMap(({ account_id, links }) => links.map(({ kind, id }) => ({ account_id, kind, id }))),
  )
  await readMissing(
    linksOfEach.flatMap(({ account_id, links }) => {
      const link = secondHopOf(links, (kind, id) =>
        fieldsOfPresent(records.get(recordKey({ account_id, kind, id }))),
      )
      return link ? [{ account_id, kind: link.kind, id: link.id }] : []
    }),
  )

  async function readMissing(keys: RecordKey[]): Promise<void> {
    const missing = new Map(keys.map((key) => [recordKey(key), key]))
    for (const key of missing.keys()) if (records.has(key)) missing.delete(key)
    if (missing.size === 0) return
    for (const record of await tx.records.read([...missing.values()])) records.set(recordKey(record), record)
  }
}

async function writeDiscovered(
  tx: Transaction,
  accountId: string,
  { fields, pipelines, users }: Applied['discovered'],
): Promise<void> {
  await tx.schema.discover(accountId, {
    fields: lastOf(fields, fieldKey),
    pipelines: lastOf(pipelines, pipelineKey),
    users: lastOf(users, userKey),
  })
}

function withDiscovered({ schema }: AccountNames, found: Applied['discovered']): AccountNames {
  return indexNames({
    ...schema,
    fields: lastOf([...schema.fields, ...found.fields], fieldKey),
    pipelines: lastOf([...schema.pipelines, ...found.pipelines], pipelineKey),
    users: lastOf([...schema.users, ...found.users], userKey),
  })
}

const fieldKey = ({ kind, name }: { kind: string; name: string }) => `${kind}\0${name}`
const pipelineKey = ({ kind, id }: { kind: string; id: string }) => `${kind}\0${id}`
const userKey = ({ id }: { id: string }) => id

function lastOf<T>(items: T[], keyOf: (item: T) => string): T[] {
  return [...new Map(items.map((item) => [keyOf(item), item])).values()]
}

export function fieldsOfPresent(record: CrmRecord | undefined): Fields | null {
  return record?.state === 'present' ? record.fields : null
}

/** The caller's own id of an event, where the change is one. */
export function externalIdOf(change: Change): string | null {
  return change.do === 'event' || change.do === 'activity' ? change.external_id : null
}

export function recordKey({ account_id, kind, id }: RecordKey): string {
  return `${account_id}\0${kind}\0${id}`
}

export function answerKey({ account_id, token_id, route, key }: AnswerKey): string {
  return `${account_id}\0${token_id}\0${route}\0${key}`
}

export function externalKey(accountId: string, externalId: string): string {
  return `${accountId}\0${externalId}`
}
