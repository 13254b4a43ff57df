import { sql, type Kysely } from 'kysely'
import { maskSecrets, unmaskSecrets } from '../../model/index.ts'
import type { DeliveryState, Pause, Webhook, WebhookSecrets, WebhookStatus } from '../../model/index.ts'
import type { Vault } from '../../runtime/vault.ts'
import type { Row } from '../rows.ts'
import type { Schema } from '../schema.ts'
import { settingsFromText, settingsOf } from '../webhook-settings.ts'
import type { Circuit, WebhookHealth, WebhookReads, WebhookVersion, WebhookWrites } from '../store.ts'
import { chunks } from './chunks.ts'

export function webhookReads(db: Kysely<Schema>, vault: Vault): WebhookReads {
  const webhooks = (accountId: string) =>
    db.selectFrom('webhooks').selectAll().where('account_id', '=', accountId)
  return {
    async get(accountId, webhookId) {
      const row = await webhooks(accountId)
        .where('id', '=', webhookId)
        .where('status', '<>', 'deleted')
        .executeTakeFirst()
      return row ? webhookFromRow(row, vault) : null
    },
    async all(accountId) {
      const rows = await webhooks(accountId).where('status', '<>', 'deleted').orderBy('id').execute()
      return rows.map((row) => webhookFromRow(row, vault))
    },
    async list(accountId, { status, search, failing = false }, page) {
      let query = webhooks(accountId).orderBy('id', 'desc')
      query =
        status === undefined ? query.where('status', '<>', 'deleted') : query.where('status', '=', status)
      if (page.after !== undefined) query = query.where('id', '<', page.after)
      if (failing) query = query.where('id', 'in', failingOnes(db, accountId))
      if (search) {
        // Compared here: SQLite ignores case only in ASCII, and an account has few enough webhooks.
        const rows = await query.clearSelect().select(['id', 'settings']).execute()
        const found = rows.filter(isFoundBy(search)).slice(0, page.limit)
        if (found.length === 0) return []
        const ids = found.map(({ id }) => id)
        query = query.where('id', 'in', ids)
      }
      const rows = await query.limit(page.limit).execute()
      return rows.map((row) => webhookFromRow(row, vault))
    },
    async health(accountId, webhookIds) {
      const health = new Map<string, WebhookHealth>()
      for (const some of chunks(webhookIds)) {
        const rows = await db
          .selectFrom('webhook_health')
          .selectAll()
          .where('account_id', '=', accountId)
          .where('webhook_id', 'in', some)
          .execute()
        for (const row of rows) health.set(row.webhook_id, healthFromRow(row))
      }
      return health
    },
    async pauses(accountId, webhookIds) {
      const pauses = new Map<string, Pause[]>()
      for (const some of chunks(webhookIds)) {
        const rows = await webhooks(accountId).where('id', 'in', some).execute()
        for (const row of rows) pauses.set(row.id, JSON.parse(row.pauses) as Pause[])
      }
      return pauses
    },
    async versions(accountId, webhookId, { limit, before }) {
      let query = db
        .selectFrom('webhook_versions')
        .selectAll()
        .where('account_id', '=', accountId)
        .where('webhook_id', '=', webhookId)
      if (before !== undefined) query = query.where('version', '<', before)
      const rows = await query.orderBy('version', 'desc').limit(limit).execute()
      return rows.map(versionFromRow)
    },
    async versionsAt(accountId, configVersion) {
      const rows = await db
        .selectFrom('webhook_versions as v')
        .selectAll()
        .where('account_id', '=', accountId)
        .where('status', '<>', 'deleted')
        .where('version', '=', (eb) =>
          eb
            .selectFrom('webhook_versions as earlier')
            .select((of) => of.fn.max('earlier.version').as('version'))
            .where('earlier.account_id', '=', accountId)
            .whereRef('earlier.webhook_id', '=', 'v.webhook_id')
            .where('earlier.config_version', '<=', configVersion),
        )
        .orderBy('webhook_id')
        .execute()
      return rows.map(versionFromRow)
    },
  }
}

/** One failure alone happens; the next try usually mends it. */
function failingOnes(db: Kysely<Schema>, accountId: string) {
  return db
    .selectFrom('webhook_health')
    .select('webhook_id')
    .where('account_id', '=', accountId)
    .where('failing_since', 'is not', null)
    .where(({ eb, or }) => or([eb('failures_in_a_row', '>', 1), eb('circuit_opened_at', 'is not', null)]))
}

function isFoundBy(search: string): (row: Pick<Row<'webhooks'>, 'settings'>) => boolean {
  const wanted = search.toLowerCase()
  // As it would stand in the JSON text: what does not hold it there need not be parsed.
  const written = JSON.stringify(search).slice(1, -1).toLowerCase()
  return ({ settings }) => {
    if (!settings.toLowerCase().includes(written)) return false
    const { name, description, request } = settingsFromText(settings)
    return [name, description, request.url].some((text) => text.toLowerCase().includes(wanted))
  }
}

