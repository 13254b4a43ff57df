import { Type } from 'typebox'
import { createShareLink, findShared } from '../actions/handout/share-links.ts'
import { notFound, type ShareLink } from '../model/index.ts'
import type { Api, ApiContext } from './context.ts'
import { handoutQuery, handoutShape, readHandout } from './handouts.ts'
import { write } from './idempotency.ts'
import { oneMore, pageOf, readPage } from './pages.ts'
import { answers, idParams, listOf, name, nothing, nullableText, pageQuery, strict, time } from './schemas.ts'
import { iso, isoOrNull } from './times.ts'
import { sceneOf } from './webhook-request.ts'

const linkShape = {
  id: Type.String(),
  webhook_id: Type.String(),
  name: Type.String({ description: 'For whom it was made; may be empty.' }),
  created_at: time,
}

const madeShape = Type.Object({
  ...linkShape,
  url: Type.String({ description: 'Shown this once: only a hash of it is kept.' }),
})
const listedShape = Type.Object({
  ...linkShape,
  last_used_at: nullableText({ description: 'To the minute; null where nobody has opened it.' }),
})

/** A name is all there is to say, and it may be left out with the whole body. */
const input = Type.Unsafe<{ name?: string } | undefined>({
  ...strict({ name: Type.Optional(name) }, { examples: [{ name: 'Agency' }] }),
  type: ['object', 'null'],
})

function show({ id, webhook_id, name: shownName, created_at }: ShareLink) {
  return { id, webhook_id, name: shownName, created_at: iso(created_at) }
}

/** Share links: a webhook's handout for somebody who has no token. */
export function shareLinkRoutes(api: Api, context: ApiContext): void {
  const { store, clock } = context
  const tags = ['Share links']

  api.post(
    '/v1/webhooks/:id/share-links',
    {
      config: { needs: 'manage' },
      schema: {
        tags,
        operationId: 'createShareLink',
        summary: 'Share the handout of a webhook',
        description:
          'Whoever has the address can read the handout, and nothing else, until the link is deleted.',
        params: idParams('id'),
        body: input,
        response: answers({ 201: madeShape }),
      },
    },
    (request, reply) =>
      write(context, request, reply, async (tx) => {
        const scene = sceneOf(context, request, tx)
        const { link, token } = await createShareLink(scene, request.params.id, request.body?.name ?? '')
        const url = `${context.publicUrl()}/shared/${token}`
        return { status: 201, body: { ...show(link), url }, secret: true }
      }),
  )

  api.get(
    '/v1/webhooks/:id/share-links',
    {
      config: { needs: 'read' },
      schema: {
        tags,
        operationId: 'listShareLinks',
        summary: 'List the share links of a webhook',
        description: 'Newest first, without their addresses.',
        params: idParams('id'),
        querystring: strict(pageQuery),
        response: answers({ 200: listOf(listedShape) }),
      },
    },
    async ({ caller, params, query }) => {
      const list = `share-links ${params.id}`
      const page = readPage(query, list)
      if (!(await store.webhooks.get(caller.account_id, params.id))) throw notFound('webhook', params.id)
      const rows = await store.shareLinks.list(caller.account_id, params.id, oneMore(page))
      return pageOf(
        rows,
        page,
        list,
        ({ id }) => id,
        (link) => ({ ...show(link), last_used_at: isoOrNull(link.last_used_at) }),
      )
    },
  )

  api.delete(
    '/v1/webhooks/:id/share-links/:link_id',
    {
      config: { needs: 'manage' },
      schema: {
        tags,
        operationId: 'deleteShareLink',
        summary: 'Delete a share link',
        description: 'Its address shows nothing from then on.',
        params: idParams('id', 'link_id'),
        response: answers({ 204: nothing }),
      },
    },
    (request, reply) =>
      write(context, request, reply, async (tx) => {
        const { id, link_id } = request.params
        const deleted = await tx.shareLinks.delete(request.caller.account_id, id, link_id)
        if (!deleted) throw notFound('share link', link_id)
        return { status: 204 }
      }),
  )

  api.get(
    '/v1/shared/:token',
    {
      schema: {
        tags,
        operationId: 'getShared',
        summary: 'Read a shared handout',
        description: 'Needs no token but the one in the address, which the link shows.',
        params: idParams('token'),
        querystring: handoutQuery,
        response: answers({ 200: handoutShape }),
      },
    },
    async ({ params, query }, reply) => {
      // Before anything can fail: neither answer may be kept, nor the address be told to whom the page links to.
      reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer')
      return readHandout(context, await findShared(store, params.token, clock()), query.language)
    },
  )
}
