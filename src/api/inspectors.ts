import { Type } from 'typebox'
import { answerDelayMsMax, checkAnswer, defaultAnswer } from '../actions/inspect/answer.ts'
import { newAddressToken } from '../actions/webhooks/secret-text.ts'
import { type Inspector, type InspectorAnswer, invalid, notFound } from '../model/index.ts'
import { newId } from '../runtime/ids.ts'
import type { Api, ApiContext } from './context.ts'
import { write } from './idempotency.ts'
import { oneMore, pageOf, readPage } from './pages.ts'
import { answers, idParams, listOf, nothing, pageQuery, strict, time } from './schemas.ts'
import { bodyShape, headersShape, showBody } from './show-exchange.ts'
import { iso } from './times.ts'

const answerInput = strict({
  status: Type.Optional(Type.Integer({ minimum: 200, maximum: 599 })),
  delay_ms: Type.Optional(Type.Integer({ minimum: 0, maximum: answerDelayMsMax })),
  headers: Type.Optional(Type.Array(strict({ name: Type.String(), value: Type.String() }))),
  body: Type.Optional(Type.String({ description: 'At most 64 KiB.' })),
})

const input = strict({
  name: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  answer: Type.Optional(answerInput),
})
/** Nothing at all is a fine inspector, so the body may be left out. */
const optionalInput = Type.Unsafe<{ name?: string; answer?: Partial<InspectorAnswer> } | undefined>({
  ...input,
  type: ['object', 'null'],
})

const inspectorShape = Type.Object({
  id: Type.String(),
  name: Type.String(),
  url: Type.String({ description: 'Where it receives, any method, also with a path behind it.' }),
  answer: Type.Object({
    status: Type.Integer(),
    delay_ms: Type.Integer(),
    headers: Type.Array(Type.Object({ name: Type.String(), value: Type.String() })),
    body: Type.String(),
  }),
  created_at: time,
})

const requestShape = Type.Object({
  id: Type.String(),
  at: time,
  method: Type.String(),
  url: Type.String({ description: 'Path and query.' }),
  query: Type.String(),
  headers: headersShape,
  ...bodyShape,
})

/** Inspectors: test addresses that show what they receive. */
export function inspectorRoutes(api: Api, context: ApiContext): void {
  const { store, clock } = context
  const tags = ['Inspectors']
  const read = { needs: 'read' } as const
  const manage = { needs: 'manage' } as const
  const params = idParams('id')

  const show = ({ id, name, token, answer, created_at }: Inspector) => ({
    id,
    name,
    url: `${context.publicUrl()}/i/${token}`,
    answer,
    created_at: iso(created_at),
  })

  api.post(
    '/v1/inspectors',
    {
      config: manage,
      schema: {
        tags,
        operationId: 'createInspector',
        summary: 'Make an inspector',
        description: 'Everything is optional; it answers 200 with an empty body unless told otherwise.',
        body: optionalInput,
        response: answers({ 201: inspectorShape }),
      },
    },
    (request, reply) =>
      write(context, request, reply, async (tx) => {
        const now = clock()
        const { name = 'Inspector', answer } = request.body ?? {}
        const inspector: Inspector = {
          id: newId('ins', now),
          account_id: request.caller.account_id,
          token: newAddressToken(),
          name,
          answer: answerOf(answer, defaultAnswer),
          created_at: now,
        }
        await tx.inspectors.insert(inspector)
        return { status: 201, body: show(inspector) }
      }),
  )

  api.get(
    '/v1/inspectors',
    {
      config: read,
      schema: {
        tags,
        operationId: 'listInspectors',
        summary: 'List inspectors',
        description: 'Newest first.',
        querystring: strict(pageQuery),
        response: answers({ 200: listOf(inspectorShape) }),
      },
    },
    async ({ caller, query }) => {
      const page = readPage(query, 'inspectors')
      const rows = await store.inspectors.list(caller.account_id, oneMore(page))
      return pageOf(rows, page, 'inspectors', ({ id }) => id, show)
    },
  )

  api.get(
    '/v1/inspectors/:id',
    {
      config: read,
      schema: {
        tags,
        operationId: 'getInspector',
        summary: 'Read an inspector',
        params,
        response: answers({ 200: inspectorShape }),
      },
    },
    async ({ caller, params }) => show(await find(caller.account_id, params.id)),
  )

  api.patch(
    '/v1/inspectors/:id',
    {
      config: manage,
      schema: {
        tags,
        operationId: 'updateInspector',
        summary: 'Change an inspector',
        description: 'Keys that are left out stay, also inside `answer`.',
        params,
        body: input,
        response: answers({ 200: inspectorShape }),
      },
    },
    (request, reply) =>
      write(context, request, reply, async (tx) => {
        const { id } = request.params
        const before = await tx.inspectors.get(request.caller.account_id, id)
        if (!before) throw notFound('inspector', id)
        const { name = before.name, answer } = request.body
        const inspector = { ...before, name, answer: answerOf(answer, before.answer) }
        await tx.inspectors.update(inspector)
        return { status: 200, body: show(inspector) }
      }),
  )

  api.delete(
    '/v1/inspectors/:id',
    {
      config: manage,
      schema: {
        tags,
        operationId: 'deleteInspector',
        summary: 'Delete an inspector with what it received',
        params,
        response: answers({ 204: nothing }),
      },
    },
    (request, reply) =>
      write(context, request, reply, async (tx) => {
        const { id } = request.params
        if (!(await tx.inspectors.delete(request.caller.account_id, id))) throw notFound('inspector', id)
        return { status: 204 }
      }),
  )

  api.get(
    '/v1/inspectors/:id/requests',
    {
      config: read,
      schema: {
        tags,
        operationId: 'listInspectorRequests',
        summary: 'Read what an inspector received',
        description: 'Newest first.',
        params,
        querystring: strict(pageQuery),
        response: answers({ 200: listOf(requestShape) }),
      },
    },
    async ({ caller, params, query }) => {
      const { id: inspectorId } = await find(caller.account_id, params.id)
      const list = `requests ${inspectorId}`
      const page = readPage(query, list)
      const rows = await store.inspectors.requests(caller.account_id, inspectorId, oneMore(page))
      return pageOf(
        rows,
        page,
        list,
        ({ id }) => id,
        ({ id, at, method, url, query, headers, body }) => ({
          id,
          at: iso(at),
          method,
          url,
          query,
          headers,
          ...showBody(body),
        }),
      )
    },
  )

  api.delete(
    '/v1/inspectors/:id/requests',
    {
      config: manage,
      schema: {
        tags,
        operationId: 'clearInspectorRequests',
        summary: 'Forget what an inspector received',
        params,
        response: answers({ 204: nothing }),
      },
    },
    (request, reply) =>
      write(context, request, reply, async (tx) => {
        const { id } = request.params
        const { account_id } = request.caller
        if (!(await tx.inspectors.get(account_id, id))) throw notFound('inspector', id)
        await tx.inspectors.clearRequests(account_id, id)
        return { status: 204 }
      }),
  )

  async function find(accountId: string, inspectorId: string): Promise<Inspector> {
    const inspector = await store.inspectors.get(accountId, inspectorId)
    if (!inspector) throw notFound('inspector', inspectorId)
    return inspector
  }
}

function answerOf(sent: Partial<InspectorAnswer> = {}, before: InspectorAnswer): InspectorAnswer {
  const { status, delay_ms, headers, body } = before
  const answer = { status, delay_ms, headers, body, ...sent }
  const problems = checkAnswer(answer)
  if (problems.length > 0) throw invalid(problems)
  return answer
}
