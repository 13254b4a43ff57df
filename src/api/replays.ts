import { type Static, Type } from 'typebox'
import { replayDelivery, startReplay, type ReplayWish } from '../actions/replay/replays.ts'
import { invalid, notFound, Problem, type ReplayMode, type ReplaySelection } from '../model/index.ts'
import type { Api, ApiContext } from './context.ts'
import { write } from './idempotency.ts'
import { asItIs, oneMore, pageOf, readPage } from './pages.ts'
import { oneInput, replayInput, replayShape, showReplay, showReplays } from './replay-schemas.ts'
import { answers, idParams, listOf, pageQuery, strict } from './schemas.ts'
import { deliveryShape, showDelivery } from './show-delivery.ts'
import { readTime } from './times.ts'

/** Sending again: one delivery at once, many in the background. */
export function replayRoutes(api: Api, context: ApiContext): void {
  const { store, clock } = context
  const tags = ['Replays']
  const manage = { needs: 'manage' } as const
  const read = { needs: 'read' } as const
  const params = idParams('id')

  api.post(
    '/v1/deliveries/:id/replay',
    {
      config: manage,
      schema: {
        tags: ['Deliveries'],
        operationId: 'replayDelivery',
        summary: 'Send a delivery again',
        description:
          'Makes a new delivery of the same event, with a `webhook-id` of its own and all its retries; also of one that was ' +
          'delivered. `attempt_id` names what `bytes` repeats; without it that is the last attempt that has a request.',
        params,
        body: Type.Unsafe<Static<typeof oneInput> | undefined>({
          ...oneInput,
          // An empty request is fine: it stands for no choice.
          type: ['object', 'null'],
        }),
        response: answers({ 201: deliveryShape }),
      },
    },
    (request, reply) => {
      const { caller, body } = request
      context.checkBacklog(caller.account_id)
      const choice = readChoice(body ?? {})
      return write(context, request, reply, async (tx) => {
        const scene = { tx, account_id: caller.account_id, now: clock(), by: caller.actor }
        const delivery = await replayDelivery(scene, request.params.id, choice)
        const body = await showDelivery(tx, delivery, scene.now)
        return { status: 201, body, afterwards: context.worker.nudge }
      })
    },
  )

  api.post(
    '/v1/replays',
    {
      config: manage,
      schema: {
        tags,
        operationId: 'startReplay',
        summary: 'Send many deliveries again',
        description:
          'Of one webhook or all: those that are named, those that the filter finds, or all that a webhook missed. It goes over ' +
          'what was settled when it was started, in the background, and goes on after a restart. An event is sent to a webhook ' +
          'once; one whose replay arrived already, or is under way, is passed over. `filter.sent_again: false` leaves out what was sent ' +
          'again, whatever became of it.',
        body: replayInput,
        response: answers({ 201: replayShape }),
      },
    },
    (request, reply) => {
      const wish = readWish(request.body)
      const { caller } = request
      return write(context, request, reply, async (tx) => {
        const scene = { tx, account_id: caller.account_id, now: clock(), by: caller.actor }
        const replay = await startReplay(scene, wish)
        const body = await showReplay(tx.replays, replay)
        return { status: 201, body, afterwards: context.replays.hurry }
      })
    },
  )

  api.get(
    '/v1/replays',
    {
      config: read,
      schema: {
        tags,
        operationId: 'listReplays',
        summary: 'List replays',
        description: 'Newest first.',
        querystring: strict(pageQuery),
        response: answers({ 200: listOf(replayShape) }),
      },
    },
    async ({ caller, query }) => {
      const page = readPage(query, 'replays')
      const rows = await store.replays.list(caller.account_id, oneMore(page))
      const { items, next_cursor } = pageOf(rows, page, 'replays', ({ id }) => id, asItIs)
      return { items: await showReplays(store.replays, caller.account_id, items), next_cursor }
    },
  )

  api.get(
    '/v1/replays/:id',
    {
      config: read,
      schema: {
        tags,
        operationId: 'getReplay',
        summary: 'Read how far a replay is',
        params,
        response: answers({ 200: replayShape }),
      },
    },
    async ({ caller, params }) => {
      const replay = await store.replays.get(caller.account_id, params.id)
      if (!replay) throw notFound('replay', params.id)
      return showReplay(store.replays, replay)
    },
  )

  api.post(
    '/v1/replays/:id/cancel',
    {
      config: manage,
      schema: {
        tags,
        operationId: 'cancelReplay',
        summary: 'Cancel a replay',
        description:
          'It makes no more deliveries; those that it made are sent. One that has ended is a conflict.',
        params,
        response: answers({ 200: replayShape }),
      },
    },
    (request, reply) =>
      write(context, request, reply, async (tx) => {
        const { account_id } = request.caller
        const canceled = await tx.replays.cancel(account_id, request.params.id, clock())
        const replay = await tx.replays.get(account_id, request.params.id)
        if (!replay) throw notFound('replay', request.params.id)
        if (!canceled) throw new Problem('conflict', `This replay has ended already: it is ${replay.state}.`)
        return { status: 200, body: await showReplay(tx.replays, replay) }
      }),
  )
}

function readChoice({ mode, attempt_id }: Static<typeof oneInput>): {
  mode: ReplayMode
  attemptId: string | undefined
} {
  if (attempt_id === undefined || mode === 'bytes') return { mode: mode ?? 'render', attemptId: attempt_id }
  throw misfit('attempt_id', '"attempt_id" goes with "mode": "bytes".')
}

/** Which of the three ways it is, and that nothing of another stands beside it. */
function readWish({
  webhook_id,
  filter,
  delivery_ids,
  missed,
  mode = 'render',
  pace_per_s,
}: Static<typeof replayInput>): ReplayWish {
  const wish = { webhook_id: webhook_id ?? null, mode, pace_per_s: pace_per_s ?? null }
  const since = readTime(filter?.since, 'filter.since')
  const until = readTime(filter?.until, 'filter.until')
  if (delivery_ids) {
    if (webhook_id !== undefined || filter || missed)
      throw misfit('delivery_ids', '"delivery_ids" stands alone: without webhook_id, filter and missed.')
    return { ...wish, selection: { of: 'deliveries', delivery_ids: [...new Set(delivery_ids)] } }
  }
  if (missed) {
    if (webhook_id === undefined) throw misfit('webhook_id', 'Name the webhook whose misses are to be sent.')
    if (mode === 'bytes')
      throw misfit('mode', 'What was missed was never sent, so it can only be rendered: leave "mode" out.')
    const other = Object.keys(filter ?? {}).find((name) => name !== 'since' && name !== 'until')
    if (other !== undefined)
      throw misfit(`filter.${other}`, 'Beside "missed" the filter takes only "since" and "until".')
    return { ...wish, selection: { of: 'missed', since, until } }
  }
  if (webhook_id === undefined && Object.keys(filter ?? {}).length === 0)
    throw misfit('', 'Say what is to be sent again: webhook_id, filter, or delivery_ids.')
  const { event_type, record, states = ['dead'], status_code, replay_id, sent_again } = filter ?? {}
  const selection: ReplaySelection = {
    of: 'filter',
    event_type,
    record,
    states: [...new Set(states)],
    status_code,
    replay_id,
    sent_again,
    since,
    until,
  }
  return { ...wish, selection }
}

function misfit(path: string, message: string): Problem {
  return invalid([{ path, code: 'bad_replay', message }])
}
