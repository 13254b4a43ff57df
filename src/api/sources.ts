import { type Static, Type } from 'typebox'
import { newAddressToken, newSourceSecret } from '../actions/webhooks/secret-text.ts'
import { adapterOf, sourceOptions, visitorToken } from '../actions/sources.ts'
import { type CrmSource, notFound } from '../model/index.ts'
import { newId } from '../runtime/ids.ts'
import type { Caller } from './auth.ts'
import type { Api, ApiContext } from './context.ts'
import { write } from './idempotency.ts'
import { oneMore, pageOf, readPage } from './pages.ts'
import {
  answers,
  choice,
  idParams,
  kindName,
  listOf,
  name,
  nothing,
  nullableText,
  nullableTime,
  ownId,
  pageQuery,
  strict,
  time,
} from './schemas.ts'
import { bodyShape, headersShape, showBody } from './show-exchange.ts'
import { adapter, options } from './source-preview.ts'
import { iso, isoOrNull } from './times.ts'

const sourceInput = strict(
  { adapter, name: Type.Optional(name), options: Type.Optional(options) },
  { examples: [{ adapter: 'amocrm', name: 'Our amoCRM' }] },
)
const sourceChange = strict(
  {
    name: Type.Optional(name),
    options: Type.Optional(options),
    status: Type.Optional(choice(['active', 'disabled'] as const)),
  },
  { examples: [{ status: 'disabled' }] },
)

const sourceShape = Type.Object({
  id: Type.String(),
  adapter: Type.String(),
  name: Type.String(),
  url: nullableText({
    description:
      'Where the other system sends. Whoever knows it may write, so tokens that may only read see null.',
  }),
  token: nullableText({
    description: "The last part of the URL: `data-source` of the site tracker's script.",
  }),
  options: Type.Unsafe({ type: 'object' }),
  status: Type.String({ description: '`active`, or `disabled`: calls are answered 410.' }),
  calls: Type.Integer({ description: 'How many came.' }),
  items: Type.Integer({ description: 'How many records and activities were taken from them.' }),
  problems: Type.Integer({ description: 'How many parts were not understood.' }),
  last_call_at: nullableTime,
  created_at: time,
  updated_at: time,
})

const callShape = Type.Object({
  id: Type.String(),
  at: time,
  method: Type.String(),
  path: Type.String({ description: 'What stood behind the address.' }),
  query: Type.String(),
  headers: headersShape,
  ...bodyShape,
  items: Type.Integer({ description: 'How many records and activities were taken all the same.' }),
  problems: Type.Array(Type.Object({ path: Type.String(), code: Type.String(), message: Type.String() })),
})

