import { Type } from 'typebox'
import { hashToken, newToken } from '../actions/webhooks/secret-text.ts'
import { notFound, Problem, type Token } from '../model/index.ts'
import { newId } from '../runtime/ids.ts'
import type { Authenticator } from './auth.ts'
import type { Api, ApiContext } from './context.ts'
import { write } from './idempotency.ts'
import { oneMore, pageOf, readPage } from './pages.ts'
import { answers, choice, idParams, listOf, name, nothing, pageQuery, strict, time } from './schemas.ts'
import { iso } from './times.ts'

/** Operators' tokens are made on the server's own machine only. */
const kinds = ['admin', 'manage', 'read', 'ingest'] as const

const tokenShape = Type.Object({
  id: Type.String(),
  kind: Type.String(),
  name: Type.String(),
  created_at: time,
})

function show({ id, kind, name, created_at }: Token) {
  return { id, kind, name, created_at: iso(created_at) }
}

/** Tokens: who may do what. */
export function tokenRoutes(api: Api, context: ApiContext, authenticator: Authenticator): void {
  const { store, clock } = context
  const tags = ['Tokens']
  const config = { needs: 'admin' } as const

  api.post(
    '/v1/tokens',
    {
      config,
      schema: {
        tags,
        operationId: 'createToken',
        summary: 'Make a token',
        description: 'The token itself is shown in this answer only.',
        body: strict(
          {
            kind: choice(kinds, {
              description:
                '`ingest` writes records and events; `read` reads; `manage` does both and webhooks and the rest; `admin` also tokens.',
            }),
            name,
          },
          { examples: [{ kind: 'ingest', name: 'CRM' }] },
        ),
        response: answers({ 201: Type.Object({ ...tokenShape.properties, token: Type.String() }) }),
      },
    },
    (request, reply) =>
      write(context, request, reply, async (tx) => {
        const { caller, body } = request
        if (!caller.grants.includes(body.kind)) {
          throw new Problem(
            'forbidden',
            `You may not make a token of the kind "${body.kind}": it could do more than you.`,
          )
        }
        const now = clock()
        const text = newToken()
        const token: Token = {
          id: newId('tok', now),
          account_id: caller.account_id,
          kind: body.kind,
          name: body.name,
          created_at: now,
        }
        await tx.tokens.insert(token, hashToken(text))
        return { status: 201, body: { ...show(token), token: text }, secret: true }
      }),
  )

  api.get(
    '/v1/tokens',
    {
      config,
      schema: {
        tags,
        operationId: 'listTokens',
        summary: 'List tokens',
        description: 'Newest first, without the tokens themselves.',
        querystring: strict(pageQuery),
        response: answers({ 200: listOf(tokenShape) }),
      },
    },
    async ({ caller, query }) => {
      const page = readPage(query, 'tokens')
      const rows = await store.tokens.list(caller.account_id, oneMore(page))
      return pageOf(rows, page, 'tokens', ({ id }) => id, show)
    },
  )

  api.delete(
    '/v1/tokens/:id',
    {
      config,
      schema: {
        tags,
        operationId: 'deleteToken',
        summary: 'Delete a token',
        description: 'It stops working at once here, and within two seconds on other processes.',
        params: idParams('id'),
        response: answers({ 204: nothing }),
      },
    },
    (request, reply) =>
      write(context, request, reply, async (tx) => {
        const { id } = request.params
        if (!(await tx.tokens.delete(request.caller.account_id, id))) throw notFound('token', id)
        return { status: 204, afterwards: () => authenticator.forget(id) }
      }),
  )
}
