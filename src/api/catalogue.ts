import { Type } from 'typebox'
import { catalogueFor } from '../catalogue/index.ts'
import { type Language, notFound } from '../model/index.ts'
import type { Api, ApiContext } from './context.ts'
import { answerUnlessKnown, etagOf } from './etag.ts'
import { jsonContentType } from './idempotency.ts'
import { answers, language, strict } from './schemas.ts'

/** What is kept written, in all accounts and languages together. */
const writtenMax = 50

interface Written {
  text: string
  etag: string
}

/** What kinds, events, fields, operators, formats, retry policies, presets and sources there are in an account. */
export function catalogueRoutes(api: Api, { store }: ApiContext): void {
  // The same until the program or the account's schema changes, so it is written once per language.
  const written = new Map<string, Written>()

  const writtenFor = async (accountId: string, asked: Language | undefined): Promise<Written> => {
    const account = await store.accounts.get(accountId)
    if (!account) throw notFound('account', accountId)
    const key = `${accountId} ${account.schema_version} ${asked ?? ''}`
    const known = written.get(key)
    if (known) return known
    const text = JSON.stringify(catalogueFor(await store.schema.get(accountId), asked))
    const made = { text, etag: etagOf(text) }
    written.set(key, made)
    if (written.size > writtenMax) written.delete(written.keys().next().value!)
    return made
  }

  api.get(
    '/v1/catalogue',
    {
      config: { needs: 'read' },
      schema: {
        tags: ['Catalogue'],
        operationId: 'getCatalogue',
        summary: 'Read what there is',
        description:
          "Capabilities, kinds with their fields, events with aliases and samples, the server's own events, operators, formats " +
          'with their options, retry policies, presets and sources; with what the account has declared or brought itself. ' +
          'A preset names its guide, which is read at `/docs/guide/<guide>`. ' +
          'Texts come in four languages, or in one with `?language=`. It has an ETag.',
        querystring: strict({ language: Type.Optional(language) }),
        response: answers({
          200: Type.Object({
            capabilities: Type.Array(Type.Unsafe({ type: 'object' })),
            kinds: Type.Array(Type.Unsafe({ type: 'object' })),
            events: Type.Array(Type.Unsafe({ type: 'object' })),
            system_events: Type.Array(Type.Unsafe({ type: 'object' })),
            operators: Type.Array(Type.Unsafe({ type: 'object' })),
            formats: Type.Array(Type.Unsafe({ type: 'object' })),
            retry_policies: Type.Array(Type.Unsafe({ type: 'object' })),
            presets: Type.Array(Type.Unsafe({ type: 'object' })),
            sources: Type.Array(Type.Unsafe({ type: 'object' })),
          }),
        }),
      },
    },
    async (request, reply) => {
      const { text, etag } = await writtenFor(request.caller.account_id, request.query.language)
      reply.header('cache-control', 'private, no-cache')
      return answerUnlessKnown(request, reply, etag, () =>
        reply.header('content-type', jsonContentType).send(text),
      )
    },
  )
}
