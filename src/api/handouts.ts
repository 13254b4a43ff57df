import { Type } from 'typebox'
import { type Handout, makeHandout } from '../actions/handout/handout.ts'
import { type Language, languages, notFound, type Webhook } from '../model/index.ts'
import type { Api, ApiContext } from './context.ts'
import { answers, anyJson, choice, idParams, strict } from './schemas.ts'
import { bodyShape, showBody } from './show-exchange.ts'

export const handoutQuery = strict({
  language: Type.Optional(
    choice(languages, { description: "Of titles and sentences; the account's language when left out." }),
  ),
})

export const handoutShape = Type.Object({
  webhook: Type.Object({
    id: Type.String(),
    name: Type.String(),
    description: Type.String(),
    status: Type.String(),
    events: Type.Array(Type.Object({ type: Type.String(), title: Type.String() }), {
      description: 'Every type that it is sent for, patterns resolved.',
    }),
    method: Type.String(),
    url: Type.String({ description: 'With its placeholders; secrets in it are masked.' }),
    format: Type.String(),
    signing: Type.String({ description: '`standard` or `none`.' }),
  }),
  request: Type.Unsafe({
    ...Type.Object({
      method: Type.String(),
      url: Type.String(),
      headers: Type.Array(Type.Object({ name: Type.String(), value: Type.String() })),
      ...bodyShape,
    }),
    type: ['object', 'null'],
    description: 'A sample, secrets masked. null where no sample of its events fits its format.',
  }),
  fields: Type.Array(
    Type.Object({
      path: Type.String({
        description: 'As the receiver reaches it: `data.current.name`, `leads[add][0][id]`.',
      }),
      title: Type.String(),
      example: anyJson,
      note: Type.Optional(Type.String()),
    }),
    { description: 'What each key of the body means; of the query where there is no body.' },
  ),
  curl: Type.String({ description: 'Sends the sample to http://localhost:3000.' }),
  verification: Type.Array(
    Type.Object({
      language: Type.String({ description: '`javascript`, `python`, `php`, `go`.' }),
      title: Type.String(),
      code: Type.String(),
    }),
    { description: 'Code that verifies the signature; empty where requests are not signed.' },
  ),
  expect: Type.Array(Type.String(), {
    description: 'What a receiver must do and be ready for, as sentences.',
  }),
})

function showHandout({ request, ...handout }: Handout) {
  return {
    ...handout,
    request: request && {
      method: request.method,
      url: request.url,
      headers: request.headers.map(([name, value]) => ({ name, value })),
      ...showBody(request.body),
    },
  }
}

/** The handout of a webhook as it is now. */
export async function readHandout(
  { store, clock }: Pick<ApiContext, 'store' | 'clock'>,
  webhook: Webhook,
  language: Language | undefined,
) {
  const [account, schema] = await Promise.all([
    store.accounts.get(webhook.account_id),
    store.schema.get(webhook.account_id),
  ])
  const chosen = language ?? account!.language
  return showHandout(makeHandout(webhook, account!, schema, { language: chosen, now: clock() }))
}

/** Handouts: a webhook told to the developer of its receiver. */
export function handoutRoutes(api: Api, context: ApiContext): void {
  api.get(
    '/v1/webhooks/:id/handout',
    {
      config: { needs: 'read' },
      schema: {
        tags: ['Webhooks'],
        operationId: 'getHandout',
        summary: 'Read what the developer of its receiver needs',
        description:
          'A sample request without secrets, what its keys mean, a curl command, code that verifies signatures, and what to answer. ' +
          'The sample is signed with a secret that is no secret, so that verifying can be tried.',
        params: idParams('id'),
        querystring: handoutQuery,
        response: answers({ 200: handoutShape }),
      },
    },
    async ({ caller, params, query }) => {
      const webhook = await context.store.webhooks.get(caller.account_id, params.id)
      if (!webhook) throw notFound('webhook', params.id)
      return readHandout(context, webhook, query.language)
    },
  )
}
