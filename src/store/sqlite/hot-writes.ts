/** The writes of every ingest, as statements that stay prepared. All of them run inside the store's transaction. */
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { deliveryToRow, eventToRow, settledRow, type Row } from '../rows.ts'
import { lineKey } from '../store.ts'
import type {
  AnswerWrites,
  DeliveryWrites,
  EventWrites,
  KeptAnswer,
  RecordWrites,
  Transaction,
} from '../store.ts'
import { startTally, type Tally } from '../tally.ts'
import { prepareInsert } from './prepare-insert.ts'
import { recordWrites } from './records.ts'

const deliveryColumns = [
  'id', 'account_id', 'webhook_id', 'event_id', 'event_type', 'record_kind', 'record_id', 'sequence', 'purpose',
  'state', 'attempts', 'due_at', 'expires_at', 'lease', 'last_status_code', 'created_at',
  'replay_of', 'replay_attempt_id', 'replay_id',
] as const // prettier-ignore
const settledColumns = [...deliveryColumns, 'reason', 'settled_at'] as const
const eventColumns = [
  'account_id', 'id', 'type', 'record_kind', 'record_id', 'sequence', 'external_id', 'config_version', 'received_at',
  'event', 'decisions', 'previous_id',
] as const // prettier-ignore
const attemptColumns = [
  'delivery_id', 'id', 'account_id', 'webhook_id', 'webhook_version', 'number', 'outcome', 'reason', 'detail', 'late', 'probe',
  'started_at', 'duration_ms', 'request', 'request_body', 'response', 'response_body',
] as const // prettier-ignore
const answerColumns = [
  'account_id', 'token_id', 'route', 'key', 'body_hash', 'status_code', 'body', 'created_at',
] as const // prettier-ignore

export function prepareInserts(db: DatabaseSync) {
  const journal = prepareInsert(db, 'stats_journal', ['account_id', 'counts'])
  return {
    counts(tally: Tally) {
      for (const row of tally.rows()) journal(row)
    },
    event: prepareInsert(db, 'events', eventColumns),
    delivery: prepareInsert(db, 'unsettled_deliveries', deliveryColumns),
    settled: prepareInsert(db, 'settled_deliveries', settledColumns),
    // Who is told that recording failed may record again: the same attempt is then there already.
    attempt: prepareInsert(db, 'attempts', attemptColumns, 'ON CONFLICT DO NOTHING'),
    answer: prepareInsert(db, 'answers', answerColumns),
  }
}

export type Inserts = ReturnType<typeof prepareInserts>

export interface HotWrites {
  versions: Transaction['accounts']['versions']
  records: Pick<RecordWrites, 'lock' | 'read' | 'put'>
  events: Pick<EventWrites, 'findExternal' | 'insert'>
  deliveries: Pick<DeliveryWrites, 'lines' | 'insert' | 'cancelStranded'>
  answers: AnswerWrites
}

