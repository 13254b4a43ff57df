import { type Static, Type } from 'typebox'
import { beginImport } from '../actions/import/import.ts'
import { invalid, notFound, Problem, type RecordImport } from '../model/index.ts'
import { checkKind } from './check-kind.ts'
import type { Api, ApiContext } from './context.ts'
import { write } from './idempotency.ts'
import { oneMore, pageOf, readNumberedPage, readPage } from './pages.ts'
import { answers, choice, idParams, kindName, listOf, pageQuery, strict, time } from './schemas.ts'
import { iso } from './times.ts'

const formats = ['ndjson', 'csv'] as const

/** The content types of imports; the server reads them on routes that take files. */
export const fileTypes = ['application/x-ndjson', 'text/csv']

const importShape = Type.Object({
  id: Type.String(),
  kind: Type.String(),
  format: Type.String(),
  fire: Type.Boolean(),
  state: Type.String({ description: '`running`, `done` or `canceled`.' }),
  made_by: Type.String(),
  lines_total: Type.Integer({ description: 'Records in the file.' }),
  lines_done: Type.Integer({ description: 'How many of them are through, be it well or not.' }),
  created: Type.Integer(),
  updated: Type.Integer(),
  unchanged: Type.Integer(),
  failed: Type.Integer({ description: 'Lines that were refused; `/errors` says why.' }),
  events: Type.Integer(),
  created_at: time,
  updated_at: time,
})

const errorShape = Type.Object({
  line: Type.Integer({ description: 'From 1, in what was sent.' }),
  errors: Type.Array(Type.Object({ path: Type.String(), code: Type.String(), message: Type.String() })),
  content: Type.String({ description: 'The line, cut where it is long.' }),
})

function show({
  account_id: _account,
  chunks_total: _total,
  chunks_done: _done,
  ...shown
}: RecordImport): Static<typeof importShape> {
  return { ...shown, created_at: iso(shown.created_at), updated_at: iso(shown.updated_at) }
}

/** Imports: many records of one kind at once, applied in the background. */
export function importRoutes(api: Api, context: ApiContext): void {
  const { store, clock, config } = context
  const tags = ['Imports']
  const read = { needs: 'read' } as const
  const params = idParams('id')

  api.post(
    '/v1/imports',
    {
      bodyLimit: config.importBytesMax,
      config: { needs: 'ingest', takesFiles: true },
      schema: {
        tags,
        operationId: 'createImport',
        summary: 'Import records',
        description:
          'The body is the file: NDJSON (`application/x-ndjson`), one object with `id` and fields per line, or CSV (`text/csv`) ' +
          'whose first row names the columns, `id` among them. It is kept at once and applied in the background, in its order; ' +
          'a line that is refused stops no other. With `fire=false` records change and no events come of it.',
        querystring: strict({
          kind: kindName,
          format: Type.Optional(choice(formats, { description: 'By the content type when left out.' })),
          fire: Type.Optional(choice(['true', 'false'], { description: 'true when left out.' })),
        }),
        consumes: fileTypes,
        body: Type.Unsafe<Buffer>({ description: 'The file.' }),
        response: answers({ 202: importShape }),
      },
    },
    async (request, reply) => {
      const { account_id, actor } = request.caller
      const { kind, fire = 'true', format = formatOf(request.headers['content-type']) } = request.query
      const bytes = request.body
      if (!Buffer.isBuffer(bytes)) {
        const message = `Send the file as the body, with the Content-Type ${fileTypes.join(' or ')}.`
        throw invalid([{ path: '', code: 'required', message }])
      }
      await checkKind(store, account_id, kind)
      return write(context, request, reply, async (tx) => {
        const order = { account_id, kind, format, fire: fire === 'true', by: actor, bytes }
        const recordImport = await beginImport(tx, order, clock())
        return { status: 202, body: show(recordImport), afterwards: context.imports.hurry }
      })
    },
  )

  api.get(
    '/v1/imports',
    {
      config: read,
      schema: {
        tags,
        operationId: 'listImports',
        summary: 'List imports',
        description: 'Newest first.',
        querystring: strict(pageQuery),
        response: answers({ 200: listOf(importShape) }),
      },
    },
    async ({ caller, query }) => {
      const page = readPage(query, 'imports')
      const rows = await store.imports.list(caller.account_id, oneMore(page))
      return pageOf(rows, page, 'imports', ({ id }) => id, show)
    },
  )

  api.get(
    '/v1/imports/:id',
    {
      config: read,
      schema: {
        tags,
        operationId: 'getImport',
        summary: 'Read how far an import is',
        params,
        response: answers({ 200: importShape }),
      },
    },
    async ({ caller, params }) => show(await find(caller.account_id, params.id)),
  )

  api.get(
    '/v1/imports/:id/errors',
    {
      config: read,
      schema: {
        tags,
        operationId: 'listImportErrors',
        summary: 'Read which lines were refused, and why',
        description: 'By line.',
        params,
        querystring: strict(pageQuery),
        response: answers({ 200: listOf(errorShape) }),
      },
    },
    async ({ caller, params, query }) => {
      const { id: importId } = await find(caller.account_id, params.id)
      const list = `import errors ${importId}`
      const page = readNumberedPage(query, list)
      const { limit, after } = page
      const rows = await store.imports.errors(caller.account_id, importId, { limit: limit + 1, after })
      return pageOf(
        rows,
        page,
        list,
        ({ line }) => String(line),
        (row) => row,
      )
    },
  )

  api.post(
    '/v1/imports/:id/cancel',
    {
      config: { needs: 'ingest' },
      schema: {
        tags,
        operationId: 'cancelImport',
        summary: 'Cancel an import',
        description: 'What was applied stays. One that has ended is a conflict.',
        params,
        response: answers({ 200: importShape }),
      },
    },
    (request, reply) =>
      write(context, request, reply, async (tx) => {
        const { account_id } = request.caller
        const { id } = request.params
        const canceled = await tx.imports.cancel(account_id, id, clock())
        const recordImport = await tx.imports.get(account_id, id)
        if (!recordImport) throw notFound('import', id)
        if (!canceled)
          throw new Problem(
            'conflict',
            `This import is ${recordImport.state} already. It cannot be canceled.`,
          )
        return { status: 200, body: show(recordImport) }
      }),
  )

  async function find(accountId: string, importId: string): Promise<RecordImport> {
    const recordImport = await store.imports.get(accountId, importId)
    if (!recordImport) throw notFound('import', importId)
    return recordImport
  }
}

function formatOf(contentType: string | undefined): RecordImport['format'] {
  return contentType?.toLowerCase().startsWith('text/csv') ? 'csv' : 'ndjson'
}
