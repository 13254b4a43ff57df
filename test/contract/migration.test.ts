/** A database of the first version, with data in it, opened by this one: nothing is lost, and new columns have a meaning. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Kysely } from 'kysely'
import pg from 'pg'
import { afterEach, describe, expect, test } from 'vitest'
import { maskSecrets, type CrmEvent, type Webhook } from '../../src/model/index.ts'
import { openVault } from '../../src/runtime/vault.ts'
import { migrate } from '../../src/store/migrate.ts'
import { foundation } from '../../src/store/migrations/0001-foundation.ts'
import { postgresTypes, sqliteTypes } from '../../src/store/migrations/index.ts'
import { clientConfig, session } from '../../src/store/postgres/connection.ts'
import { kyselyOn } from '../../src/store/postgres/kysely.ts'
import { openPostgres } from '../../src/store/postgres/open.ts'
import {
  accountToRow,
  attemptToRow,
  deliveryToRow,
  eventToRow,
  recordToRow,
  type Row,
} from '../../src/store/rows.ts'
import type { Schema } from '../../src/store/schema.ts'
import { sqliteDialect } from '../../src/store/sqlite/dialect.ts'
import { openSqlite } from '../../src/store/sqlite/open.ts'
import { openStatements } from '../../src/store/sqlite/statements.ts'
import { attemptCount, stepMs } from '../../src/store/stats.ts'
import type { Store } from '../../src/store/store.ts'
import { settingsOf } from '../../src/store/webhook-settings.ts'
import { freshDatabase } from '../support/fresh-database.ts'
import { makeChunks, makeImport, makeSource, makeSourceCall } from './inbound-things.ts'
import { makeReplay } from './replays.ts'
import {
  claimAll,
  makeAccount,
  makeAttempt,
  makeDelivery,
  makeEvent,
  makeOutcome,
  makeRecord,
  makeWebhook,
  presentMs,
  recorded,
} from './things.ts'

const vault = openVault('the key of the contract suite')
const steps: AsyncDisposable[] = []

afterEach(async () => {
  for (const step of steps.splice(0).reverse()) await step[Symbol.asyncDispose]()
})

/** `fill` writes into a database of the first version; answered is the store that this version opens over it. */
type OpenOver = (fill: (db: Kysely<Schema>) => Promise<void>) => Promise<Store>

async function overSqlite(fill: Parameters<OpenOver>[0]): Promise<Store> {
  const directory = await mkdtemp(join(tmpdir(), 'hookline-migration-'))
  steps.push({ [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }) })
  const path = join(directory, 'hookline.db')
  const raw = new DatabaseSync(path, { enableForeignKeyConstraints: true })
  const db = new Kysely<Schema>({ dialect: sqliteDialect(openStatements(raw)) })
  await migrate(db, sqliteTypes, 1, [foundation])
  await fill(db)
  raw.close()
  return openSqlite({ path, vault })
}

async function overPostgres(fill: Parameters<OpenOver>[0]): Promise<Store> {
  const database = await freshDatabase()
  steps.push(database)
  const client = new pg.Client(clientConfig(database.url))
  await client.connect()
  const db = kyselyOn(session(client, { named: false }))
  await migrate(db, postgresTypes, 1, [foundation])
  await fill(db)
  await client.end()
  return openPostgres({ url: database.url, vault, poolSize: 2 })
}

