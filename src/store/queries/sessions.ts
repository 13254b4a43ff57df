import { sql, type Kysely } from 'kysely'
import type { Schema } from '../schema.ts'
import type { SessionReads, SessionWrites } from '../store.ts'
import { memberFromRow } from './members.ts'

export function sessionReads(db: Kysely<Schema>): SessionReads {
  return {
    async find(hash, now) {
      const row = await db
        .selectFrom('sessions')
        .innerJoin('members', 'members.id', 'sessions.member_id')
        .selectAll('members')
        .select(['sessions.created_at as began_at', 'sessions.seen_at', 'sessions.expires_at'])
        .where('sessions.hash', '=', hash)
        .where('sessions.expires_at', '>', now)
        .executeTakeFirst()
      if (!row) return null
      const { began_at, seen_at, expires_at, ...member } = row
      const session = { hash, member_id: member.id, created_at: began_at, seen_at, expires_at }
      return { session, member: memberFromRow(member) }
    },
  }
}

export function sessionWrites(db: Kysely<Schema>): SessionWrites {
  return {
    ...sessionReads(db),
    async insert(session, keep) {
      const { member_id } = session
      await db.insertInto('sessions').values(session).execute()
      await sql`DELETE FROM sessions WHERE member_id = ${member_id} AND hash NOT IN (
        SELECT hash FROM sessions WHERE member_id = ${member_id}
        ORDER BY CASE WHEN hash = ${session.hash} THEN 0 ELSE 1 END, created_at DESC LIMIT ${keep})`.execute(
        db,
      )
    },
    async touch(hash, now, expiresAt) {
      const touched = await db
        .updateTable('sessions')
        .set({ seen_at: now, expires_at: expiresAt })
        .where('hash', '=', hash)
        .returning('member_id')
        .executeTakeFirst()
      if (!touched) return
      await db.updateTable('members').set({ last_seen_at: now }).where('id', '=', touched.member_id).execute()
    },
    async delete(hash) {
      await db.deleteFrom('sessions').where('hash', '=', hash).execute()
    },
    async deleteOf(memberId, except) {
      let query = db.deleteFrom('sessions').where('member_id', '=', memberId)
      if (except !== null) query = query.where('hash', '<>', except)
      await query.execute()
    },
    async expire(now, limit) {
      const sessions = await sql`DELETE FROM sessions WHERE hash IN (
        SELECT hash FROM sessions WHERE expires_at <= ${now} LIMIT ${limit})`.execute(db)
      const invitations = await sql`DELETE FROM invitations WHERE member_id IN (
        SELECT member_id FROM invitations WHERE expires_at <= ${now} LIMIT ${limit})`.execute(db)
      return Number(sessions.numAffectedRows ?? 0) + Number(invitations.numAffectedRows ?? 0)
    },
  }
}
