import { Type } from 'typebox'
import {
  type Attempt,
  type Delivery,
  type DeliveryState,
  deliveryStates,
  invalid,
  notFound,
  Problem,
} from '../model/index.ts'
import { lookedThroughMax, searchedDeliveriesMax } from '../store/store.ts'
import type { Api, ApiContext } from './context.ts'
import { write } from './idempotency.ts'
import { asItIs, oneMore, pageOf, pageUpTo, readPage } from './pages.ts'
import { recordQuery, readRecordQuery } from './record-query.ts'
import {
  answers,
  choice,
  idParams,
  listOf,
  nullableText,
  pageQuery,
  strict,
  time,
  timeInput,
} from './schemas.ts'
import { deliveryShape, showDeliveries, showDelivery } from './show-delivery.ts'
import { requestShape, responseShape, showRequest, showResponse } from './show-exchange.ts'
import { iso, readTime } from './times.ts'

const attemptShape = Type.Object({
  id: Type.String(),
  number: Type.Integer({ description: 'As the receiver saw it in `hookline-attempt`.' }),
  webhook_version: Type.Integer(),
  outcome: Type.String({ description: '`delivered`, `retry`, `rejected` or `gone`.' }),
  reason: nullableText({ description: 'guard, dns, connect, tls, timeout, reset, status or template.' }),
  detail: nullableText(),
  late: Type.Boolean({ description: 'It ended after its lease, and changed nothing.' }),
  probe: Type.Boolean({
    description:
      "Sent to see whether a receiver that had failed repeatedly is back. Where it failed, it is none of the delivery's attempts, and the next one has its number again.",
  }),
  started_at: time,
  duration_ms: Type.Integer(),
  request: requestShape,
  response: responseShape,
})

function showAttempt(attempt: Attempt) {
  const {
    id,
    number,
    webhook_version,
    outcome,
    reason,
    detail,
    late,
    probe,
    started_at,
    duration_ms,
    request,
    response,
  } = attempt
  return {
    id,
    number,
    webhook_version,
    outcome,
    reason,
    detail,
    late,
    probe,
    started_at: iso(started_at),
    duration_ms,
    request: showRequest(request),
    response: showResponse(response),
  }
}

