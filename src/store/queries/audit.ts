import type { Kysely } from 'kysely'
import { firstIdAt } from '../../runtime/ids.ts'
import type { JsonObject } from '../../model/index.ts'
import type { Schema } from '../schema.ts'
import type { AuditReads, AuditWrites } from '../store.ts'

export function auditReads(db: Kysely<Schema>): AuditReads {
  return {
    async list(accountId, { subject_kind, subject_id, actor, action, since, until }, page) {
      let query = db.selectFrom('audit').selectAll().where('account_id', '=', accountId)
      if (subject_kind !== undefined) query = query.where('subject_kind', '=', subject_kind)
      if (subject_id !== undefined) query = query.where('subject_id', '=', subject_id)
      if (actor !== undefined) query = query.where('actor', '=', actor)
      if (action !== undefined) query = query.where('action', '=', action)
      if (since !== undefined) query = query.where('id', '>=', firstIdAt('aud', since))
      if (until !== undefined) query = query.where('id', '<', firstIdAt('aud', until))
      if (page.after !== undefined) query = query.where('id', '<', page.after)
      const rows = await query.orderBy('id', 'desc').limit(page.limit).execute()
      return rows.map((row) => ({ ...row, detail: JSON.parse(row.detail) as JsonObject }))
    },
  }
}

export function auditWrites(db: Kysely<Schema>): AuditWrites {
  return {
    ...auditReads(db),
    async insert(entry) {
      await db
        .insertInto('audit')
        .values({ ...entry, detail: JSON.stringify(entry.detail) })
        .execute()
    },
  }
}
