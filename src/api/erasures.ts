import { Type } from 'typebox'
import { beginErasure } from '../actions/erase/erase.ts'
import { type Erasure, notFound } from '../model/index.ts'
import type { Api, ApiContext } from './context.ts'
import { write } from './idempotency.ts'
import { oneMore, pageOf, readPage } from './pages.ts'
import { answers, idParams, listOf, pageQuery, strict, time } from './schemas.ts'
import { iso } from './times.ts'

const erasureShape = Type.Object({
  id: Type.String(),
  record: Type.Object({ kind: Type.String(), id: Type.String() }),
  state: Type.String({ description: '`running` or `done`.' }),
  phase: Type.String({
    description:
      "What is looked through: the record's `own` events, those of `others`, `contents` that came in, `files`.",
  }),
  events: Type.Integer({ description: "The record's events that were blanked." }),
  snapshots: Type.Integer({ description: 'Events of other records in which it was blanked.' }),
  canceled: Type.Integer({ description: 'Deliveries that were canceled unsent.' }),
  attempts: Type.Integer({ description: 'Attempts whose requests and answers were emptied.' }),
  contents: Type.Integer({
    description:
      "Inspectors' requests, source calls, failed lines of imports and kept answers that were emptied.",
  }),
  traces_left: Type.Boolean({
    description:
      "Fragments may stay in the database's files until it tidies itself: PostgreSQL's vacuum, or VACUUM of a large SQLite file.",
  }),
  made_by: Type.String(),
  created_at: time,
  updated_at: time,
})

function show({ account_id: _account, place: _place, up_to_sequence: _upTo, ...erasure }: Erasure) {
  return { ...erasure, created_at: iso(erasure.created_at), updated_at: iso(erasure.updated_at) }
}

/** Erasures: a record's data blanked wherever it is kept. */
export function erasureRoutes(api: Api, context: ApiContext): void {
  const { store, clock } = context
  const tags = ['Records']
  const config = { needs: 'admin' } as const

  api.post(
    '/v1/records/:kind/:id/erase',
    {
      config,
      schema: {
        tags,
        operationId: 'eraseRecord',
        summary: 'Erase a record',
        description:
          'Empties the record at once, and then, in the background, its events, what other events show of it, the traces of decisions, ' +
          'and what was sent and received. What is unsent is canceled. Ids and outcomes stay. It makes no event, and cannot be undone.',
        params: idParams('kind', 'id'),
        response: answers({ 202: erasureShape }),
      },
    },
    (request, reply) =>
      write(context, request, reply, async (tx) => {
        const { account_id, actor } = request.caller
        const { kind, id } = request.params
        const input = { account_id, record: { kind, id }, by: actor, now: clock() }
        const erasure = await beginErasure(tx, input)
        return { status: 202, body: show(erasure), afterwards: context.erasures.hurry }
      }),
  )

  api.get(
    '/v1/erasures',
    {
      config,
      schema: {
        tags,
        operationId: 'listErasures',
        summary: 'List erasures',
        description: 'Newest first.',
        querystring: strict(pageQuery),
        response: answers({ 200: listOf(erasureShape) }),
      },
    },
    async ({ caller, query }) => {
      const page = readPage(query, 'erasures')
      const rows = await store.erasures.list(caller.account_id, oneMore(page))
      return pageOf(rows, page, 'erasures', ({ id }) => id, show)
    },
  )

  api.get(
    '/v1/erasures/:id',
    {
      config,
      schema: {
        tags,
        operationId: 'getErasure',
        summary: 'Read how far an erasure is',
        params: idParams('id'),
        response: answers({ 200: erasureShape }),
      },
    },
    async ({ caller, params }) => {
      const erasure = await store.erasures.get(caller.account_id, params.id)
      if (!erasure) throw notFound('erasure', params.id)
      return show(erasure)
    },
  )
}
