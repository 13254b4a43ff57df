import { type Static, Type } from 'typebox'
import type { BacktestJob } from '../actions/backtest/backtests.ts'
import { draftWebhook } from '../actions/webhooks/draft-webhook.ts'
import type { WebhookDraft } from '../actions/webhooks/webhook-draft.ts'
import { invalid } from '../model/index.ts'
import type { Api, ApiContext } from './context.ts'
import { answers, idParams, nothing, nullableText, nullableTime, strict, time } from './schemas.ts'
import { webhookShape } from './show-webhook.ts'
import { iso, isoOrNull } from './times.ts'
import { draftInput, draftSceneOf } from './webhook-trial.ts'

const input = strict(
  {
    webhook: draftInput,
    days: Type.Optional(
      Type.Integer({ description: 'How many days back; as many as may be when left out.' }),
    ),
    events: Type.Optional(Type.Integer({ description: 'Only the newest so many events of them.' })),
  },
  {
    examples: [
      {
        webhook: {
          events: ['lead.stage_changed'],
          conditions: { combinator: 'and', rules: [{ field: 'current.price', operator: '>', value: 10000 }] },
        },
        days: 7,
      },
    ],
  },
)

const jobShape = Type.Object({
  id: Type.String(),
  state: Type.String({ description: '`running`, `done` or `failed`.' }),
  progress: Type.Number({ description: 'From 0 to 1.' }),
  since: time,
  until: time,
  started_at: time,
  ended_at: nullableTime,
  failure: nullableText({ description: 'Of a failed one: what went wrong, and what to do.' }),
  result: Type.Unsafe({
    ...Type.Object({
      evaluated: Type.Integer({ description: 'Events looked at.' }),
      fired: Type.Integer({ description: 'How many of them would have been sent.' }),
      reasons: Type.Unsafe({ type: 'object', description: 'How many by reason, as in decisions.' }),
      examples: Type.Array(
        Type.Object({
          event_id: Type.String(),
          type: Type.String(),
          record: Type.Object({ kind: Type.String(), id: Type.String() }),
          received_at: time,
        }),
        { description: 'The newest 20 that would have been sent.' },
      ),
      days: Type.Array(
        Type.Object({ date: Type.String(), evaluated: Type.Integer(), fired: Type.Integer() }),
        { description: "Every day of the span, in the account's time zone, oldest first." },
      ),
      reached: Type.String({
        description:
          'The oldest moment that was looked at: later than `since` where the bound of events was met.',
      }),
    }),
    type: ['object', 'null'],
  }),
})

const startedShape = Type.Object({
  ...jobShape.properties,
  warnings: webhookShape.properties.warnings,
})

const dayMs = 24 * 60 * 60 * 1000

/** A draft over past events: how often it would have fired, and when. */
export function backtestRoutes(api: Api, context: ApiContext): void {
  const { backtests, clock, config } = context
  const tags = ['Webhooks']
  const path = '/v1/webhooks/backtests/:id'

  api.post(
    '/v1/webhooks/backtest',
    {
      config: { needs: 'manage' },
      schema: {
        tags,
        operationId: 'startBacktest',
        summary: 'Try a webhook on the past',
        description:
          'How often a draft would have fired over past events, why not, and on which days. Nothing is sent. It answers at once; ' +
          'how far it is, and its result, are read at `/v1/webhooks/backtests/{id}`, in the process that started it, until newer ones take its place. ' +
          'Limits are counted from the start of the span; status and rate play no part.',
        body: input,
        response: answers({ 202: startedShape }),
      },
    },
    async ({ caller, body }, reply) => {
      const { days, events } = body
      checkBound('days', days, config.backtestDaysMax)
      checkBound('events', events, config.backtestEventsMax)
      const drafted = await draftWebhook(
        draftSceneOf(context, caller.account_id),
        body.webhook as WebhookDraft,
      )
      const until = clock()
      const since = Math.max(0, until - (days ?? config.backtestDaysMax) * dayMs)
      const bounds = { since, until, eventsMax: events ?? config.backtestEventsMax }
      const job = backtests.start(drafted, bounds)
      reply.code(202).header('location', path.replace(':id', job.id))
      return { ...showJob(job), warnings: drafted.warnings }
    },
  )

  api.get(
    path,
    {
      config: { needs: 'manage' },
      schema: {
        tags,
        operationId: 'getBacktest',
        summary: 'Read a backtest',
        params: idParams('id'),
        response: answers({ 200: jobShape }),
      },
    },
    ({ caller, params }) => showJob(backtests.get(caller.account_id, params.id)),
  )

  api.delete(
    path,
    {
      config: { needs: 'manage' },
      schema: {
        tags,
        operationId: 'cancelBacktest',
        summary: 'Stop and forget a backtest',
        params: idParams('id'),
        response: answers({ 204: nothing }),
      },
    },
    ({ caller, params }, reply) => {
      backtests.cancel(caller.account_id, params.id)
      return reply.code(204).send()
    },
  )
}

function checkBound(path: string, value: number | undefined, max: number): void {
  if (value === undefined || (value >= 1 && value <= max)) return
  throw invalid([{ path, code: 'out_of_range', message: `"${path}" must be from 1 to ${max}.` }])
}

function showJob({
  id,
  state,
  progress,
  bounds,
  result,
  started_at,
  ended_at,
  failure,
}: BacktestJob): Static<typeof jobShape> {
  return {
    id,
    state,
    progress,
    since: iso(bounds.since),
    until: iso(bounds.until),
    started_at: iso(started_at),
    ended_at: isoOrNull(ended_at),
    failure,
    result: result && { ...result, reached: iso(result.reached) },
  }
}