/** Sources: addresses that turn the webhooks of other systems into records and activities. */
export function sourceRoutes(api: Api, context: ApiContext): void {
  const { store, clock } = context
  const tags = ['Sources']
  const read = { needs: 'read' } as const
  const manage = { needs: 'manage' } as const
  const params = idParams('id')

  const show = (source: CrmSource, { grants }: Caller): Static<typeof sourceShape> => {
    const { id, adapter, name, token, options, status, calls, items, problems } = source
    const mayWrite = grants.includes('ingest')
    return {
      id,
      adapter,
      name,
      url: mayWrite ? `${context.publicUrl()}/in/${token}` : null,
      token: mayWrite ? token : null,
      options,
      status,
      calls,
      items,
      problems,
      last_call_at: isoOrNull(source.last_call_at),
      created_at: iso(source.created_at),
      updated_at: iso(source.updated_at),
    }
  }

  api.post(
    '/v1/sources',
    {
      config: manage,
      schema: {
        tags,
        operationId: 'createSource',
        summary: 'Make a source',
        description: 'Give its `url` to the other system. It takes calls at once.',
        body: sourceInput,
        response: answers({ 201: sourceShape }),
      },
    },
    (request, reply) =>
      write(context, request, reply, async (tx) => {
        const { body, caller } = request
        const described = adapterOf(body.adapter)
        const now = clock()
        const source: CrmSource = {
          id: newId('src', now),
          account_id: caller.account_id,
          adapter: described.name,
          name: body.name ?? described.title.en,
          token: newAddressToken(),
          secret: newSourceSecret(),
          options: sourceOptions(described, body.options ?? {}),
          status: 'active',
          calls: 0,
          items: 0,
          problems: 0,
          last_call_at: null,
          created_at: now,
          updated_at: now,
        }
        await tx.sources.insert(source)
        return { status: 201, body: show(source, caller) }
      }),
  )

  api.get(
    '/v1/sources',
    {
      config: read,
      schema: {
        tags,
        operationId: 'listSources',
        summary: 'List sources',
        description: 'Newest first.',
        querystring: strict(pageQuery),
        response: answers({ 200: listOf(sourceShape) }),
      },
    },
    async ({ caller, query }) => {
      const page = readPage(query, 'sources')
      const rows = await store.sources.list(caller.account_id, oneMore(page))
      return pageOf(
        rows,
        page,
        'sources',
        ({ id }) => id,
        (source) => show(source, caller),
      )
    },
  )

  api.get(
    '/v1/sources/:id',
    {
      config: read,
      schema: {
        tags,
        operationId: 'getSource',
        summary: 'Read a source',
        params,
        response: answers({ 200: sourceShape }),
      },
    },
    async ({ caller, params }) => show(await find(caller.account_id, params.id), caller),
  )

  api.patch(
    '/v1/sources/:id',
    {
      config: manage,
      schema: {
        tags,
        operationId: 'updateSource',
        summary: 'Change a source',
        description: 'Keys that are left out stay; `options` are replaced as a whole.',
        params,
        body: sourceChange,
        response: answers({ 200: sourceShape }),
      },
    },
    (request, reply) =>
      write(context, request, reply, async (tx) => {
        const { body, caller, params } = request
        const before = await tx.sources.get(caller.account_id, params.id)
        if (!before) throw notFound('source', params.id)
        const { name = before.name, status = before.status } = body
        const options = body.options ? sourceOptions(adapterOf(before.adapter), body.options) : before.options
        const source = { ...before, name, status, options, updated_at: clock() }
        await tx.sources.update(source)
        return { status: 200, body: show(source, caller) }
      }),
  )

  api.delete(
    '/v1/sources/:id',
    {
      config: manage,
      schema: {
        tags,
        operationId: 'deleteSource',
        summary: 'Delete a source with the calls that it kept',
        description: 'Records and events that came by it stay.',
        params,
        response: answers({ 204: nothing }),
      },
    },
    (request, reply) =>
      write(context, request, reply, async (tx) => {
        const { id } = request.params
        if (!(await tx.sources.delete(request.caller.account_id, id))) throw notFound('source', id)
        return { status: 204 }
      }),
  )

  api.get(
    '/v1/sources/:id/calls',
    {
      config: read,
      schema: {
        tags,
        operationId: 'listSourceCalls',
        summary: 'Read the calls that were not understood whole',
        description: 'Newest first. Calls without problems are only counted.',
        params,
        querystring: strict(pageQuery),
        response: answers({ 200: listOf(callShape) }),
      },
    },
    async ({ caller, params, query }) => {
      const { id: sourceId } = await find(caller.account_id, params.id)
      const list = `calls ${sourceId}`
      const page = readPage(query, list)
      const rows = await store.sources.calls(caller.account_id, sourceId, oneMore(page))
      return pageOf(
        rows,
        page,
        list,
        ({ id }) => id,
        ({ source_id: _source, at, body, ...call }) => ({ ...call, at: iso(at), ...showBody(body) }),
      )
    },
  )

  api.post(
    '/v1/sources/:id/visitor-token',
    {
      config: { needs: 'ingest' },
      schema: {
        tags,
        operationId: 'signVisitor',
        summary: 'Sign who a visitor is',
        description:
          'For the site tracker: a token that names a record in a page (`data-visitor`) or in a link (`?hl=`). It does not run out.',
        params,
        body: strict({ kind: kindName, id: ownId }, { examples: [{ kind: 'lead', id: '4831596' }] }),
        response: answers({
          200: Type.Object({
            token: Type.String(),
            script: Type.String({ description: 'The element that the page of this visitor includes.' }),
          }),
        }),
      },
    },
    async ({ caller, params, body }) => {
      const source = await find(caller.account_id, params.id)
      const token = visitorToken(source.secret, body, await store.schema.get(caller.account_id))
      const attributes = `src="${context.publicUrl()}/t.js" data-source="${source.token}" data-visitor="${token}"`
      return { token, script: `<script async ${attributes}></script>` }
    },
  )

  async function find(accountId: string, sourceId: string): Promise<CrmSource> {
    const source = await store.sources.get(accountId, sourceId)
    if (!source) throw notFound('source', sourceId)
    return source
  }
}
