import { type Static, Type } from 'typebox'
import { type BucketName, buckets, readStats, type StatsBucket } from '../actions/stats/stats.ts'
import { invalid, notFound } from '../model/index.ts'
import { timeOfId } from '../runtime/ids.ts'
import type { Api, ApiContext } from './context.ts'
import { answers, choice, idParams, strict, time, timeInput } from './schemas.ts'
import { iso, readTime } from './times.ts'

const query = {
  from: Type.Optional(timeInput),
  to: Type.Optional(timeInput),
  bucket: Type.Optional(
    choice(Object.keys(buckets) as BucketName[], {
      description:
        'minute (at most 360 of them), hour (744) or day (92, of the account’s time zone); hour when left out.',
    }),
  ),
}

const counts = (names: string[]) =>
  Type.Object(Object.fromEntries(names.map((name) => [name, Type.Integer()])))

const statsShape = Type.Object({
  bucket: Type.String(),
  from: time,
  to: time,
  items: Type.Array(
    Type.Object({
      start: time,
      end: time,
      events: Type.Optional(Type.Integer({ description: 'Accepted; not of a single webhook.' })),
      deliveries: counts(['pending', 'delivered', 'dead', 'canceled']),
      attempts: counts(['delivered', 'retry', 'rejected', 'gone']),
      latency_ms: Type.Unsafe({
        type: ['object', 'null'],
        description: 'p50, p95 and p99 of how long attempts took, rounded up by at most a fifth.',
      }),
    }),
    { description: 'Oldest first, empty ones too.' },
  ),
})

const waitingShape = Type.Object({
  deliveries: Type.Integer({ description: 'Of all webhooks below together.' }),
  items: Type.Array(
    Type.Object({
      webhook_id: Type.String(),
      deliveries: Type.Integer(),
      oldest: Type.Object({ delivery_id: Type.String(), created_at: time }),
    }),
  ),
})

const about =
  'Everything is counted where it began: an event when it was accepted, a delivery and all its attempts when it was made. ' +
  'Without `from` it is the last day (of minutes, the last hour; of days, the last 30).'

const lastMs: Record<BucketName, number> = {
  minute: 60 * buckets.minute.ms,
  hour: 24 * buckets.hour.ms,
  day: 30 * buckets.day.ms,
}

/** Counts over time: what came in, what became of it, how fast. */
export function statsRoutes(api: Api, context: ApiContext): void {
  const { store, clock } = context
  const tags = ['Deliveries']
  const config = { needs: 'read' } as const

  api.get(
    '/v1/stats',
    {
      config,
      schema: {
        tags,
        operationId: 'getStats',
        summary: 'Count events, deliveries and attempts over time',
        description: about,
        querystring: strict({
          ...query,
          webhook_id: Type.Optional(Type.String({ maxLength: 200, description: 'Of this webhook only.' })),
        }),
        response: answers({ 200: statsShape }),
      },
    },
    ({ caller, query }) => read(caller.account_id, query, query.webhook_id),
  )

  api.get(
    '/v1/stats/waiting',
    {
      config,
      schema: {
        tags,
        operationId: 'getWaiting',
        summary: 'Read what waits to be sent',
        description:
          'Deliveries that are not settled, by webhook: due now, waiting for a retry, delayed, or kept by a pause. At most 100 webhooks, the one whose oldest delivery waits longest first.',
        response: answers({ 200: waitingShape }),
      },
    },
    async ({ caller }) => {
      const rows = await store.deliveries.unsettledByWebhook(caller.account_id, 100)
      const items = rows.map(({ webhook_id, count, oldest_id }) => ({
        webhook_id,
        deliveries: count,
        oldest: { delivery_id: oldest_id, created_at: iso(timeOfId(oldest_id)) },
      }))
      return { deliveries: items.reduce((sum, { deliveries }) => sum + deliveries, 0), items }
    },
  )

  api.get(
    '/v1/webhooks/:id/stats',
    {
      config,
      schema: {
        tags: ['Webhooks'],
        operationId: 'getWebhookStats',
        summary: 'Count a webhook’s deliveries and attempts over time',
        description: about,
        params: idParams('id'),
        querystring: strict(query),
        response: answers({ 200: statsShape }),
      },
    },
    async ({ caller, params, query }) => {
      const [version] = await store.webhooks.versions(caller.account_id, params.id, { limit: 1 })
      if (!version) throw notFound('webhook', params.id)
      return read(caller.account_id, query, params.id)
    },
  )

  async function read(
    accountId: string,
    asked: { from?: string; to?: string; bucket?: BucketName },
    webhookId: string | undefined,
  ): Promise<Static<typeof statsShape>> {
    const bucket = asked.bucket ?? 'hour'
    const to = readTime(asked.to, 'to') ?? clock() + 1
    const from = readTime(asked.from, 'from') ?? Math.max(0, to - lastMs[bucket])
    checkSpan(from, to, bucket)
    const account = await store.accounts.get(accountId)
    if (!account) throw notFound('account', accountId)
    const { time_zone } = account
    const question = { account_id: accountId, time_zone, from, to, bucket, webhook_id: webhookId }
    const items = await readStats(store, question)
    return {
      bucket,
      from: iso(items[0]?.start ?? from),
      to: iso(items.at(-1)?.end ?? to),
      items: items.map((item) => show(item, webhookId !== undefined)),
    }
  }
}

function checkSpan(from: number, to: number, bucket: BucketName): void {
  const { ms, max } = buckets[bucket]
  if (from >= to)
    throw invalid([{ path: 'to', code: 'out_of_range', message: '"to" must come after "from".' }])
  if (to - from <= max * ms) return
  const message = `There are more than ${max} buckets of a ${bucket} between "from" and "to". Take a shorter span or longer buckets.`
  throw invalid([{ path: 'from', code: 'too_long', message }])
}

function show({ start, end, events, latency, ...rest }: StatsBucket, ofWebhook: boolean) {
  return {
    start: iso(start),
    end: iso(end),
    ...(ofWebhook ? {} : { events }),
    ...rest,
    latency_ms: latency,
  }
}
