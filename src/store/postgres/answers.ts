import type { AnswerKey, AnswerWrites, KeptAnswer } from '../store.ts'
import { columnArrays, names, unnest, type Columns } from './arrays.ts'
import type { Session, Statement } from './connection.ts'

const keyColumns: Columns<AnswerKey> = { account_id: 'text', token_id: 'text', route: 'text', key: 'text' }

const answerColumns: Columns<KeptAnswer> = {
  ...keyColumns,
  body_hash: 'text',
  status_code: 'bigint',
  body: 'text',
  created_at: 'bigint',
}

const find: Statement = {
  name: 'answers_find',
  text: `SELECT ${names(answerColumns, 'a')} FROM ${unnest(keyColumns, 'wanted')}
    JOIN answers a ON a.account_id = wanted.account_id AND a.token_id = wanted.token_id
      AND a.route = wanted.route AND a.key = wanted.key`,
}

const insert: Statement = {
  name: 'answers_insert',
  text: `INSERT INTO answers (${names(answerColumns)})
    SELECT ${names(answerColumns)} FROM ${unnest(answerColumns, 'kept')}`,
}

/** By place in the table: the key is four columns wide. */
const expire: Statement = {
  name: 'answers_expire',
  text: `DELETE FROM answers WHERE ctid = ANY (ARRAY(
      SELECT ctid FROM answers WHERE created_at < $1 ORDER BY created_at LIMIT $2 FOR UPDATE SKIP LOCKED
    ))`,
}

export function answerWrites(session: Session): AnswerWrites {
  return {
    async find(keys) {
      if (keys.length === 0) return []
      return (await session.ask<KeptAnswer>(find, columnArrays(keyColumns, keys))).rows
    },
    async insert(answers) {
      if (answers.length === 0) return
      await session.ask(insert, columnArrays(answerColumns, answers))
    },
    async expire(before, limit) {
      return (await session.ask(expire, [before, limit])).count
    },
  }
}
