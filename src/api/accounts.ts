import { Type } from 'typebox'
import { type Account, invalid, notFound, Problem, retentionDaysDefault } from '../model/index.ts'
import { newId } from '../runtime/ids.ts'
import type { Api, ApiContext } from './context.ts'
import { write } from './idempotency.ts'
import { answers, idParams, language, name, nullableText, ownId, strict, time } from './schemas.ts'
import { iso } from './times.ts'

const settings = {
  name: Type.Optional(name),
  subdomain: Type.Optional(
    Type.String({
      maxLength: 63,
      pattern: '^[a-z0-9-]*$',
      description: 'lower-case letters, digits and hyphens.',
    }),
  ),
  time_zone: Type.Optional(Type.String({ maxLength: 64, examples: ['Europe/Warsaw'] })),
  language: Type.Optional(language),
  strict: Type.Optional(
    Type.Boolean({
      description: 'Refuse unknown fields, pipelines, stages and users instead of discovering them.',
    }),
  ),
  retention_days: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 3650,
      description: 'How long events, settled deliveries and other history are kept; 90 unless set.',
    }),
  ),
}

const accountShape = Type.Object({
  id: Type.String(),
  external_id: nullableText({ description: "The operator's own id." }),
  name: Type.String(),
  subdomain: Type.String(),
  time_zone: Type.String(),
  language: Type.String(),
  strict: Type.Boolean(),
  retention_days: Type.Integer(),
  created_at: time,
})

function show({ config_version: _config, schema_version: _schema, created_at, ...shown }: Account) {
  return { ...shown, created_at: iso(created_at) }
}

/** Accounts: made by operators; each is read and changed by its own tokens. */
export function accountRoutes(api: Api, context: ApiContext): void {
  const { store, clock } = context
  const tags = ['Accounts']
  const operator = { needs: 'operator', noAccount: true } as const

  api.post(
    '/v1/accounts',
    {
      config: operator,
      schema: {
        tags,
        operationId: 'createAccount',
        summary: 'Make an account',
        description: 'For operators. From then on the header `Hookline-Account: <external_id>` acts for it.',
        body: strict(
          { external_id: ownId, ...settings },
          { examples: [{ external_id: 'tenant-7', name: 'ACME' }] },
        ),
        response: answers({ 201: accountShape }),
      },
    },
    (request, reply) =>
      write(context, request, reply, async (tx) => {
        const { external_id, ...rest } = request.body
        checkTimeZone(rest.time_zone)
        if (await tx.accounts.findByExternalId(external_id)) {
          throw new Problem('conflict', `There is an account with the external_id "${external_id}" already.`)
        }
        const now = clock()
        const account: Account = {
          id: newId('acc', now),
          external_id,
          name: external_id,
          subdomain: '',
          time_zone: 'UTC',
          language: 'en',
          strict: false,
          retention_days: retentionDaysDefault,
          ...rest,
          config_version: 1,
          schema_version: 1,
          created_at: now,
        }
        await tx.accounts.insert(account)
        return { status: 201, body: show(account) }
      }),
  )

  api.get(
    '/v1/accounts/:external_id',
    {
      config: operator,
      schema: {
        tags,
        operationId: 'getAccountByExternalId',
        summary: "Read an account by the operator's own id",
        params: idParams('external_id'),
        response: answers({ 200: accountShape }),
      },
    },
    async ({ params }) => {
      const account = await store.accounts.findByExternalId(params.external_id)
      if (!account)
        throw new Problem('not_found', `There is no account with the external_id "${params.external_id}".`)
      return show(account)
    },
  )

  api.get(
    '/v1/account',
    {
      config: { needs: 'read' },
      schema: {
        tags,
        operationId: 'getAccount',
        summary: 'Read the account',
        response: answers({ 200: accountShape }),
      },
    },
    async ({ caller }) => {
      const account = await store.accounts.get(caller.account_id)
      if (!account) throw notFound('account', caller.account_id)
      return show(account)
    },
  )

  api.patch(
    '/v1/account',
    {
      config: { needs: 'manage' },
      schema: {
        tags,
        operationId: 'updateAccount',
        summary: 'Change the account',
        description: 'Keys that are left out stay.',
        body: strict(settings, { examples: [{ time_zone: 'Europe/Warsaw', language: 'pl' }] }),
        response: answers({ 200: accountShape }),
      },
    },
    (request, reply) =>
      write(context, request, reply, async (tx) => {
        const { account_id } = request.caller
        checkTimeZone(request.body.time_zone)
        if (Object.keys(request.body).length > 0) await tx.accounts.update(account_id, request.body)
        const account = await tx.accounts.get(account_id)
        if (!account) throw notFound('account', account_id)
        return { status: 200, body: show(account) }
      }),
  )
}

function checkTimeZone(timeZone: string | undefined): void {
  if (timeZone === undefined) return
  try {
    new Intl.DateTimeFormat('en', { timeZone })
  } catch {
    const message = `"${timeZone}" is no time zone. Write one as "Europe/Warsaw" or "UTC".`
    throw invalid([{ path: 'time_zone', code: 'unknown_time_zone', message }])
  }
}
