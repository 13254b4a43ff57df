import { Type } from 'typebox'
import { type Language, languages, Problem } from '../model/index.ts'
import type { Authenticator } from './auth.ts'
import type { Api, ApiContext } from './context.ts'
import { addressOf, code, email, password, personName } from './member-schemas.ts'
import { answers, language, nothing, strict } from './schemas.ts'
import { setSessionCookie } from './session-cookie.ts'
import { makeSessionView, sessionShape } from './session-view.ts'

/** Signing in to the console, and what members change about themselves. */
export function sessionRoutes(api: Api, context: ApiContext, authenticator: Authenticator): void {
  const { store, signIn, publicUrl } = context
  const view = makeSessionView(store)
  const tags = ['Members']
  const security: [] = []

  api.get(
    '/v1/session',
    {
      schema: {
        tags,
        operationId: 'getSession',
        summary: 'Who is signed in?',
        description: 'Answers everybody; without a session `member` and `account` are null.',
        security,
        response: answers({ 200: sessionShape }),
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store')
      return view((await authenticator.signedIn(request))?.member ?? null)
    },
  )

  api.post(
    '/v1/session',
    {
      config: { fromConsole: true },
      schema: {
        tags,
        operationId: 'signIn',
        summary: 'Sign in',
        description:
          'Sets the cookie of the session, which ends after seven days without use, and after thirty days. After too many wrong tries for one e-mail or from one address: 429.',
        security,
        body: strict(
          // Of any form: every pair that is wrong is answered alike.
          { email: Type.String({ maxLength: 2000 }), password },
          { examples: [{ email: 'ann@example.com', password: 'correct horse battery' }] },
        ),
        response: answers({ 200: sessionShape }),
      },
    },
    async (request, reply) => {
      const { member, sessionText } = await signIn.withPassword(request.body, addressOf(request.ip))
      setSessionCookie(reply, publicUrl(), sessionText)
      return view(member)
    },
  )

  api.patch(
    '/v1/session',
    {
      config: { needs: 'member' },
      schema: {
        tags,
        operationId: 'updateSession',
        summary: 'Change what you are called, your language or your password',
        description:
          'Keys that are left out stay. `new_password` needs the present one as `password`, and ends your other sessions.',
        security: [{ session: [] }],
        body: strict(
          {
            name: Type.Optional(personName),
            language: Type.Optional(
              Type.Unsafe<Language | null>({
                type: ['string', 'null'],
                enum: [...languages, null],
                description: 'null: the language of the account.',
              }),
            ),
            password: Type.Optional(password),
            new_password: Type.Optional(password),
          },
          { examples: [{ language: 'pl' }] },
        ),
        response: answers({ 200: sessionShape }),
      },
    },
    async ({ caller, body }) => {
      const { signedIn } = caller
      if (!signedIn) throw new Problem('unauthenticated', 'Your session has ended. Sign in again.')
      const member = await signIn.changeSelf({ hash: signedIn.session, member: signedIn.member }, body)
      authenticator.forget(member.id)
      return view(member)
    },
  )

  api.delete(
    '/v1/session',
    {
      config: { fromConsole: true },
      schema: {
        tags,
        operationId: 'signOut',
        summary: 'Sign out',
        description: 'Ends this session, and takes the cookie away. Done also where there was none.',
        security,
        response: answers({ 204: nothing }),
      },
    },
    async (request, reply) => {
      const signedIn = await authenticator.signedIn(request)
      if (signedIn) {
        await store.transaction((tx) => tx.sessions.delete(signedIn.session))
        authenticator.forget(signedIn.member.id)
      }
      setSessionCookie(reply, publicUrl(), null)
      return reply.code(204).send()
    },
  )

  api.post(
    '/v1/setup',
    {
      config: { fromConsole: true },
      schema: {
        tags,
        operationId: 'setUp',
        summary: 'Make the first owner',
        description:
          "With the code of the link that the server prints at each start while nobody of its first account can sign in. Signs in, too: the session's cookie is set.",
        security,
        body: strict({
          code,
          email,
          password,
          name: personName,
          time_zone: Type.Optional(
            Type.String({
              maxLength: 64,
              description:
                "Becomes the account's where that still has the first one, UTC. One that the server does not know is passed over.",
              examples: ['Europe/Warsaw'],
            }),
          ),
          language: Type.Optional(language),
        }),
        response: answers({ 201: sessionShape }),
      },
    },
    async (request, reply) => {
      const { member, sessionText } = await signIn.firstOwner(request.body, addressOf(request.ip))
      setSessionCookie(reply, publicUrl(), sessionText)
      return reply.code(201).send(await view(member))
    },
  )
}
