import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import packageJson from '../../package.json' with { type: 'json' }
import { kindsFor, rolesFor } from './auth.ts'
import type { Api } from './context.ts'
import { jsonContentType } from './idempotency.ts'
import type { OpenapiDocument } from './openapi-document.ts'
import { problemKinds } from './problems.ts'
import { referencePage, referencePagePolicy } from './reference-page.ts'
import { problemSchema } from './schemas.ts'
import { sendStaticPage, type StaticPage, staticPage } from './static-page.ts'

const tags = [
  { name: 'Events', description: 'What happened, with why each webhook fired or did not.' },
  { name: 'Records', description: 'Leads, contacts, quotes…: what is written here becomes events.' },
  { name: 'Webhooks', description: 'When (events, scope) if (conditions) then (request).' },
  { name: 'Share links', description: "A webhook's handout for the developer of its receiver." },
  { name: 'Deliveries', description: 'What was sent, how often, and what came back.' },
  { name: 'Replays', description: 'Sending again what was sent, or missed, before.' },
  { name: 'Inspectors', description: 'Test addresses that show what they receive.' },
  { name: 'Sources', description: 'Addresses that take the webhooks of other systems.' },
  { name: 'Imports', description: 'Many records at once, from NDJSON or CSV.' },
  { name: 'Pipelines', description: 'The ordered steps of a kind.' },
  { name: 'Kinds and event types', description: "An account's own kinds of records, and own activities." },
  { name: 'Fields and users', description: "An account's own fields, and the people that own records." },
  {
    name: 'Catalogue',
    description: 'Which kinds, events, fields, operators, formats, presets and sources there are.',
  },
  { name: 'Tokens', description: 'Which programs may do what.' },
  { name: 'Members', description: 'Which people may do what, and how they sign in to the console.' },
  { name: 'Accounts', description: 'Workspaces; everything else belongs to exactly one.' },
  { name: 'Health', description: 'For what watches the server.' },
]

const codes = Object.entries(problemKinds)
  .map(([code, { status, title }]) => `- \`${code}\` (${status}): ${title}`)
  .join('\n')

const description = [
  'Hookline turns what happens in a sales pipeline into webhooks, and says for each event and webhook what was sent and why or why not.',
  'Calls carry `Authorization: Bearer hl_…`. Kinds of tokens nest: operator, admin, manage, then read and ingest. ' +
    'An operator says with `Hookline-Account: <external_id>` which account it acts for.',
  'The console signs in with `POST /v1/session` and a cookie; roles of members are grants as tokens have them: an owner may what `admin` may, ' +
    'a manager what `manage`, a viewer what `read`. With the cookie, all that is not GET must come from the console itself (`Sec-Fetch-Site: same-origin`, or its `Origin`).',
  'A list answers `{items, next_cursor}`; `limit` is 1 to 100. Unknown keys are refused.',
  'Writes take an `Idempotency-Key`: the same request under the same key is done once and answered alike for 24 hours.',
  `Errors are \`application/problem+json\` with a stable \`code\`:\n\n${codes}`,
].join('\n\n')

/** Collects the routes that are added after it. */
export function registerOpenapi(app: FastifyInstance): void {
  app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Hookline', version: packageJson.version, description },
      tags,
      components: {
        securitySchemes: {
          token: { type: 'http', scheme: 'bearer', bearerFormat: 'hl_…' },
          session: {
            type: 'apiKey',
            in: 'cookie',
            name: 'hookline',
            description: 'Of a member who signed in. Over https it is called `__Host-hookline`.',
          },
        },
      },
      security: [{ token: [] }, { session: [] }],
    },
    convertConstToEnum: false,
    transform: ({ schema, url, route }) => {
      const { needs } = route.config ?? {}
      if (!needs) return { schema, url }
      const [kinds, roles] = [kindsFor(needs), rolesFor(needs)]
      const callers = {
        ...(kinds.length > 0 && { 'x-token-kinds': kinds }),
        ...(roles.length > 0 && { 'x-roles': roles }),
      }
      return { schema: { ...schema, ...callers }, url }
    },
  })
}

/** They take no `Idempotency-Key`: of most what they do is kept nowhere, so a key has nothing to be kept with. */
const keepsNothing = new Set([
  'testWebhook',
  'testWebhookDraft',
  'previewWebhook',
  'previewSource',
  'signVisitor',
  'startBacktest',
  'cancelBacktest',
  // What is kept of a key is a hash of the body, and these hold passwords.
  'signIn',
  'updateSession',
  'signOut',
  'setUp',
  'checkInvitation',
  'join',
])
const writingMethods = ['post', 'put', 'patch', 'delete']

/** The document of a server that is ready. What all calls share is named once. */
export function openapiDocument(app: FastifyInstance): OpenapiDocument {
  const document = structuredClone(app.swagger()) as unknown as OpenapiDocument
  document.components['schemas'] = { Problem: problemSchema }
  document.components['responses'] = {
    Problem: {
      description: 'What was wrong, and what to do.',
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    },
  }
  document.components['parameters'] = {
    IdempotencyKey: {
      name: 'Idempotency-Key',
      in: 'header',
      required: false,
      description: '1 to 255 visible ASCII characters. The same request under it is done once.',
      schema: { type: 'string' },
    },
  }
  for (const operations of Object.values(document.paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      if (operation.responses['4XX']) operation.responses['4XX'] = { $ref: '#/components/responses/Problem' }
      if (!writingMethods.includes(method) || keepsNothing.has(operation.operationId ?? '')) continue
      operation.parameters = [
        ...(operation.parameters ?? []),
        { $ref: '#/components/parameters/IdempotencyKey' },
      ]
    }
  }
  // Through JSON, so that nothing but what is written is in it.
  return JSON.parse(JSON.stringify(document)) as OpenapiDocument
}

/** The document and its reference page, open to everybody: they say nothing of any account. */
export function openapiRoutes(api: Api): void {
  let document: string | undefined
  let page: StaticPage | undefined

  api.get('/openapi.json', { schema: { hide: true } }, (_request, reply) => {
    document ??= JSON.stringify(openapiDocument(api as unknown as FastifyInstance))
    return reply.header('content-type', jsonContentType).header('cache-control', 'no-cache').send(document)
  })

  api.get('/docs', { schema: { hide: true } }, (request, reply) => {
    page ??= staticPage(
      referencePage(openapiDocument(api as unknown as FastifyInstance)),
      referencePagePolicy,
    )
    return sendStaticPage(request, reply, page)
  })
}
