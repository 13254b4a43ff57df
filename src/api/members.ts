import { Type } from 'typebox'
import { hashToken, newLinkCode } from '../actions/webhooks/secret-text.ts'
import { emailTaken } from '../actions/people/sign-in.ts'
import { type Member, normaliseEmail, notFound, Problem } from '../model/index.ts'
import { newId } from '../runtime/ids.ts'
import type { Transaction } from '../store/store.ts'
import type { Authenticator } from './auth.ts'
import type { Api, ApiContext } from './context.ts'
import { write } from './idempotency.ts'
import { email, inviteShape, memberShape, personName, role, showMember } from './member-schemas.ts'
import { oneMore, pageOf, readPage } from './pages.ts'
import { answers, idParams, listOf, nothing, pageQuery, strict } from './schemas.ts'
import { iso } from './times.ts'

const invitationMs = 7 * 24 * 60 * 60 * 1000

/** Members: the people of an account. */
export function memberRoutes(api: Api, context: ApiContext, authenticator: Authenticator): void {
  const { store, clock } = context
  const tags = ['Members']
  const config = { needs: 'admin' } as const
  const params = idParams('id')

  async function invite(tx: Transaction, { account_id, id }: Pick<Member, 'account_id' | 'id'>) {
    const code = newLinkCode()
    const expires_at = clock() + invitationMs
    await tx.members.invite(account_id, id, { hash: hashToken(code), expires_at })
    return { url: `${context.publicUrl()}/join#${code}`, expires_at: iso(expires_at) }
  }

  api.get(
    '/v1/members',
    {
      config: { needs: 'read' },
      schema: {
        tags,
        operationId: 'listMembers',
        summary: 'List members',
        description: 'Newest first.',
        querystring: strict(pageQuery),
        response: answers({ 200: listOf(memberShape) }),
      },
    },
    async ({ caller, query }) => {
      const page = readPage(query, 'members')
      const rows = await store.members.list(caller.account_id, oneMore(page))
      return pageOf(rows, page, 'members', ({ id }) => id, showMember)
    },
  )

  api.post(
    '/v1/members',
    {
      config,
      schema: {
        tags,
        operationId: 'inviteMember',
        summary: 'Invite a member',
        description:
          'Nothing is sent: give the link of `invite` to the person. It works once, within seven days, and is shown in this answer only. An e-mail belongs to one member of the whole server.',
        body: strict(
          { email, name: Type.Optional(personName), role },
          { examples: [{ email: 'ann@example.com', name: 'Ann', role: 'manager' }] },
        ),
        response: answers({ 201: Type.Object({ ...memberShape.properties, invite: inviteShape }) }),
      },
    },
    (request, reply) =>
      write(context, request, reply, async (tx) => {
        const { body, caller } = request
        const key = normaliseEmail(body.email)
        if (await tx.members.findByEmail(key)) throw emailTaken()
        const now = clock()
        const member: Member = {
          id: newId('mem', now),
          account_id: caller.account_id,
          email: key,
          name: body.name ?? key.split('@', 1)[0]!,
          role: body.role,
          language: null,
          state: 'invited',
          created_at: now,
          last_seen_at: null,
        }
        await tx.members.insert(member, null)
        return {
          status: 201,
          body: { ...showMember(member), invite: await invite(tx, member) },
          secret: true,
        }
      }),
  )

  api.patch(
    '/v1/members/:id',
    {
      config,
      schema: {
        tags,
        operationId: 'updateMember',
        summary: "Change a member's name or role",
        description:
          'Keys that are left out stay. A role is changed at once here, and within two seconds on other processes. The last active owner stays one: 409.',
        params,
        body: strict(
          { name: Type.Optional(personName), role: Type.Optional(role) },
          { examples: [{ role: 'viewer' }] },
        ),
        response: answers({ 200: memberShape }),
      },
    },
    (request, reply) =>
      write(context, request, reply, async (tx) => {
        const { body, caller, params } = request
        if (body.role !== undefined && body.role !== 'owner')
          await keepAnOwner(tx, caller.account_id, params.id)
        await tx.members.update(caller.account_id, params.id, body)
        const member = await tx.members.get(caller.account_id, params.id)
        if (!member) throw notFound('member', params.id)
        return { status: 200, body: showMember(member), afterwards: () => authenticator.forget(params.id) }
      }),
  )

  api.delete(
    '/v1/members/:id',
    {
      config,
      schema: {
        tags,
        operationId: 'deleteMember',
        summary: 'Delete a member',
        description:
          'Sessions and invitations end at once here, and within two seconds on other processes. The last active owner stays: 409.',
        params,
        response: answers({ 204: nothing }),
      },
    },
    (request, reply) =>
      write(context, request, reply, async (tx) => {
        const { id } = request.params
        const { account_id } = request.caller
        await keepAnOwner(tx, account_id, id)
        if (!(await tx.members.delete(account_id, id))) throw notFound('member', id)
        return { status: 204, afterwards: () => authenticator.forget(id) }
      }),
  )

  api.post(
    '/v1/members/:id/invite',
    {
      config,
      schema: {
        tags,
        operationId: 'renewInvitation',
        summary: 'Make a new link for a member',
        description:
          'For somebody who has not joined yet, or forgot the password. The link before stops working; until the new one is used, a password that is set goes on working.',
        params,
        response: answers({ 200: inviteShape }),
      },
    },
    (request, reply) =>
      write(context, request, reply, async (tx) => {
        const { id } = request.params
        const member = await tx.members.get(request.caller.account_id, id)
        if (!member) throw notFound('member', id)
        return { status: 200, body: await invite(tx, member), secret: true }
      }),
  )
}

/** Somebody must be able to let others in. @throws Problem `conflict` where this one is the last who can */
async function keepAnOwner(tx: Transaction, accountId: string, memberId: string): Promise<void> {
  const owners = await tx.members.lockOwners(accountId)
  if (owners.length !== 1 || owners[0] !== memberId) return
  const message = 'This is the last owner who can sign in. Make somebody else an owner first.'
  throw new Problem('conflict', message, { errors: [{ path: 'role', code: 'last_owner', message }] })
}
