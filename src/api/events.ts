import { Type } from 'typebox'
import { explainDecisions } from '../actions/explain.ts'
import { notFound } from '../model/index.ts'
import type { Api, ApiContext } from './context.ts'
import { submit } from './ingest-answer.ts'
import { asItIs, oneMore, pageOf, readPage } from './pages.ts'
import { recordQuery, readRecordQuery } from './record-query.ts'
import {
  answers,
  anyJson,
  idParams,
  listOf,
  nullableText,
  ownId,
  pageQuery,
  strict,
  timeInput,
  values,
} from './schemas.ts'
import { eventShape, listedEventShape, showEvents } from './show-event.ts'
import { readTime } from './times.ts'

export const externalId = Type.Optional(
  Type.String({
    minLength: 1,
    maxLength: 200,
    description: 'Your own id of the event: the same id is accepted once.',
  }),
)

export const eventInput = strict(
  {
    type: Type.String({
      maxLength: 200,
      description: 'A known type, `<kind>.<action>`.',
      examples: ['lead.stage_changed'],
    }),
    record: strict({ kind: Type.String({ maxLength: 64 }), id: ownId }),
    current: Type.Optional(values('The fields after the change.')),
    previous: Type.Optional(values('Every field that changed, with its old value.')),
    data: Type.Optional(values('What the type itself describes, e.g. old and new stage.')),
    occurred_at: Type.Optional(timeInput),
    external_id: externalId,
  },
  {
    examples: [
      {
        type: 'lead.stage_changed',
        record: { kind: 'lead', id: '4831596' },
        current: { pipeline_id: '752662', stage_id: '16203337', price: 12000 },
        previous: { stage_id: '16203334' },
      },
    ],
  },
)

const decisionShape = Type.Object({
  webhook_id: Type.String(),
  webhook_name: Type.String(),
  webhook_version: Type.Integer(),
  verdict: Type.String({ description: '`fired` or `skipped`.' }),
  reason: Type.String({ description: 'not_subscribed, other_stage, entering, condition, disabled…' }),
  failed: Type.Array(
    Type.Object({
      path: Type.String(),
      field: Type.String(),
      operator: Type.String(),
      expected: anyJson,
      seen: anyJson,
    }),
  ),
  delivery_id: nullableText(),
})

/** Events: accepted from systems that derive their own, and read with what was decided about them. */
export function eventRoutes(api: Api, context: ApiContext): void {
  const { store } = context
  const tags = ['Events']

  api.post(
    '/v1/events',
    {
      config: { needs: 'ingest' },
      schema: {
        tags,
        operationId: 'sendEvent',
        summary: 'Send an event',
        description:
          'For systems that derive their own events. It changes no fields of the record. ' +
          'Answered when the event and its deliveries are on disk.',
        body: eventInput,
        response: answers({ 201: eventShape, 200: eventShape }),
      },
    },
    (request, reply) => {
      const { body } = request
      readTime(body.occurred_at, 'occurred_at')
      return submit(context, request, reply, {
        do: 'event',
        type: body.type,
        record: body.record,
        current: body.current ?? {},
        previous: body.previous ?? {},
        data: body.data ?? {},
        occurred_at: body.occurred_at ?? null,
        external_id: body.external_id ?? null,
      })
    },
  )

  api.get(
    '/v1/events',
    {
      config: { needs: 'read' },
      schema: {
        tags,
        operationId: 'listEvents',
        summary: 'List events',
        description: 'Newest first, each with what became of it: `decisions` and `deliveries`.',
        querystring: strict({
          type: Type.Optional(Type.String({ maxLength: 200, description: 'An event type.' })),
          ...recordQuery,
          since: Type.Optional(timeInput),
          until: Type.Optional(timeInput),
          ...pageQuery,
        }),
        response: answers({ 200: listOf(listedEventShape) }),
      },
    },
    async ({ caller, query }) => {
      const page = readPage(query, 'events')
      const filter = {
        type: query.type,
        record: readRecordQuery(query),
        since: readTime(query.since, 'since'),
        until: readTime(query.until, 'until'),
      }
      const { account_id } = caller
      const rows = await store.events.list(account_id, filter, oneMore(page))
      const { items, next_cursor } = pageOf(rows, page, 'events', ({ event }) => event.id, asItIs)
      return { items: await showEvents(store, account_id, items), next_cursor }
    },
  )

  api.get(
    '/v1/events/:id',
    {
      config: { needs: 'read' },
      schema: {
        tags,
        operationId: 'getEvent',
        summary: 'Read an event',
        params: idParams('id'),
        response: answers({ 200: eventShape }),
      },
    },
    async ({ caller, params }) => (await find(caller.account_id, params.id)).event,
  )

  api.get(
    '/v1/events/:id/decisions',
    {
      config: { needs: 'read' },
      schema: {
        tags,
        operationId: 'explainEvent',
        summary: 'Why each webhook fired or did not',
        description:
          'One decision for every webhook that existed when the event was accepted, with the rows of its conditions that did not hold.',
        params: idParams('id'),
        response: answers({ 200: Type.Object({ items: Type.Array(decisionShape) }) }),
      },
    },
    async ({ caller, params }) => {
      const recorded = await find(caller.account_id, params.id)
      return { items: await explainDecisions(store, caller.account_id, recorded) }
    },
  )

  async function find(accountId: string, eventId: string) {
    const recorded = await store.events.get(accountId, eventId)
    if (!recorded) throw notFound('event', eventId)
    return recorded
  }
}
