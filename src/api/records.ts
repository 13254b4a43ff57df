import { randomUUID } from 'node:crypto'
import { type Static, Type } from 'typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { recordView } from '../actions/ingest/record-view.ts'
import { type Fields, notFound } from '../model/index.ts'
import { changedAt } from '../store/store.ts'
import { checkKind } from './check-kind.ts'
import type { Api, ApiContext } from './context.ts'
import { submit } from './ingest-answer.ts'
import { oneMore, pageOf, readPage } from './pages.ts'
import { asOf, fields, fieldsWithId, recordShape, refuseOwnKeys, writtenShape } from './record-schemas.ts'
import { answers, choice, idParams, listOf, pageQuery, strict, timeInput } from './schemas.ts'
import { readTime } from './times.ts'

const writeOptions = strict({
  replace: Type.Optional(
    choice(['true', 'false'], { description: 'true clears every field that is not named.' }),
  ),
  occurred_at: Type.Optional(timeInput),
  as_of: Type.Optional(asOf),
})

/** What `changedAt` writes. */
// oxlint-disable-next-line no-control-regex
const changedAtForm = /^\d{1,15} [^\u0000]+$/

const idFilter = (description: string) => Type.Optional(Type.String({ maxLength: 200, description }))

const listQuery = strict({
  search: Type.Optional(
    Type.String({ maxLength: 200, description: 'Text that a field holds, in any case.' }),
  ),
  pipeline_id: idFilter('Stands in this pipeline.'),
  stage_id: idFilter('Stands on this stage; with `pipeline_id`, since stage ids are unique only within one.'),
  state: Type.Optional(
    Type.String({
      maxLength: 64,
      description: 'The field `state`: active (also where it is empty), archived or discarded.',
    }),
  ),
  owner_id: idFilter('The field `owner_id`.'),
  tag: idFilter('Carries this tag, spelled exactly so.'),
  order: Type.Optional(
    choice(['id', 'updated'] as const, {
      description:
        '`updated`: what changed last comes first. A cursor goes on in the order that it came from.',
    }),
  ),
  ...pageQuery,
})

type WriteQuery = Static<typeof writeOptions>

/** Records: what is written here becomes events. */
export function recordRoutes(api: Api, context: ApiContext): void {
  const { store } = context
  const tags = ['Records']

  const writeRecord = async (
    request: FastifyRequest,
    reply: FastifyReply,
    record: { kind: string; id: string },
    body: Fields,
    query: WriteQuery,
  ) => {
    await checkKind(store, request.caller.account_id, record.kind)
    refuseOwnKeys(body)
    readTime(query.occurred_at, 'occurred_at')
    readTime(query.as_of, 'as_of')
    const replace = query.replace === 'true'
    return submit(context, request, reply, {
      do: 'write',
      record,
      fields: body,
      replace,
      occurred_at: query.occurred_at ?? null,
      as_of: query.as_of ?? null,
      told: null,
    })
  }

  for (const method of ['PUT', 'PATCH'] as const) {
    api.route({
      method,
      url: '/v1/records/:kind/:id',
      config: { needs: 'ingest' },
      schema: {
        tags,
        operationId: method === 'PUT' ? 'putRecord' : 'patchRecord',
        summary:
          method === 'PUT' ? 'Create or change a record' : 'Create or change a record (the same as PUT)',
        description:
          'The body is the fields themselves. Absent fields stay, null clears one; `?replace=true` clears all that are not named. ' +
          'With `?as_of=` an older write changes nothing and is answered `stale: true`. ' +
          'Answered when the record, its events and their deliveries are on disk.',
        params: idParams('kind', 'id'),
        querystring: writeOptions,
        body: fields,
        response: answers({ 200: writtenShape, 201: writtenShape }),
      },
      handler: (request, reply) => {
        const { kind, id } = request.params
        return writeRecord(request, reply, { kind, id }, request.body, request.query)
      },
    })
  }

  api.post(
    '/v1/records/:kind',
    {
      config: { needs: 'ingest' },
      schema: {
        tags,
        operationId: 'createRecord',
        summary: 'Create a record',
        description:
          'Like PUT; the id is `id` in the body, beside the fields, or is made here when it is left out.',
        params: idParams('kind'),
        querystring: writeOptions,
        body: fieldsWithId,
        response: answers({ 200: writtenShape, 201: writtenShape }),
      },
    },
    (request, reply) => {
      const { kind } = request.params
      const { id = randomUUID(), ...body } = request.body
      return writeRecord(request, reply, { kind, id }, body as Fields, request.query)
    },
  )

  api.get(
    '/v1/records/:kind/:id',
    {
      config: { needs: 'read' },
      schema: {
        tags,
        operationId: 'getRecord',
        summary: 'Read a record',
        description: 'Deleted ones too, with `state: "deleted"` and their last fields.',
        params: idParams('kind', 'id'),
        response: answers({ 200: recordShape }),
      },
    },
    async ({ caller, params }) => {
      const record = await store.records.get(caller.account_id, params)
      if (!record) throw notFound(params.kind, params.id)
      return recordView(record)
    },
  )

  api.delete(
    '/v1/records/:kind/:id',
    {
      config: { needs: 'ingest' },
      schema: {
        tags,
        operationId: 'deleteRecord',
        summary: 'Delete a record',
        description: 'Its history stays; the next write restores it.',
        params: idParams('kind', 'id'),
        querystring: strict({ occurred_at: Type.Optional(timeInput), as_of: Type.Optional(asOf) }),
        response: answers({ 200: writtenShape }),
      },
    },
    async (request, reply) => {
      const { kind, id } = request.params
      const { occurred_at = null, as_of = null } = request.query
      await checkKind(store, request.caller.account_id, kind)
      readTime(request.query.occurred_at, 'occurred_at')
      readTime(request.query.as_of, 'as_of')
      return submit(context, request, reply, {
        do: 'delete',
        record: { kind, id },
        occurred_at,
        as_of,
      })
    },
  )

  api.get(
    '/v1/records/:kind',
    {
      config: { needs: 'read' },
      schema: {
        tags,
        operationId: 'listRecords',
        summary: 'List records of a kind',
        description:
          'By id, ascending, unless `order` says otherwise; deleted ones are left out. A record must fit all that is asked for.',
        params: idParams('kind'),
        querystring: listQuery,
        response: answers({ 200: listOf(recordShape) }),
      },
    },
    async ({ caller, params, query }) => {
      await checkKind(store, caller.account_id, params.kind)
      const { limit: _limit, cursor: _cursor, ...filter } = query
      const byChange = filter.order === 'updated'
      const list = byChange ? `records ${params.kind} updated` : `records ${params.kind}`
      const page = byChange ? readPage(query, list, changedAtForm) : readPage(query, list)
      const rows = await store.records.list(caller.account_id, params.kind, filter, oneMore(page))
      return pageOf(rows, page, list, byChange ? changedAt : ({ id }) => id, recordView)
    },
  )
}