export function webhookWrites(db: Kysely<Schema>, vault: Vault): WebhookWrites {
  return {
    ...webhookReads(db, vault),
    async put(webhook, changedBy) {
      const row = webhookToRow(webhook, vault)
      if (!(await putRow(db, row))) return false
      const { config_version } = await db
        .updateTable('accounts')
        .set({ config_version: sql`config_version + 1` })
        .where('id', '=', webhook.account_id)
        .returning('config_version')
        .executeTakeFirstOrThrow()
      await db
        .insertInto('webhook_versions')
        .values({
          account_id: row.account_id,
          webhook_id: row.id,
          version: row.version,
          config_version,
          status: row.status,
          settings: row.settings,
          changed_by: changedBy,
          created_at: row.updated_at,
        })
        .execute()
      return true
    },
    async putSecrets(webhook) {
      await db
        .updateTable('webhooks')
        .set({ secrets: sealSecrets(webhook, vault) })
        .where('id', '=', webhook.id)
        .where('account_id', '=', webhook.account_id)
        .execute()
    },
    async setCircuit(accountId, webhookId, circuit) {
      await db
        .updateTable('webhook_health')
        .set(circuitColumns(circuit))
        .where('webhook_id', '=', webhookId)
        .where('account_id', '=', accountId)
        .execute()
    },
    async resetHealth(accountId, webhookId) {
      await db
        .updateTable('webhook_health')
        .set({ failures_in_a_row: 0, failing_since: null, blocked_until: null, ...circuitColumns(null) })
        .where('webhook_id', '=', webhookId)
        .where('account_id', '=', accountId)
        .execute()
    },
  }
}

async function putRow(db: Kysely<Schema>, row: Row<'webhooks'>): Promise<boolean> {
  if (row.version === 1) {
    const result = await db
      .insertInto('webhooks')
      .values(row)
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirst()
    return (result.numInsertedOrUpdatedRows ?? 0n) > 0n
  }
  const { id, account_id, created_at: _, ...change } = row
  const result = await db
    .updateTable('webhooks')
    .set(change)
    .where('id', '=', id)
    .where('account_id', '=', account_id)
    .where('version', '=', row.version - 1)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

function sealSecrets(webhook: Webhook, vault: Vault): Uint8Array {
  const secrets: WebhookSecrets = {
    signing: webhook.signing_secrets,
    auth: webhook.request.auth,
    headers: webhook.request.headers,
  }
  return vault.seal(JSON.stringify(secrets), secretsOwner(webhook))
}

function secretsOwner(webhook: { account_id: string; id: string }): string {
  return `${webhook.account_id} ${webhook.id}`
}

function webhookToRow(webhook: Webhook, vault: Vault): Row<'webhooks'> {
  const { id, account_id, version, status, status_reason, created_at, updated_at } = webhook
  return {
    id,
    account_id,
    version,
    status,
    status_reason,
    name: webhook.name,
    settings: JSON.stringify(maskSecrets(settingsOf(webhook))),
    secrets: sealSecrets(webhook, vault),
    slots: webhook.delivery.slots,
    timeout_ms: Math.round(webhook.delivery.timeout_s * 1000),
    ...paceOf(webhook.delivery),
    in_order: webhook.delivery.order === 'record' ? 1 : 0,
    pauses: JSON.stringify(webhook.pauses),
    drained: status === 'disabled' || status === 'deleted' ? 0 : 1,
    created_at,
    updated_at,
  }
}

/** A rate as claims reckon with it: the time between two requests, and as many at once as a second lets through. */
function paceOf({ rate_per_s }: Webhook['delivery']): Pick<Row<'webhooks'>, 'pace_us' | 'burst'> {
  if (rate_per_s === null) return { pace_us: null, burst: 1 }
  return { pace_us: Math.round(1_000_000 / rate_per_s), burst: Math.max(1, Math.ceil(rate_per_s)) }
}

function webhookFromRow(row: Row<'webhooks'>, vault: Vault): Webhook {
  const secrets = JSON.parse(vault.open(row.secrets, secretsOwner(row))) as WebhookSecrets
  return {
    ...unmaskSecrets(settingsFromText(row.settings), secrets),
    id: row.id,
    account_id: row.account_id,
    version: row.version,
    status: row.status as WebhookStatus,
    status_reason: row.status_reason,
    signing_secrets: secrets.signing,
    pauses: JSON.parse(row.pauses) as Pause[],
    created_at: row.created_at,
    updated_at: row.updated_at,
  }
}

function versionFromRow({ account_id: _, ...row }: Row<'webhook_versions'>): WebhookVersion {
  return {
    ...row,
    status: row.status as WebhookStatus,
    settings: settingsFromText(row.settings),
  }
}

function circuitColumns(circuit: Circuit | null) {
  return {
    circuit_opened_at: circuit?.opened_at ?? null,
    probe_at: circuit?.probe_at ?? null,
    probe_wait_ms: circuit?.probe_wait_ms ?? null,
    probe_delivery_id: circuit?.probe_delivery_id ?? null,
  }
}

function healthFromRow(row: Row<'webhook_health'>): WebhookHealth {
  const { failures_in_a_row, failing_since, blocked_until, circuit_opened_at, probe_at, probe_wait_ms } = row
  const { last_delivery_id: id, last_at: at, last_state: state, last_status_code: status_code } = row
  return {
    failures_in_a_row,
    failing_since,
    blocked_until,
    circuit:
      circuit_opened_at === null || probe_at === null || probe_wait_ms === null
        ? null
        : { opened_at: circuit_opened_at, probe_at, probe_wait_ms, probe_delivery_id: row.probe_delivery_id },
    last_delivery:
      id === null || at === null || state === null
        ? null
        : { id, at, state: state as DeliveryState, status_code },
  }
}
