import { type Static, Type } from 'typebox'
import { createWebhook, deleteWebhook, rotateSecret, updateWebhook } from '../actions/webhooks/webhooks.ts'
import { notFound, type SigningSecret, type Webhook } from '../model/index.ts'
import type { Api, ApiContext } from './context.ts'
import { write } from './idempotency.ts'
import { oneMore, pageOf, readNumberedPage, readPage } from './pages.ts'
import { answers, choice, idParams, listOf, nothing, pageQuery, strict, time } from './schemas.ts'
import { healthShape, settingsAnswer, showWebhook, webhookShape } from './show-webhook.ts'
import { iso } from './times.ts'
import { webhookChange, webhookInput } from './webhook-schemas.ts'
import { healthOf, ifMatchHeader, readIfMatch, sceneOf, tagged, tagVersion } from './webhook-request.ts'

const secretShape = Type.Object({
  secret: Type.String({ description: '`whsec_…`, as the Standard Webhooks libraries take it.' }),
  previous: Type.Array(Type.Object({ secret: Type.String(), until: time }), {
    description: 'Older ones that still sign beside it.',
  }),
})

const versionShape = Type.Object({
  version: Type.Integer(),
  status: Type.String(),
  settings: settingsAnswer,
  changed_by: Type.String({ description: '`token tok_…`, `member mem_…` or `system`.' }),
  created_at: time,
})

