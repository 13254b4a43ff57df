import { Type } from 'typebox'
import { deleteEventType, deleteKind, putEventType, putKind } from '../actions/declare.ts'
import type { FieldInput } from '../actions/webhooks/check-field.ts'
import { type JsonObject, notFound } from '../model/index.ts'
import type { Api, ApiContext } from './context.ts'
import { fieldSettings } from './fields.ts'
import { write } from './idempotency.ts'
import { pageOfAll, readPage } from './pages.ts'
import { answers, idParams, listOf, name, nothing, pageQuery, strict } from './schemas.ts'

const kindInput = strict(
  {
    title: Type.Optional(name),
    capabilities: Type.Optional(
      Type.Array(Type.String({ maxLength: 64 }), {
        maxItems: 50,
        description:
          'What records of it can do; each brings fields and events. `["lifecycle"]` when left out.',
      }),
    ),
    fields: Type.Optional(
      Type.Unsafe<Record<string, FieldInput>>({
        ...Type.Record(Type.String(), strict(fieldSettings)),
        description: 'Its own fields by name, beside those of its capabilities.',
      }),
    ),
  },
  {
    examples: [
      {
        title: 'Subscription',
        capabilities: ['lifecycle', 'staged', 'owned'],
        fields: {
          plan: { title: 'Plan', type: 'choice', choices: ['basic', 'pro'] },
          contact_id: { title: 'Contact', type: 'link', links: 'contact' },
        },
      },
    ],
  },
)

const kindShape = Type.Object({
  name: Type.String(),
  title: Type.String(),
  capabilities: Type.Array(Type.String()),
  fields: Type.Unsafe({ type: 'object' }),
})

const eventTypeInput = strict(
  {
    title: Type.Optional(name),
    sample: Type.Optional(
      Type.Unsafe<JsonObject>({
        type: 'object',
        description: 'What `data` of such an event can look like; its values type what conditions can name.',
      }),
    ),
  },
  { examples: [{ title: 'Webinar attended', sample: { webinar: 'Pricing', minutes: 42 } }] },
)

const eventTypeShape = Type.Object({
  type: Type.String(),
  title: Type.String(),
  sample: Type.Unsafe({ type: 'object' }),
})

/** Kinds and event types of an account's own; built-in ones are in the catalogue. */
export function kindRoutes(api: Api, context: ApiContext): void {
  const { store } = context
  const tags = ['Kinds and event types']
  const read = { needs: 'read' } as const
  const manage = { needs: 'manage' } as const

  api.get(
    '/v1/kinds',
    {
      config: read,
      schema: {
        tags,
        operationId: 'listKinds',
        summary: "List the account's own kinds",
        querystring: strict(pageQuery),
        response: answers({ 200: listOf(kindShape) }),
      },
    },
    async ({ caller, query }) => {
      const page = readPage(query, 'kinds')
      const { kinds } = await store.schema.get(caller.account_id)
      return pageOfAll(kinds, page, 'kinds', (kind) => kind.name)
    },
  )

  api.get(
    '/v1/kinds/:name',
    {
      config: read,
      schema: {
        tags,
        operationId: 'getKind',
        summary: 'Read a kind',
        params: idParams('name'),
        response: answers({ 200: kindShape }),
      },
    },
    async ({ caller, params }) => {
      const { kinds } = await store.schema.get(caller.account_id)
      const kind = kinds.find((one) => one.name === params.name)
      if (!kind) throw notFound('declared kind', params.name)
      return kind
    },
  )

  api.put(
    '/v1/kinds/:name',
    {
      config: manage,
      schema: {
        tags,
        operationId: 'putKind',
        summary: 'Declare or change a kind',
        description:
          'From then on records of it can be written, and webhooks can name its events. A conflict where webhooks name events that it would lose.',
        params: idParams('name'),
        body: kindInput,
        response: answers({ 200: kindShape }),
      },
    },
    (request, reply) =>
      write(context, request, reply, async (tx) => {
        const { account_id } = request.caller
        return { status: 200, body: await putKind(tx, account_id, request.params.name, request.body) }
      }),
  )

  api.delete(
    '/v1/kinds/:name',
    {
      config: manage,
      schema: {
        tags,
        operationId: 'deleteKind',
        summary: 'Delete a kind',
        description:
          'With its pipelines and fields. A conflict while there are records of it, or webhooks, event types or links that name it.',
        params: idParams('name'),
        response: answers({ 204: nothing }),
      },
    },
    (request, reply) =>
      write(context, request, reply, async (tx) => {
        await deleteKind(tx, request.caller.account_id, request.params.name)
        return { status: 204 }
      }),
  )

  api.get(
    '/v1/event-types',
    {
      config: read,
      schema: {
        tags,
        operationId: 'listEventTypes',
        summary: "List the account's own event types",
        querystring: strict(pageQuery),
        response: answers({ 200: listOf(eventTypeShape) }),
      },
    },
    async ({ caller, query }) => {
      const page = readPage(query, 'event types')
      const { event_types } = await store.schema.get(caller.account_id)
      return pageOfAll(event_types, page, 'event types', ({ type }) => type)
    },
  )

  api.get(
    '/v1/event-types/:type',
    {
      config: read,
      schema: {
        tags,
        operationId: 'getEventType',
        summary: 'Read an event type',
        params: idParams('type'),
        response: answers({ 200: eventTypeShape }),
      },
    },
    async ({ caller, params }) => {
      const { event_types } = await store.schema.get(caller.account_id)
      const eventType = event_types.find((one) => one.type === params.type)
      if (!eventType) throw notFound('declared event type', params.type)
      return eventType
    },
  )

  api.put(
    '/v1/event-types/:type',
    {
      config: manage,
      schema: {
        tags,
        operationId: 'putEventType',
        summary: 'Declare or change an event type',
        description:
          'An activity of a kind, `<kind>.<action>`: from then on it can be logged, and webhooks can name it.',
        params: idParams('type'),
        body: eventTypeInput,
        response: answers({ 200: eventTypeShape }),
      },
    },
    (request, reply) =>
      write(context, request, reply, async (tx) => {
        const { account_id } = request.caller
        return { status: 200, body: await putEventType(tx, account_id, request.params.type, request.body) }
      }),
  )

  api.delete(
    '/v1/event-types/:type',
    {
      config: manage,
      schema: {
        tags,
        operationId: 'deleteEventType',
        summary: 'Delete an event type',
        description: 'Events of it stay. A conflict while webhooks name it.',
        params: idParams('type'),
        response: answers({ 204: nothing }),
      },
    },
    (request, reply) =>
      write(context, request, reply, async (tx) => {
        await deleteEventType(tx, request.caller.account_id, request.params.type)
        return { status: 204 }
      }),
  )
}
