import { sql, type Kysely } from 'kysely'
import type { Schema } from '../schema.ts'
import type { ContentSort, KeptContent } from '../store.ts'

interface Stretch {
  after: string[] | null
  limit: number
}

/** How one sort of content is walked through, and how a row of it is emptied. */
interface Sort {
  read(db: Kysely<Schema>, accountId: string, stretch: Stretch): Promise<KeptContent[]>
  blank(db: Kysely<Schema>, accountId: string, key: string[]): Promise<void>
}

const empty = new Uint8Array()
const eventHeader = 'hookline-event-id'

const sorts: Record<ContentSort, Sort> = {
  inspector_request: {
    async read(db, accountId, { after, limit }) {
      const [inspectorId = '', id = ''] = after ?? []
      const rows = await db
        .selectFrom('inspector_requests')
        .selectAll()
        .where('inspector_id', 'in', ofAccount(db, 'inspectors', accountId))
        .where(sql<boolean>`(inspector_id, id) > (${inspectorId}, ${id})`)
        .orderBy('inspector_id')
        .orderBy('id')
        .limit(limit)
        .execute()
      return rows.map((row) => ({
        key: [row.inspector_id, row.id],
        event_id: headerIn(row.headers, eventHeader),
        text: [row.url, row.headers, textOf(row.body)].join('\n'),
      }))
    },
    async blank(db, _accountId, [inspectorId = '', id = '']) {
      await db
        .updateTable('inspector_requests')
        .set({ url: '/', query: '', headers: '[]', body: empty })
        .where('inspector_id', '=', inspectorId)
        .where('id', '=', id)
        .execute()
    },
  },
  source_call: {
    async read(db, accountId, { after, limit }) {
      const [sourceId = '', id = ''] = after ?? []
      const rows = await db
        .selectFrom('source_calls')
        .selectAll()
        .where('source_id', 'in', ofAccount(db, 'sources', accountId))
        .where(sql<boolean>`(source_id, id) > (${sourceId}, ${id})`)
        .orderBy('source_id')
        .orderBy('id')
        .limit(limit)
        .execute()
      return rows.map((row) => ({
        key: [row.source_id, row.id],
        event_id: null,
        text: [row.path, row.query, row.headers, row.problems, textOf(row.body)].join('\n'),
      }))
    },
    async blank(db, _accountId, [sourceId = '', id = '']) {
      await db
        .updateTable('source_calls')
        .set({ path: '', query: '', headers: '[]', body: empty, problems: '[]' })
        .where('source_id', '=', sourceId)
        .where('id', '=', id)
        .execute()
    },
  },
  import_error: {
    async read(db, accountId, { after, limit }) {
      const [importId = '', line = '0'] = after ?? []
      const rows = await db
        .selectFrom('import_errors')
        .selectAll()
        .where('import_id', 'in', ofAccount(db, 'imports', accountId))
        .where(sql<boolean>`(import_id, line) > (${importId}, ${Number(line)})`)
        .orderBy('import_id')
        .orderBy('line')
        .limit(limit)
        .execute()
      return rows.map((row) => ({
        key: [row.import_id, String(row.line)],
        event_id: null,
        text: `${row.content}\n${row.errors}`,
      }))
    },
    async blank(db, _accountId, [importId = '', line = '0']) {
      await db
        .updateTable('import_errors')
        .set({ content: '', errors: '[]' })
        .where('import_id', '=', importId)
        .where('line', '=', Number(line))
        .execute()
    },
  },
  answer: {
    async read(db, accountId, { after, limit }) {
      const [tokenId = '', route = '', key = ''] = after ?? []
      const rows = await db
        .selectFrom('answers')
        .select(['token_id', 'route', 'key', 'body'])
        .where('account_id', '=', accountId)
        .where(sql<boolean>`(token_id, route, key) > (${tokenId}, ${route}, ${key})`)
        .orderBy('token_id')
        .orderBy('route')
        .orderBy('key')
        .limit(limit)
        .execute()
      return rows.map((row) => ({
        key: [row.token_id, row.route, row.key],
        event_id: null,
        text: row.body ?? '',
      }))
    },
    async blank(db, accountId, [tokenId = '', route = '', key = '']) {
      await db
        .updateTable('answers')
        .set({ body: null })
        .where('account_id', '=', accountId)
        .where('token_id', '=', tokenId)
        .where('route', '=', route)
        .where('key', '=', key)
        .execute()
    },
  },
}

export function readContents(
  db: Kysely<Schema>,
  accountId: string,
  sort: ContentSort,
  stretch: Stretch,
): Promise<KeptContent[]> {
  return sorts[sort].read(db, accountId, stretch)
}

export async function blankContents(
  db: Kysely<Schema>,
  accountId: string,
  sort: ContentSort,
  keys: string[][],
): Promise<void> {
  for (const key of keys) await sorts[sort].blank(db, accountId, key)
}

function ofAccount(db: Kysely<Schema>, table: 'inspectors' | 'sources' | 'imports', accountId: string) {
  return db.selectFrom(table).select('id').where('account_id', '=', accountId)
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
}

function headerIn(headers: string, wanted: string): string | null {
  const found = (JSON.parse(headers) as [string, string][]).find(([name]) => name.toLowerCase() === wanted)
  return found?.[1] ?? null
}
