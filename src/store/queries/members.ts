import { sql, type Kysely } from 'kysely'
import type { Member } from '../../model/index.ts'
import type { Row } from '../rows.ts'
import type { Schema } from '../schema.ts'
import type { MemberReads, MemberWrites } from '../store.ts'

/** Whoever has a password can sign in; the password itself stays behind. */
export function memberFromRow({ password, ...row }: Row<'members'>): Member {
  return {
    ...row,
    role: row.role as Member['role'],
    language: row.language as Member['language'],
    state: password === null ? 'invited' : 'active',
  }
}

export function memberReads(db: Kysely<Schema>): MemberReads {
  const members = () => db.selectFrom('members').selectAll()
  return {
    async get(accountId, memberId) {
      const row = await members()
        .where('id', '=', memberId)
        .where('account_id', '=', accountId)
        .executeTakeFirst()
      return row ? memberFromRow(row) : null
    },
    async list(accountId, page) {
      let query = members().where('account_id', '=', accountId)
      if (page.after !== undefined) query = query.where('id', '<', page.after)
      const rows = await query.orderBy('id', 'desc').limit(page.limit).execute()
      return rows.map(memberFromRow)
    },
    async findByEmail(email) {
      const row = await members().where('email', '=', email).executeTakeFirst()
      return row ? { member: memberFromRow(row), password: row.password } : null
    },
    async anyActive(accountId) {
      const row = await db
        .selectFrom('members')
        .select('id')
        .where('account_id', '=', accountId)
        .where('password', 'is not', null)
        .limit(1)
        .executeTakeFirst()
      return row !== undefined
    },
    async findByInvitation(hash, now) {
      const row = await db
        .selectFrom('members')
        .innerJoin('invitations', 'invitations.member_id', 'members.id')
        .selectAll('members')
        .where('invitations.hash', '=', hash)
        .where('invitations.expires_at', '>', now)
        .executeTakeFirst()
      return row ? memberFromRow(row) : null
    },
    async isSetupCode(hash) {
      const row = await db
        .selectFrom('setup_codes')
        .select('hash')
        .where('hash', '=', hash)
        .executeTakeFirst()
      return row !== undefined
    },
  }
}

export function memberWrites(db: Kysely<Schema>): MemberWrites {
  const reads = memberReads(db)
  return {
    ...reads,
    async insert(member, password) {
      const { id, account_id, email, name, role, language, created_at, last_seen_at } = member
      const row: Row<'members'> = {
        id,
        account_id,
        email,
        name,
        role,
        language,
        password,
        created_at,
        last_seen_at,
      }
      await db.insertInto('members').values(row).execute()
    },
    async update(accountId, memberId, { name, role, language }) {
      // A change of nothing is no statement.
      if (name === undefined && role === undefined && language === undefined)
        return (await reads.get(accountId, memberId)) !== null
      const result = await db
        .updateTable('members')
        .set({
          ...(name === undefined ? {} : { name }),
          ...(role === undefined ? {} : { role }),
          ...(language === undefined ? {} : { language }),
        })
        .where('id', '=', memberId)
        .where('account_id', '=', accountId)
        .executeTakeFirst()
      return result.numUpdatedRows > 0n
    },
    async setPassword(accountId, memberId, password) {
      await db
        .updateTable('members')
        .set({ password })
        .where('id', '=', memberId)
        .where('account_id', '=', accountId)
        .execute()
    },
    async delete(accountId, memberId) {
      const result = await db
        .deleteFrom('members')
        .where('id', '=', memberId)
        .where('account_id', '=', accountId)
        .executeTakeFirst()
      return result.numDeletedRows > 0n
    },
    async lockOwners(accountId) {
      // A write of what is there already locks the rows in both databases, and sees what was committed before it.
      const rows = await db
        .updateTable('members')
        .set({ role: 'owner' })
        .where('account_id', '=', accountId)
        .where('role', '=', 'owner')
        .where('password', 'is not', null)
        .returning('id')
        .execute()
      return rows.map(({ id }) => id)
    },
    async invite(accountId, memberId, { hash, expires_at }) {
      if (!(await reads.get(accountId, memberId))) return
      await db
        .insertInto('invitations')
        .values({ member_id: memberId, hash, expires_at })
        .onConflict((conflict) => conflict.column('member_id').doUpdateSet({ hash, expires_at }))
        .execute()
    },
    async takeInvitation(hash, now) {
      const taken = await db
        .deleteFrom('invitations')
        .where('hash', '=', hash)
        .where('expires_at', '>', now)
        .returning('member_id')
        .executeTakeFirst()
      if (!taken) return null
      const row = await db
        .selectFrom('members')
        .selectAll()
        .where('id', '=', taken.member_id)
        .executeTakeFirst()
      return row ? memberFromRow(row) : null
    },
    async addSetupCode(hash, now, keep) {
      await db.insertInto('setup_codes').values({ hash, made_at: now }).execute()
      await sql`DELETE FROM setup_codes WHERE hash NOT IN (
        SELECT hash FROM setup_codes
        ORDER BY CASE WHEN hash = ${hash} THEN 0 ELSE 1 END, made_at DESC LIMIT ${keep})`.execute(db)
    },
    async takeSetupCodes(hash) {
      const rows = await db.deleteFrom('setup_codes').returning('hash').execute()
      return rows.some((row) => row.hash === hash)
    },
  }
}