const account = makeAccount()
const webhook: Webhook = {
  ...makeWebhook(account.id),
  signing_secrets: [{ secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', until: null }],
}
const { retention_days: _r, ...oldAccount } = accountToRow(account)
const oldFields = { name: 'Deal', pipeline_id: '752662', stage_id: '16203337' }
const {
  as_of: _,
  last_event_id: _l,
  pipeline_id: _p,
  stage_id: _g,
  active: _e,
  ...oldRecord
} = recordToRow(makeRecord(account.id, '4831596', { sequence: 7, fields: oldFields }))
const event = makeEvent(account.id)
const { previous_id: _v, ...oldEvent } = eventToRow(recorded(event))
const delivery = makeDelivery(event, webhook)
const settled = makeDelivery(event, webhook)

/** As the first version wrote them: it knew neither when a webhook fires, nor limits, delays, hours and disabling. */
function oldSettings(): string {
  const {
    fire: _f,
    limits: _l,
    delay_s: _d,
    active_hours: _a,
    delivery: policy,
    ...rest
  } = settingsOf(webhook)
  const { disable_after_s: _s, disable_after_failures: _n, ...oldPolicy } = policy
  return JSON.stringify(maskSecrets({ ...rest, delivery: oldPolicy }))
}

async function fill(db: Kysely<Schema>): Promise<void> {
  const { id, account_id, version, status, status_reason, name, created_at, updated_at } = webhook
  const settings = oldSettings()
  const secrets = { signing: webhook.signing_secrets, auth: webhook.request.auth, headers: [] }
  await db.insertInto('accounts').values(oldAccount).execute()
  await db
    .insertInto('webhooks')
    .values({
      id,
      account_id,
      version,
      status,
      status_reason,
      name,
      settings,
      created_at,
      updated_at,
      secrets: vault.seal(JSON.stringify(secrets), `${account_id} ${id}`),
      slots: webhook.delivery.slots,
      timeout_ms: webhook.delivery.timeout_s * 1000,
    })
    .execute()
  await db
    .insertInto('webhook_versions')
    .values({
      account_id,
      version,
      status,
      settings,
      created_at,
      webhook_id: id,
      config_version: 2,
      changed_by: 'system',
    })
    .execute()
  const others = [
    { id: 'gone', state: 'deleted', fields: JSON.stringify(oldFields) },
    { id: 'put away', fields: JSON.stringify({ ...oldFields, state: 'archived' }) },
    { id: 'nowhere', fields: JSON.stringify({ state: null, pipeline_id: null }) },
  ]
  for (const other of [{}, ...others]) {
    await db
      .insertInto('records')
      .values({ ...oldRecord, ...other } as Row<'records'>)
      .execute()
  }
  await db
    .insertInto('events')
    .values(oldEvent as Row<'events'>)
    .execute()
  const { replay_of: _o, replay_attempt_id: _i, replay_id: _y, ...oldDelivery } = deliveryToRow(delivery)
  await db
    .insertInto('unsettled_deliveries')
    .values(oldDelivery as Row<'unsettled_deliveries'>)
    .execute()
  const ended = { ...oldDelivery, id: settled.id, state: 'delivered', reason: null, settled_at: presentMs() }
  await db
    .insertInto('settled_deliveries')
    .values(ended as Row<'settled_deliveries'>)
    .execute()
  for (const { attempt, late } of [
    { attempt: makeAttempt(settled, 'delivered', { duration_ms: 30_000 }), late: false },
    { attempt: makeAttempt(settled, 'retry'), late: true },
    { attempt: makeAttempt(delivery, 'retry'), late: false },
  ]) {
    const { probe: _b, ...oldAttempt } = attemptToRow(attempt, late)
    await db
      .insertInto('attempts')
      .values(oldAttempt as Row<'attempts'>)
      .execute()
  }
}

describe.each<[string, OpenOver]>([
  ['sqlite', overSqlite],
  ['postgres', overPostgres],
])('%s: a database of the first version', (_name, openOver) => {
  async function open(): Promise<Store> {
    const store = await openOver(fill)
    steps.push({ [Symbol.asyncDispose]: () => store.close() })
    return store
  }

  test('keeps its records, webhooks and events, and what it has yet to send', async () => {
    const store = await open()
    const record = makeRecord(account.id, '4831596', {
      sequence: 7,
      fields: oldFields,
      created_at: oldRecord.created_at,
      updated_at: oldRecord.updated_at,
    })
    expect(await store.records.get(account.id, record)).toEqual(record)
    const place = { search: 'deal', pipeline_id: '752662', stage_id: '16203337', state: 'active' }
    expect(await store.records.list(account.id, 'lead', place, { limit: 10 })).toEqual([record])
    const inPipeline = await store.records.list(account.id, 'lead', { pipeline_id: '752662' }, { limit: 10 })
    expect(inPipeline.map(({ id }) => id)).toEqual(['4831596', 'put away'])
    expect(await store.records.countByStage(account.id, 'lead', '752662')).toEqual([
      { stage_id: '16203337', records: 1 },
    ])
    const active = await store.records.list(account.id, 'lead', { state: 'active' }, { limit: 10 })
    expect(active.map(({ id }) => id)).toEqual(['4831596', 'nowhere'])
    expect(await store.webhooks.all(account.id)).toEqual([webhook])
    const [version] = await store.webhooks.versionsAt(account.id, 2)
    expect(version!.settings).toEqual(settingsOf(webhook))
    const [lease] = (await claimAll(store)).leases
    expect(lease).toMatchObject({ delivery: { id: delivery.id, replay_of: null, replay_id: null }, event })
    expect(await store.recordAttempts([makeOutcome(lease!)], presentMs())).toEqual([])
  })

  test("keeps a record's history together with what is added to it", async () => {
    const store = await open()
    const [first, second] = [8, 9].map((sequence) => makeEvent(account.id, { sequence })) as [
      CrmEvent,
      CrmEvent,
    ]
    await store.transaction(async (tx) => {
      const [record] = await tx.records.lock([{ account_id: account.id, ...event.record }])
      expect(record).toMatchObject({ sequence: 7, last_event_id: null })
      await tx.records.put([{ ...record!, sequence: 9, last_event_id: second.id }])
      await tx.events.insert([
        { ...recorded(first), previous_id: '' },
        { ...recorded(second), previous_id: first.id },
      ])
    })
    const found = await store.events.list(account.id, { record: event.record }, { limit: 10 })
    expect(found.map(({ event: { id } }) => id)).toEqual([second.id, first.id, event.id])
  })

  test('counts what was there before', async () => {
    const store = await open()
    const around = Math.floor(delivery.created_at / stepMs.quarter) * stepMs.quarter
    const slice = { from: around - stepMs.quarter, to: around + 2 * stepMs.quarter }
    const counted = async (webhook_id?: string) => {
      const found = await store.stats.counts(account.id, { ...slice, step: 'minute', webhook_id })
      const sums: Record<string, number> = {}
      for (const { counts } of found)
        for (const [what, count] of Object.entries(counts)) sums[what] = (sums[what] ?? 0) + count
      return sums
    }
    const ofWebhook = {
      made: 2,
      delivered: 1,
      [attemptCount({ outcome: 'delivered', duration_ms: 30_000 })]: 1,
      [attemptCount(makeAttempt(delivery, 'retry'))]: 1,
    }
    expect(await counted()).toEqual({ ...ofWebhook, events: 1 })
    await store.transaction((tx) => tx.stats.fold(100))
    expect(await counted(webhook.id)).toEqual(ofWebhook)
  })

  test('takes all that is new', async () => {
    const store = await open()
    const source = makeSource(account.id)
    const recordImport = makeImport(account.id)
    const replay = makeReplay(account.id)
    const firing = { account_id: account.id, webhook_id: webhook.id, subject: 'lead 1', fired: 1, last_at: 2 }
    const record = makeRecord(account.id, '4831596', { sequence: 8, as_of: presentMs() })
    const kind = { name: 'plan', title: 'Plan', capabilities: ['staged'], fields: {} }
    await store.transaction(async (tx) => {
      await tx.records.lock([record])
      await tx.records.put([record])
      await tx.sources.insert(source)
      await tx.sources.recordCall(makeSourceCall(source.id), 10)
      await tx.imports.insert(recordImport, makeChunks(2))
      await tx.firings.put([firing])
      await tx.replays.insert(replay)
      await tx.replays.addMissed([{ account_id: account.id, webhook_id: webhook.id, event_id: event.id }])
      await tx.schema.putKind(account.id, kind)
      expect(await tx.firings.lock([firing])).toEqual([firing])
    })
    expect(await store.records.get(account.id, record)).toEqual(record)
    expect(await store.sources.calls(account.id, source.id, { limit: 10 })).toHaveLength(1)
    expect(await store.imports.running(10)).toEqual([recordImport])
    expect(await store.replays.get(account.id, replay.id)).toEqual(replay)
    expect(await store.replays.missed(account.id, webhook.id, 10)).toMatchObject({ count: 1 })
    expect((await store.schema.get(account.id)).kinds).toEqual([kind])
  })
})
