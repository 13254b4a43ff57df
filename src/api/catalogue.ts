import { hash } from 'node:crypto'
import { Type } from 'typebox'
import { catalogueIn } from '../catalogue/index.ts'
import type { Language } from '../model/index.ts'
import type { Api, ApiContext } from './context.ts'
import { jsonContentType } from './idempotency.ts'
import { answers, language, strict } from './schemas.ts'

/** What kinds, events, fields, operators, formats and retry policies there are. */
export function catalogueRoutes(api: Api, _context: ApiContext): void {
  // The same for everybody until the program changes, so it is written once per language.
  const written = new Map<Language | undefined, { text: string; etag: string }>()
  const inLanguage = (asked: Language | undefined) => {
    let entry = written.get(asked)
    if (!entry) {
      const text = JSON.stringify(catalogueIn(asked))
      written.set(asked, (entry = { text, etag: `"${hash('sha256', text, 'hex').slice(0, 32)}"` }))
    }
    return entry
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
          'Kinds with their fields, events with aliases and samples, operators, formats with their options, retry policies. ' +
          'Texts come in four languages, or in one with `?language=`. It has an ETag.',
        querystring: strict({ language: Type.Optional(language) }),
        response: answers({
          200: Type.Object({
            kinds: Type.Array(Type.Unsafe({ type: 'object' })),
            events: Type.Array(Type.Unsafe({ type: 'object' })),
            operators: Type.Array(Type.Unsafe({ type: 'object' })),
            formats: Type.Array(Type.Unsafe({ type: 'object' })),
            retry_policies: Type.Array(Type.Unsafe({ type: 'object' })),
          }),
        }),
      },
    },
    ({ query, headers }, reply) => {
      const { text, etag } = inLanguage(query.language)
      reply.header('etag', etag).header('cache-control', 'private, no-cache')
      const known = headers['if-none-match']?.split(',').map((tag) => tag.trim().replace(/^W\//, ''))
      if (known?.includes(etag) || known?.includes('*')) return reply.code(304).send()
      return reply.header('content-type', jsonContentType).send(text)
    },
  )
}