/** `assertInside` throws where no transaction is open: a call that nobody awaited would be written by itself. */
export function hotWrites(db: DatabaseSync, inserts: Inserts, assertInside: () => void): HotWrites {
  const versionsOf = db.prepare('SELECT config_version, schema_version FROM accounts WHERE id = ?')
  const eventByExternalId = db.prepare('SELECT id, type FROM events WHERE account_id = ? AND external_id = ?')
  /** A webhook that was drained and disabled gets new deliveries by tests and replays; they must be found again. */
  const undrain = db.prepare(
    "UPDATE webhooks SET drained = 0 WHERE id = ? AND drained = 1 AND status IN ('disabled', 'deleted')",
  )
  const lineOf = db.prepare(
    `SELECT 1 FROM unsettled_deliveries
     WHERE webhook_id = ? AND record_kind = ? AND record_id = ? AND purpose = 'event' LIMIT 1`,
  )
  return {
    async versions(accountIds) {
      const versions = new Map<string, { config_version: number; schema_version: number }>()
      for (const id of accountIds) {
        const row = versionsOf.get(id) as { config_version: number; schema_version: number } | undefined
        if (row) versions.set(id, row)
      }
      return versions
    },
    records: recordWrites(db, assertInside),
    events: {
      async findExternal(ids) {
        return ids.flatMap(({ account_id, external_id }) => {
          const row = eventByExternalId.get(account_id, external_id) as
            { id: string; type: string } | undefined
          return row ? [{ account_id, external_id, id: row.id, type: row.type }] : []
        })
      },
      async insert(events) {
        assertInside()
        const tally = startTally()
        for (const recorded of events) {
          inserts.event(eventToRow(recorded))
          tally.add(recorded.event.account_id, '', recorded.event.id, 'events')
        }
        inserts.counts(tally)
      },
    },
    deliveries: {
      async lines(keys) {
        const found = keys.filter(({ webhook_id, record }) => lineOf.get(webhook_id, record.kind, record.id))
        return new Set(found.map(lineKey))
      },
      async insert(deliveries) {
        assertInside()
        const webhookIds = new Set<string>()
        const tally = startTally()
        for (const delivery of deliveries) {
          inserts.delivery(deliveryToRow(delivery))
          webhookIds.add(delivery.webhook_id)
          tally.add(delivery.account_id, delivery.webhook_id, delivery.id, 'made')
        }
        inserts.counts(tally)
        for (const id of webhookIds) undrain.run(id)
      },
      cancelStranded: prepareCancelStranded(db, inserts),
    },
    answers: answerWrites(db, inserts, assertInside),
  }
}

function prepareCancelStranded(db: DatabaseSync, inserts: Inserts): DeliveryWrites['cancelStranded'] {
  const toDrain = db.prepare('SELECT id, account_id, status FROM webhooks WHERE drained = 0 ORDER BY id')
  const unsent = db.prepare(
    `SELECT * FROM unsettled_deliveries
     WHERE account_id = ? AND webhook_id = ? AND (state <> 'sending' OR due_at <= ?) LIMIT ?`,
  )
  const remove = db.prepare('DELETE FROM unsettled_deliveries WHERE id = ?')
  const drained = db.prepare(
    `UPDATE webhooks SET drained = 1 WHERE id = ?1 AND NOT EXISTS
       (SELECT 1 FROM unsettled_deliveries WHERE account_id = ?2 AND webhook_id = ?1)`,
  )
  return async (limit, now, accountId) => {
    let canceled = 0
    const tally = startTally()
    for (const webhook of toDrain.all() as Pick<Row<'webhooks'>, 'id' | 'account_id' | 'status'>[]) {
      if (canceled >= limit) break
      if (accountId !== undefined && webhook.account_id !== accountId) continue
      const reason = webhook.status === 'deleted' ? 'webhook_deleted' : 'webhook_disabled'
      const rows = unsent.all(webhook.account_id, webhook.id, now, limit - canceled)
      for (const row of rows as unknown as Row<'unsettled_deliveries'>[]) {
        remove.run(row.id)
        inserts.settled(settledRow(row, { state: 'canceled', reason, settled_at: now }))
        tally.add(row.account_id, row.webhook_id, row.id, 'canceled')
      }
      canceled += rows.length
      // Those under a live lease may yet come back to wait; the webhook is looked at until none is left.
      drained.run(webhook.id, webhook.account_id)
    }
    inserts.counts(tally)
    return canceled
  }
}

function answerWrites(db: DatabaseSync, inserts: Inserts, assertInside: () => void): AnswerWrites {
  const answerByKey: StatementSync = db.prepare(
    'SELECT * FROM answers WHERE account_id = ? AND token_id = ? AND route = ? AND key = ?',
  )
  const expire = db.prepare(
    `DELETE FROM answers WHERE rowid IN
       (SELECT rowid FROM answers WHERE created_at < ? ORDER BY created_at LIMIT ?)`,
  )
  return {
    async find(keys) {
      return keys.flatMap(({ account_id, token_id, route, key }) => {
        const row = answerByKey.get(account_id, token_id, route, key)
        return row ? [row as unknown as KeptAnswer] : []
      })
    },
    async insert(answers) {
      assertInside()
      for (const answer of answers) inserts.answer({ ...answer })
    },
    async expire(before, limit) {
      return Number(expire.run(before, limit).changes)
    },
  }
}
