import { type Static, Type } from 'typebox'
import type { Change } from '../actions/ingest/change.ts'
import { invalid, Problem } from '../model/index.ts'
import { joinPath } from './body.ts'
import type { Api, ApiContext } from './context.ts'
import { originOf } from './ingest-answer.ts'
import { jsonContentType, readIdempotencyKey } from './idempotency.ts'
import { problemBody, problemKinds, toProblem } from './problems.ts'
import { asOf, eventsShape, fields, recordShape, refuseOwnKeys, stale } from './record-schemas.ts'
import { answers, kindName, ownId, strict, timeInput } from './schemas.ts'
import { readTime } from './times.ts'

const batchItemsMax = 1000

const batchItem = strict({
  kind: kindName,
  id: ownId,
  fields: Type.Optional(fields),
  replace: Type.Optional(Type.Boolean({ description: 'true clears every field that is not named.' })),
  delete: Type.Optional(Type.Boolean({ description: 'true deletes the record; then without fields.' })),
  occurred_at: Type.Optional(timeInput),
  as_of: Type.Optional(asOf),
})

/** Many writes in one request. */
export function recordBatchRoute(api: Api, context: ApiContext): void {
  api.post(
    '/v1/records/batch',
    {
      config: { needs: 'ingest' },
      schema: {
        tags: ['Records'],
        operationId: 'writeRecords',
        summary: 'Write many records',
        description: `Up to ${batchItemsMax} writes and deletions, applied in their order and answered one by one: one that fails stops no other.`,
        body: strict(
          { items: Type.Array(batchItem, { minItems: 1, maxItems: batchItemsMax }) },
          {
            examples: [
              {
                items: [
                  { kind: 'contact', id: '88', fields: { name: 'Ann Lee', email: 'ann@acme.example' } },
                ],
              },
            ],
          },
        ),
        response: answers({
          200: Type.Object({
            items: Type.Array(
              Type.Object({
                status: Type.Integer(),
                record: Type.Optional(recordShape),
                events: Type.Optional(eventsShape),
                stale,
                problem: Type.Optional(
                  Type.Unsafe({ type: 'object', description: 'A problem, as in other answers.' }),
                ),
              }),
            ),
          }),
        }),
      },
    },
    async (request, reply) => {
      const { caller, body } = request
      const changes = body.items.map((item, index) => changeOf(item, `items[${index}]`))
      const idempotency = readIdempotencyKey(request)
      const origin = { ...originOf(context, request), bulk: true }
      const parts = await Promise.all(
        changes.map(async (change, index) => {
          try {
            const { status_code, body } = await context.ingest.submit({
              account_id: caller.account_id,
              change,
              origin,
              idempotency: idempotency && { ...idempotency, key: `${idempotency.key}#${index}` },
            })
            return `{"status":${status_code},${body.slice(1)}`
          } catch (error) {
            const problem = atItem(toProblem(error, context.log, context.config.bodyBytesMax), index)
            return JSON.stringify({
              status: problemKinds[problem.code].status,
              problem: problemBody(problem),
            })
          }
        }),
      )
      return reply.header('content-type', jsonContentType).send(`{"items":[${parts.join(',')}]}`)
    },
  )
}

function changeOf(item: Static<typeof batchItem>, path: string): Change {
  const record = { kind: item.kind, id: item.id }
  const { occurred_at = null, as_of = null } = item
  readTime(item.occurred_at, `${path}.occurred_at`)
  readTime(item.as_of, `${path}.as_of`)
  if (item.delete) {
    if (item.fields !== undefined || item.replace !== undefined) {
      const message = 'An item that deletes has no fields and no "replace". Make two items of it.'
      throw invalid([{ path: `${path}.delete`, code: 'not_together', message }])
    }
    return { do: 'delete', record, occurred_at, as_of }
  }
  if (item.fields === undefined) {
    throw invalid([
      { path: `${path}.fields`, code: 'required', message: '"fields" is required, or "delete": true.' },
    ])
  }
  refuseOwnKeys(item.fields, `${path}.fields`)
  const { fields: sent, replace = false } = item
  return { do: 'write', record, fields: sent, replace, occurred_at, as_of, told: null }
}

/** Ingest speaks of one record, whose body is its fields; here they stand inside an item. */
function atItem(problem: Problem, index: number): Problem {
  const errors = problem.errors.map((detail) => {
    const inside = detail.path === 'kind' ? 'kind' : joinPath('fields', detail.path).replace(/\.$/, '')
    return { ...detail, path: `items[${index}].${inside}` }
  })
  return new Problem(problem.code, problem.message, { errors, ...retryAfter(problem) })
}

function retryAfter({ retryAfterS }: Problem): { retryAfterS?: number } {
  return retryAfterS === undefined ? {} : { retryAfterS }
}
