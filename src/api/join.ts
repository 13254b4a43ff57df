import { Type } from 'typebox'
import type { Authenticator } from './auth.ts'
import type { Api, ApiContext } from './context.ts'
import { addressOf, code, password, personName } from './member-schemas.ts'
import { answers, strict } from './schemas.ts'
import { setSessionCookie } from './session-cookie.ts'
import { makeSessionView, sessionShape } from './session-view.ts'

/** What an invitation's link leads to. */
export function joinRoutes(api: Api, context: ApiContext, authenticator: Authenticator): void {
  const { store, signIn, publicUrl } = context
  const view = makeSessionView(store)
  const tags = ['Members']
  const security: [] = []
  const config = { fromConsole: true }

  api.post(
    '/v1/join/check',
    {
      config,
      schema: {
        tags,
        operationId: 'checkInvitation',
        summary: 'Whom is an invitation for?',
        description: 'Uses nothing up. 403 where the link was used, replaced, or is older than seven days.',
        security,
        body: strict({ code }),
        response: answers({
          200: Type.Object({ email: Type.String(), name: Type.String(), account_name: Type.String() }),
        }),
      },
    },
    async ({ body, ip }) => {
      const { member, account } = await signIn.checkInvitation(body.code, addressOf(ip))
      return { email: member.email, name: member.name, account_name: account.name }
    },
  )

  api.post(
    '/v1/join',
    {
      config,
      schema: {
        tags,
        operationId: 'join',
        summary: 'Set a password by an invitation, and sign in',
        description:
          'Uses the link up, ends the sessions that the member had, and sets the cookie of a new one.',
        security,
        body: strict({ code, password, name: Type.Optional(personName) }),
        response: answers({ 200: sessionShape }),
      },
    },
    async (request, reply) => {
      const { member, sessionText } = await signIn.join(request.body, addressOf(request.ip))
      authenticator.forget(member.id)
      setSessionCookie(reply, publicUrl(), sessionText)
      return view(member)
    },
  )
}
