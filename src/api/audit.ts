import { Type } from 'typebox'
import type { FastifyRequest } from 'fastify'
import type { AuditEntry, JsonObject } from '../model/index.ts'
import { newId } from '../runtime/ids.ts'
import type { Api, ApiContext } from './context.ts'
import { oneMore, pageOf, readPage } from './pages.ts'
import { answers, listOf, pageQuery, strict, time, timeInput } from './schemas.ts'
import { iso, readTime } from './times.ts'

/** What the parts of addresses are called one by one; a part that is not here is called as it stands. */
const subjects: Record<string, string> = {
  account: 'account',
  accounts: 'account',
  deliveries: 'delivery',
  'event-types': 'event_type',
  fields: 'field',
  imports: 'import',
  inspectors: 'inspector',
  kinds: 'kind',
  members: 'member',
  pipelines: 'pipeline',
  records: 'record',
  replays: 'replay',
  sources: 'source',
  tokens: 'token',
  users: 'user',
  webhooks: 'webhook',
}

/** Of what is made now, the id is in the answer; these have one that is more than `id`. */
const keys: Record<string, readonly string[]> = {
  event_type: ['type'],
  field: ['kind', 'name'],
  kind: ['name'],
  pipeline: ['kind', 'id'],
}

/**
 * What is noted of a write that was done: who, by which call, to what; and of its body the names of the keys, never the
 * values, because those may be secrets.
 */
export function auditOf(request: FastifyRequest, answered: unknown, now: number): AuditEntry {
  const { caller, body, params } = request
  const answer = isObject(answered) ? answered : {}
  const { url = '', schema } = request.routeOptions
  const resource = url.split('/')[2] ?? ''
  const kind = subjects[resource] ?? resource
  const detail: JsonObject = {}
  if (isObject(body)) detail['keys'] = Object.keys(body)
  const made = madeUnder(params, answer)
  if (made) detail['id'] = made
  if (typeof answer['version'] === 'number') detail['version'] = answer['version']
  // Names of users and members are people's.
  if (typeof answer['name'] === 'string' && kind !== 'user' && kind !== 'member')
    detail['name'] = answer['name']
  return {
    // An operator's call about no account is about the one that it made.
    account_id: caller.account_id || textOf(answer['id']),
    id: newId('aud', now),
    at: now,
    actor: caller.actor,
    action: operationOf(schema) || `${request.method} ${url}`,
    subject_kind: kind,
    subject_id: subjectId(params, answer, kind) || caller.account_id,
    detail,
  }
}

/** What a call about one thing made or removed beside it: the copy of a webhook, a link to it. */
function madeUnder(params: unknown, answer: Record<string, unknown>): string {
  if (!isObject(params)) return ''
  const { id, link_id } = params
  if (link_id !== undefined) return textOf(link_id)
  return id !== undefined && answer['id'] !== id ? textOf(answer['id']) : ''
}

function subjectId(params: unknown, answer: Record<string, unknown>, kind: string): string {
  const { link_id: _, ...of } = isObject(params) ? params : {}
  const named = Object.values(of).map(textOf)
  if (named.length > 0) return named.join('/')
  return (keys[kind] ?? ['id']).map((key) => textOf(answer[key])).join('/')
}

function operationOf(schema: unknown): string {
  return isObject(schema) ? textOf(schema['operationId']) : ''
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const entryShape = Type.Object({
  id: Type.String(),
  at: time,
  actor: Type.String({ description: '`token tok_…`, `member mem_…`, or `system`.' }),
  action: Type.String({ description: 'The call, by its name in this reference: `updateWebhook`.' }),
  subject: Type.Object({
    kind: Type.String({ description: 'webhook, token, pipeline, record…' }),
    id: Type.String({
      description: 'Its id; of pipelines, fields and records with the kind: `lead/752662`.',
    }),
  }),
  detail: Type.Unsafe({
    type: 'object',
    description:
      'Which keys were sent, the version and name that came of it, and the id of what was made or removed beside the subject. No values.',
  }),
})

function show({ id, at, actor, action, subject_kind, subject_id, detail }: AuditEntry) {
  return { id, at: iso(at), actor, action, subject: { kind: subject_kind, id: subject_id }, detail }
}

/** Audit: who changed what. */
export function auditRoutes(api: Api, { store }: ApiContext): void {
  const filter = Type.Optional(Type.String({ maxLength: 500 }))
  api.get(
    '/v1/audit',
    {
      config: { needs: 'admin' },
      schema: {
        tags: ['Audit'],
        operationId: 'listAudit',
        summary: 'Who changed what',
        description:
          'Newest first. Every change of webhooks, tokens, members, pipelines, fields, users, sources, inspectors and the account, every cancel, ' +
          'replay, import and erasure, noted in the same transaction. Records that callers write are not: their events tell that.',
        querystring: strict({
          subject_kind: filter,
          subject_id: filter,
          actor: filter,
          action: filter,
          since: Type.Optional(timeInput),
          until: Type.Optional(timeInput),
          ...pageQuery,
        }),
        response: answers({ 200: listOf(entryShape) }),
      },
    },
    async ({ caller, query }) => {
      const page = readPage(query, 'audit')
      const { subject_kind, subject_id, actor, action } = query
      const since = readTime(query.since, 'since')
      const until = readTime(query.until, 'until')
      const wanted = { subject_kind, subject_id, actor, action, since, until }
      const rows = await store.audit.list(caller.account_id, wanted, oneMore(page))
      return pageOf(rows, page, 'audit', ({ id }) => id, show)
    },
  )
}
