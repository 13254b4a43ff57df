import { Type } from 'typebox'
import { type CrmUser, notFound, Problem } from '../model/index.ts'
import type { Api, ApiContext } from './context.ts'
import { write } from './idempotency.ts'
import { pageOfAll, readPage } from './pages.ts'
import {
  answers,
  idParams,
  listOf,
  name,
  nothing,
  nullableText,
  ownId,
  pageQuery,
  strict,
} from './schemas.ts'

const example = { name: 'Ann Lee', email: 'ann@acme.example' }
const userInput = strict(
  { name, email: Type.Optional(nullableText({ maxLength: 320 })) },
  { examples: [example] },
)

const userShape = Type.Object({
  id: Type.String(),
  name: Type.String(),
  email: nullableText(),
  origin: Type.String({ description: '`declared`, or `discovered` where a record named it first.' }),
})

/** The people that own records. */
export function userRoutes(api: Api, context: ApiContext): void {
  const { store } = context
  const tags = ['Fields and users']
  const params = idParams('id')

  api.post(
    '/v1/users',
    {
      config: { needs: 'manage' },
      schema: {
        tags,
        operationId: 'createUser',
        summary: 'Name a user',
        body: strict({ id: ownId, ...userInput.properties }, { examples: [{ id: '7', ...example }] }),
        response: answers({ 201: userShape }),
      },
    },
    (request, reply) =>
      write(context, request, reply, async (tx) => {
        const { account_id } = request.caller
        const { id, name, email = null } = request.body
        const { users } = await tx.schema.get(account_id)
        if (users.some((user) => user.id === id && user.origin === 'declared')) {
          throw new Problem('conflict', `There is a user "${id}" already. Use PUT to change it.`)
        }
        const user: CrmUser = { id, name, email, origin: 'declared' }
        await tx.schema.putUsers(account_id, [user])
        return { status: 201, body: user }
      }),
  )

  api.get(
    '/v1/users',
    {
      config: { needs: 'read' },
      schema: {
        tags,
        operationId: 'listUsers',
        summary: 'List users',
        querystring: strict(pageQuery),
        response: answers({ 200: listOf(userShape) }),
      },
    },
    async ({ caller, query }) => {
      const page = readPage(query, 'users')
      const { users } = await store.schema.get(caller.account_id)
      return pageOfAll(users, page, 'users', ({ id }) => id)
    },
  )

  api.get(
    '/v1/users/:id',
    {
      config: { needs: 'read' },
      schema: {
        tags,
        operationId: 'getUser',
        summary: 'Read a user',
        params,
        response: answers({ 200: userShape }),
      },
    },
    async ({ caller, params: { id } }) => {
      const { users } = await store.schema.get(caller.account_id)
      const user = users.find((one) => one.id === id)
      if (!user) throw notFound('user', id)
      return user
    },
  )

  api.put(
    '/v1/users/:id',
    {
      config: { needs: 'manage' },
      schema: {
        tags,
        operationId: 'putUser',
        summary: 'Name or rename a user',
        params,
        body: userInput,
        response: answers({ 200: userShape }),
      },
    },
    (request, reply) =>
      write(context, request, reply, async (tx) => {
        const { name, email = null } = request.body
        const user: CrmUser = { id: request.params.id, name, email, origin: 'declared' }
        await tx.schema.putUsers(request.caller.account_id, [user])
        return { status: 200, body: user }
      }),
  )

  api.delete(
    '/v1/users/:id',
    {
      config: { needs: 'manage' },
      schema: {
        tags,
        operationId: 'deleteUser',
        summary: 'Delete a user',
        description: 'Records keep its id.',
        params,
        response: answers({ 204: nothing }),
      },
    },
    (request, reply) =>
      write(context, request, reply, async (tx) => {
        const { id } = request.params
        if (!(await tx.schema.deleteUser(request.caller.account_id, id))) throw notFound('user', id)
        return { status: 204 }
      }),
  )
}