/** Deliveries: what was sent to whom, how often, and what came back. */
export function deliveryRoutes(api: Api, context: ApiContext): void {
  const { store, clock } = context
  const tags = ['Deliveries']
  const params = idParams('id')

  api.get(
    '/v1/deliveries',
    {
      config: { needs: 'read' },
      schema: {
        tags,
        operationId: 'listDeliveries',
        summary: 'List deliveries',
        description:
          'Newest first. With `search` it looks through the list in steps: one call through at most ' +
          `${searchedDeliveriesMax} deliveries that the other filters leave. With \`event_type\`, \`status_code\` or \`sent_again\` it goes through ` +
          `${lookedThroughMax} of each state. ` +
          'So a page can hold fewer items than `limit`, or none, and a `next_cursor` all the same: ' +
          'ask on until it is null.',
        querystring: strict({
          search: Type.Optional(
            Type.String({
              maxLength: 200,
              description:
                "Text, in any case, in the record's id or name, the event type, the webhook's name, the URL, the receiver's answer or the reason of a failure.",
            }),
          ),
          webhook_id: Type.Optional(Type.String({ maxLength: 200 })),
          event_id: Type.Optional(Type.String({ maxLength: 200 })),
          event_type: Type.Optional(Type.String({ maxLength: 200 })),
          ...recordQuery,
          state: Type.Optional(
            Type.Unsafe<string | string[]>({
              type: ['string', 'array'],
              items: { type: 'string' },
              description: `One or more of ${deliveryStates.join(', ')}: separated by commas, or repeated.`,
            }),
          ),
          status_code: Type.Optional(
            Type.String({ pattern: '^[1-5][0-9]{2}$', description: 'Of the last answer, 100 to 599.' }),
          ),
          replay_id: Type.Optional(
            Type.String({ maxLength: 200, description: 'Made by this replay (`rpl_…`).' }),
          ),
          sent_again: Type.Optional(
            choice(['true', 'false'], {
              description:
                'Whether its event went to its webhook once more, by a replay that was made later, whatever became of that. ' +
                'What is not settled counts as not sent again. `state=dead&sent_again=false` is what was given up and is still owed.',
            }),
          ),
          since: Type.Optional(timeInput),
          until: Type.Optional(timeInput),
          ...pageQuery,
        }),
        response: answers({ 200: listOf(deliveryShape) }),
      },
    },
    async ({ caller, query }) => {
      const page = readPage(query, 'deliveries')
      const filter = {
        webhook_id: query.webhook_id,
        event_id: query.event_id,
        event_type: query.event_type,
        record: readRecordQuery(query),
        states: readStates(query.state),
        status_code: query.status_code === undefined ? undefined : Number(query.status_code),
        replay_id: query.replay_id,
        sent_again: query.sent_again === undefined ? undefined : query.sent_again === 'true',
        since: readTime(query.since, 'since'),
        until: readTime(query.until, 'until'),
      }
      const { account_id } = caller
      const shown = async ({ items, next_cursor }: { items: Delivery[]; next_cursor: string | null }) => ({
        items: await showDeliveries(store, account_id, items, clock()),
        next_cursor,
      })
      if (query.search) {
        const { found, next } = await store.deliveries.search(account_id, filter, query.search, page)
        return shown(pageUpTo(found, next, 'deliveries', asItIs))
      }
      const end = await store.deliveries.horizon(account_id, filter, page.after, lookedThroughMax)
      const bounded = end === null ? filter : { ...filter, from_id: end }
      const rows = await store.deliveries.list(account_id, bounded, oneMore(page))
      if (end !== null && rows.length <= page.limit) return shown(pageUpTo(rows, end, 'deliveries', asItIs))
      return shown(pageOf(rows, page, 'deliveries', ({ id }) => id, asItIs))
    },
  )

  api.get(
    '/v1/deliveries/:id',
    {
      config: { needs: 'read' },
      schema: {
        tags,
        operationId: 'getDelivery',
        summary: 'Read a delivery with its attempts',
        params,
        response: answers({
          200: Type.Object({ ...deliveryShape.properties, attempts: Type.Array(attemptShape) }),
        }),
      },
    },
    async ({ caller, params }) => {
      const found = await store.deliveries.get(caller.account_id, params.id)
      if (!found) throw notFound('delivery', params.id)
      const delivery = await showDelivery(store, found, clock())
      const attempts = await store.deliveries.attempts(caller.account_id, params.id)
      return { ...delivery, attempts: attempts.map(showAttempt) }
    },
  )

  api.post(
    '/v1/deliveries/:id/cancel',
    {
      config: { needs: 'manage' },
      schema: {
        tags,
        operationId: 'cancelDelivery',
        summary: 'Cancel a delivery',
        description: 'It is not tried again. One that is settled already is a conflict.',
        params,
        response: answers({ 200: deliveryShape }),
      },
    },
    (request, reply) =>
      write(context, request, reply, async (tx) => {
        const { id } = request.params
        const { account_id } = request.caller
        const canceled = await tx.deliveries.cancel(account_id, id, 'by_user', clock())
        const delivery = await tx.deliveries.get(account_id, id)
        if (!delivery) throw notFound('delivery', id)
        if (!canceled) {
          throw new Problem('conflict', `This delivery is settled already: it is ${delivery.state}.`)
        }
        return { status: 200, body: await showDelivery(tx, delivery, clock()) }
      }),
  )
}

function readStates(sent: string | string[] | undefined): DeliveryState[] | undefined {
  if (sent === undefined) return undefined
  const names = [...new Set([sent].flat().flatMap((part) => part.split(',')))]
  const isState = (name: string): name is DeliveryState =>
    (deliveryStates as readonly string[]).includes(name)
  if (names.every(isState)) return names
  const message = `"state" must be one or more of: ${deliveryStates.join(', ')}.`
  throw invalid([{ path: 'state', code: 'not_a_choice', message }])
}
