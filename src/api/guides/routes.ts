import type { FastifyReply, FastifyRequest } from 'fastify'
import { Problem } from '../../model/index.ts'
import type { Api } from '../context.ts'
import { sendStaticPage, type StaticPage, staticPage } from '../static-page.ts'
import { contentsName, type Guide, type Guides, readGuides } from './guides.ts'
import { guidePage, guidePagePolicy, type Reader } from './page.ts'
import { acceptedLanguage, askedLanguage } from './reader-language.ts'

/** The guides as pages, open to everybody: who looks for help may not have signed in yet. */
export function guideRoutes(api: Api): void {
  let guides: Guides | undefined
  // As many as there are guides, languages, and addresses with or without a language.
  const pages = new Map<string, StaticPage>()

  const pageOf = (all: Guides, guide: Guide, reader: Reader): StaticPage => {
    const key = `${guide.name} ${reader.language} ${reader.isAsked}`
    const page = pages.get(key) ?? staticPage(guidePage(all, guide, reader), guidePagePolicy)
    pages.set(key, page)
    return page
  }

  const answer = (request: FastifyRequest, reply: FastifyReply, name: string) => {
    guides ??= readGuides()
    const guide = guides.get(name)
    if (!guide) throw new Problem('not_found', `There is no guide "${name}". GET /docs/guide lists them.`)
    const asked = askedLanguage(request.query)
    const language = asked ?? acceptedLanguage(request.headers['accept-language'])
    reply.header('vary', 'accept-language')
    return sendStaticPage(request, reply, pageOf(guides, guide, { language, isAsked: asked !== null }))
  }

  api.get('/docs/guide', { schema: { hide: true } }, (request, reply) => answer(request, reply, contentsName))

  api.get<{ Params: { name: string } }>('/docs/guide/:name', { schema: { hide: true } }, (request, reply) =>
    answer(request, reply, request.params.name || contentsName),
  )
}