/** Webhooks: when, if, then; their versions and their secrets. Changes of status are beside, in webhook-status. */
export function webhookRoutes(api: Api, context: ApiContext): void {
  const { store, clock } = context
  const tags = ['Webhooks']
  const read = { needs: 'read' } as const
  const manage = { needs: 'manage' } as const
  const params = idParams('id')

  api.post(
    '/v1/webhooks',
    {
      config: manage,
      schema: {
        tags,
        operationId: 'createWebhook',
        summary: 'Make a webhook',
        description: 'It is active at once. Everything wrong with it is answered together, by path.',
        body: webhookInput,
        response: answers({ 201: tagged(webhookShape) }),
      },
      onSend: tagVersion,
    },
    (request, reply) =>
      write(context, request, reply, async (tx) => {
        const { webhook, notes } = await createWebhook(sceneOf(context, request, tx), request.body)
        return {
          status: 201,
          body: showWebhook(webhook, undefined, notes),
          afterwards: context.worker.nudge,
        }
      }),
  )

  api.get(
    '/v1/webhooks',
    {
      config: read,
      schema: {
        tags,
        operationId: 'listWebhooks',
        summary: 'List webhooks',
        description: 'Newest first, each with its last delivery and its health.',
        querystring: strict({
          status: Type.Optional(
            choice(['active', 'paused', 'disabled', 'failing'] as const, {
              description: '`failing`: active, and its last two attempts or more failed.',
            }),
          ),
          search: Type.Optional(
            Type.String({
              maxLength: 200,
              description: 'A part of the name, the description or the URL, in any case.',
            }),
          ),
          ...pageQuery,
        }),
        response: answers({ 200: listOf(webhookShape) }),
      },
    },
    async ({ caller, query }) => {
      const page = readPage(query, 'webhooks')
      const { status, search } = query
      const filter =
        status === 'failing' ? ({ status: 'active', failing: true, search } as const) : { status, search }
      const rows = await store.webhooks.list(caller.account_id, filter, oneMore(page))
      const health = await store.webhooks.health(
        caller.account_id,
        rows.map(({ id }) => id),
      )
      return pageOf(
        rows,
        page,
        'webhooks',
        ({ id }) => id,
        (webhook) => showWebhook(webhook, health.get(webhook.id)),
      )
    },
  )

  api.get(
    '/v1/webhooks/:id',
    {
      config: read,
      schema: {
        tags,
        operationId: 'getWebhook',
        summary: 'Read a webhook',
        params,
        response: answers({ 200: tagged(webhookShape) }),
      },
      onSend: tagVersion,
    },
    async ({ caller, params }) => {
      const webhook = await find(caller.account_id, params.id)
      return showWebhook(webhook, await healthOf(store, webhook))
    },
  )

  api.patch(
    '/v1/webhooks/:id',
    {
      config: manage,
      schema: {
        tags,
        operationId: 'updateWebhook',
        summary: 'Change a webhook',
        description:
          'Keys that are left out stay, also inside `request` and `delivery`. A secret sent back as •••••••• stays; ' +
          'a URL of another origin clears secrets that are not sent anew.',
        headers: ifMatchHeader,
        params,
        body: webhookChange,
        response: answers({ 200: tagged(webhookShape) }),
      },
      onSend: tagVersion,
    },
    (request, reply) =>
      write(context, request, reply, async (tx) => {
        const scene = sceneOf(context, request, tx)
        const { webhook, notes } = await updateWebhook(
          scene,
          request.params.id,
          request.body,
          readIfMatch(request),
        )
        const health = await healthOf(tx, webhook)
        return {
          status: 200,
          body: showWebhook(webhook, health, notes),
          afterwards: context.worker.nudge,
        }
      }),
  )

  api.delete(
    '/v1/webhooks/:id',
    {
      config: manage,
      schema: {
        tags,
        operationId: 'deleteWebhook',
        summary: 'Delete a webhook',
        description: 'What is unsent is canceled; its share links go, its history stays.',
        headers: ifMatchHeader,
        params,
        response: answers({ 204: nothing }),
      },
    },
    (request, reply) =>
      write(context, request, reply, async (tx) => {
        await deleteWebhook(sceneOf(context, request, tx), request.params.id, readIfMatch(request))
        return { status: 204, afterwards: context.worker.nudge }
      }),
  )

  api.get(
    '/v1/webhooks/:id/versions',
    {
      config: read,
      schema: {
        tags,
        operationId: 'listWebhookVersions',
        summary: 'Read what a webhook was before',
        description: 'Newest first, without secrets; also of a deleted webhook.',
        params,
        querystring: strict(pageQuery),
        response: answers({ 200: listOf(versionShape) }),
      },
    },
    async ({ caller, params, query }) => {
      const list = `versions ${params.id}`
      const page = readNumberedPage(query, list)
      const { after: before } = page
      const rows = await store.webhooks.versions(caller.account_id, params.id, {
        limit: page.limit + 1,
        before,
      })
      if (rows.length === 0 && before === undefined) throw notFound('webhook', params.id)
      return pageOf(
        rows,
        page,
        list,
        ({ version }) => String(version),
        ({ version, status, settings, changed_by, created_at }) => ({
          version,
          status,
          settings,
          changed_by,
          created_at: iso(created_at),
        }),
      )
    },
  )

  api.get(
    '/v1/webhooks/:id/health',
    {
      config: read,
      schema: {
        tags,
        operationId: 'getWebhookHealth',
        summary: 'Read how a webhook has been doing',
        params,
        response: answers({
          200: Type.Object({
            ...healthShape.properties,
            last_delivery: webhookShape.properties.last_delivery,
            status: webhookShape.properties.status,
            status_reason: webhookShape.properties.status_reason,
          }),
        }),
      },
    },
    async ({ caller, params }) => {
      const webhook = await find(caller.account_id, params.id)
      const shown = showWebhook(webhook, await healthOf(store, webhook))
      const { status, status_reason, last_delivery } = shown
      return { status, status_reason, ...shown.health, last_delivery }
    },
  )

  api.get(
    '/v1/webhooks/:id/signing-secret',
    {
      config: manage,
      schema: {
        tags,
        operationId: 'getSigningSecret',
        summary: 'Read the signing secret',
        params,
        response: answers({ 200: secretShape }),
      },
    },
    async ({ caller, params }, reply) => {
      reply.header('cache-control', 'no-store')
      return showSecrets((await find(caller.account_id, params.id)).signing_secrets, clock())
    },
  )

  api.post(
    '/v1/webhooks/:id/rotate-secret',
    {
      config: manage,
      schema: {
        tags,
        operationId: 'rotateSigningSecret',
        summary: 'Replace the signing secret',
        description: 'The old one signs beside the new one for 24 hours, so that receivers can change over.',
        params,
        response: answers({ 200: secretShape }),
      },
    },
    (request, reply) =>
      write(context, request, reply, async (tx) => {
        const webhook = await rotateSecret(sceneOf(context, request, tx), request.params.id)
        return {
          status: 200,
          body: showSecrets(webhook.signing_secrets, clock()),
          secret: true,
          afterwards: context.worker.nudge,
        }
      }),
  )

  async function find(accountId: string, webhookId: string): Promise<Webhook> {
    const webhook = await store.webhooks.get(accountId, webhookId)
    if (!webhook) throw notFound('webhook', webhookId)
    return webhook
  }
}

function showSecrets(secrets: SigningSecret[], now: number): Static<typeof secretShape> {
  const [newest, ...older] = secrets
  return {
    secret: newest!.secret,
    previous: older.flatMap(({ secret, until }) =>
      until !== null && until > now ? [{ secret, until: iso(until) }] : [],
    ),
  }
}
