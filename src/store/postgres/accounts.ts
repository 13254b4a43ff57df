import type { Row } from '../rows.ts'
import type { Transaction } from '../store.ts'
import { textArray } from './arrays.ts'
import type { Session, Statement } from './connection.ts'

type Versions = Pick<Row<'accounts'>, 'id' | 'config_version' | 'schema_version'>

const versions: Statement = {
  name: 'accounts_versions',
  text: 'SELECT id, config_version, schema_version FROM accounts WHERE id = ANY ($1::text[])',
}

export async function accountVersions(
  session: Session,
  accountIds: string[],
): ReturnType<Transaction['accounts']['versions']> {
  const { rows } = await session.ask<Versions>(versions, [textArray(accountIds)])
  return new Map(rows.map(({ id, ...rest }) => [id, rest]))
}
