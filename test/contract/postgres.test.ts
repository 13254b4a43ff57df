import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { openVault } from '../../src/runtime/vault.ts'
import { openPostgres } from '../../src/store/postgres/open.ts'
import { freshDatabase } from '../support/fresh-database.ts'
import { storeContract, type OpenedStore } from './store.ts'

storeContract('postgres', async () => {
  const database = await freshDatabase()
  const vault = openVault(randomBytes(32))
  const open = () => openPostgres({ url: database.url, vault, poolSize: 4 })
  const opened: OpenedStore = {
    store: await open(),
    async reopen() {
      await opened.store.close()
      opened.store = await open()
    },
    raw: () => everything(database.url),
    async dispose() {
      await opened.store.close()
      await database[Symbol.asyncDispose]()
    },
  }
  return opened
})

/** Every column of every row. */
async function everything(url: string): Promise<Uint8Array[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const tables = await client.query<{ name: string }>(
      `SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = current_schema()`,
    )
    const values: Uint8Array[] = []
    for (const { name } of tables.rows) {
      const { rows } = await client.query<unknown[]>({ text: `SELECT * FROM ${name}`, rowMode: 'array' })
      for (const value of rows.flat())
        values.push(Buffer.isBuffer(value) ? value : Buffer.from(String(value)))
    }
    return values
  } finally {
    await client.end()
  }
}
