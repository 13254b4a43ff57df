import { existsSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import type { Token } from '../../model/index.ts'

/**
 * Writes a token into the file beside the server that has it open: the one write that does not go through it, because it
 * is how its operator gets in. SQLite serialises writers of several processes; the server sees it at its next look.
 * @throws Error where there is no database yet
 */
export function addTokenBeside(path: string, token: Token, hash: string): void {
  if (!existsSync(path))
    throw new Error(`There is no database at ${path}. Start the server once, or run: hookline migrate`)
  const db = new DatabaseSync(path, { timeout: 10_000, enableForeignKeyConstraints: true })
  try {
    db.exec('PRAGMA synchronous = FULL')
    db.prepare(
      'INSERT INTO tokens (id, account_id, kind, name, hash, created_at) VALUES (?, ?, ?, ?, ?, ?)',
    ).run(token.id, token.account_id, token.kind, token.name, hash, token.created_at)
  } finally {
    db.close()
  }
}
