import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { Worker } from 'node:worker_threads'
import { eventually } from '../../../test/support/eventually.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { AccountSchema, CrmEvent, Webhook } from '../../model/index.ts'
import type { EventReads } from '../../store/store.ts'
import { type BacktestJob, makeBacktests } from './backtests.ts'
import type { DraftedWebhook } from '../webhooks/draft-webhook.ts'
import type { BacktestAnswer, BacktestInput, BacktestMessage } from './run-backtest.ts'

const now = Date.parse('2026-11-20T09:00:00.000Z')
const hourMs = 3_600_000
const bounds = { since: now - 24 * hourMs, until: now, eventsMax: 1000 }

const webhook: Webhook = {
  id: 'whk_1',
  account_id: 'acc_1',
  version: 1,
  status: 'active',
  status_reason: null,
  name: 'Expensive leads',
  description: '',
  events: ['lead.created'],
  scope: [],
  entering: 'moved_or_created',
  conditions: { combinator: 'and', rules: [{ field: 'current.price', operator: '>', value: 10 }] },
  fire: 'each_time',
  limits: { per: 'record', per_record: 2, min_interval_s: null },
  delay_s: 0,
  active_hours: null,
  request: {
    method: 'POST',
    url: 'https://erp.example/hooks',
    headers: [{ name: 'X-Key', value: 'the-secret-of-a-header' }],
    auth: { type: 'bearer', token: 'the-secret-of-a-bearer' },
    format: 'standard',
    options: {},
  },
  delivery: {
    retry: { policy: 'once' },
    timeout_s: 10,
    slots: 1,
    rate_per_s: null,
    order: 'none',
    expires_s: 3600,
    disable_after_s: null,
    disable_after_failures: null,
    on_gone: 'retry',
    signing: 'standard',
  },
  signing_secrets: [{ secret: 'whsec_the-secret-that-signs', until: null }],
  pauses: [],
  created_at: now,
  updated_at: now,
}
const schema: AccountSchema = { kinds: [], event_types: [], fields: [], pipelines: [], users: [] }
const drafted: DraftedWebhook = {
  webhook,
  schema,
  account: {
    id: 'acc_1',
    external_id: null,
    name: '',
    subdomain: '',
    time_zone: 'UTC',
    language: 'en',
    strict: false,
    retention_days: 90,
    config_version: 1,
    schema_version: 1,
    created_at: now,
  },
  warnings: [],
}

/** The event of an hour before now: the lead of that number, priced so. */
function eventText(hour: number, price: number, lead = String(hour)): string {
  const at = new Date(now - hour * hourMs).toISOString()
  const event: CrmEvent = {
    id: `evt_${String(1000 - hour).padStart(4, '0')}`,
    type: 'lead.created',
    account_id: 'acc_1',
    external_id: null,
    occurred_at: at,
    received_at: at,
    sequence: 1,
    record: { kind: 'lead', id: lead },
    current: { price },
    previous: {},
    data: {},
    related: {},
    actor: { kind: 'api', id: null },
    source: 'api',
    bulk: false,
    correlation_id: `write-${hour}`,
    caused_by: null,
  }
  return JSON.stringify(event)
}

let opened: Worker[]
const online = new WeakSet<Worker>()
function note(worker: Worker): void {
  opened.push(worker)
  worker.once('online', () => online.add(worker))
}
beforeEach(() => {
  opened = []
  process.on('worker', note)
})
afterEach(() => void process.off('worker', note))

/** Backtests over these texts, newest first; `held` is awaited before each page. */
function scene(texts: string[], { held = Promise.resolve(), runningMax = 1 } = {}) {
  const errors: unknown[] = []
  const events: Pick<EventReads, 'texts'> = {
    async texts(_account, _filter, { limit, after }) {
      await held
      const all = texts.map((text, index) => ({ id: String(index), text }))
      const first = after === undefined ? 0 : Number(after) + 1
      return all.slice(first, first + limit)
    },
  }
  const backtests = makeBacktests({
    events,
    clock: () => now,
    runningMax,
    onError: (error) => void errors.push(error),
  })
  return { backtests, errors, start: () => backtests.start(drafted, bounds) }
}

const ended = (job: BacktestJob) => eventually(() => job.state !== 'running')

/** The one that was opened at that place, once it runs. */
const thread = (index = 0) =>
  eventually(() => {
    const worker = opened[index]
    return worker && online.has(worker) && worker
  })

test('a thread of its own answers each page and the end, then it is gone', async () => {
  const gate = Promise.withResolvers<void>()
  const texts = Array.from({ length: 450 }, (_, n) => eventText(n / 100, n))
  const { backtests, start } = scene(texts, { held: gate.promise })
  const job = start()
  const worker = await thread()
  const answers: BacktestAnswer[] = []
  worker.on('message', (answer: BacktestAnswer) => void answers.push(answer))
  const exit = once(worker, 'exit')
  gate.resolve()
  await ended(job)
  await exit
  expect(answers.map(({ kind }) => kind)).toEqual(['progress', 'progress', 'progress', 'result'])
  expect(answers[3]).toEqual({ kind: 'result', result: job.result })
  expect(job).toMatchObject({ state: 'done', progress: 1, failure: null, result: { evaluated: 450 } })
  expect(opened).toHaveLength(1)
  await backtests.close()
})

test('a thread has a bound of memory that grows with the events asked for', async () => {
  const gate = Promise.withResolvers<void>()
  const { backtests } = scene([], { runningMax: 2, held: gate.promise })
  backtests.start(drafted, { ...bounds, eventsMax: 1 })
  backtests.start(drafted, { ...bounds, eventsMax: 100_000 })
  const [few, many] = await Promise.all([thread(0), thread(1)])
  expect(few.resourceLimits?.maxOldGenerationSizeMb).toBeLessThan(300)
  expect(many.resourceLimits?.maxOldGenerationSizeMb).toBeGreaterThan(340)
  gate.resolve()
  await backtests.close()
})

test('no secret of the webhook reaches the thread', async () => {
  const gate = Promise.withResolvers<void>()
  const { backtests, start } = scene([eventText(1, 20)], { held: gate.promise })
  const job = start()
  const worker = await thread()
  const heap = await text(await worker.getHeapSnapshot())
  expect(heap).toContain('Expensive leads')
  expect(heap).not.toContain('the-secret-')
  gate.resolve()
  await ended(job)
  expect(job.state).toBe('done')
  await backtests.close()
})

test('a thread that breaks over an event ends its backtest as failed, with a sentence; the next one runs', async () => {
  const texts = [eventText(1, 20), '{"broken']
  const { backtests, errors, start } = scene(texts)
  const job = start()
  await ended(job)
  expect(job).toMatchObject({ state: 'failed', result: null, ended_at: now })
  expect(job.failure).toBe('The backtest broke off because its thread ended. Start it again.')
  expect(errors).toMatchObject([{ code: 'unavailable', cause: { name: 'SyntaxError' } }])
  texts.pop()
  const next = start()
  await ended(next)
  expect(next).toMatchObject({ state: 'done', result: { fired: 1 } })
  await backtests.close()
})

test('a thread that needs more memory than it may have ends alone, and the sentence says what to do', async () => {
  const large = eventText(1, 20).replace('write-1', 'w'.repeat(100_000))
  const { backtests, errors } = scene(Array.from({ length: 5000 }, () => large))
  const job = backtests.start(drafted, { ...bounds, eventsMax: 5000 })
  await ended(job)
  expect(job.failure).toBe('The backtest needed more memory than it may use. Ask about fewer days or events.')
  expect(errors).toMatchObject([{ cause: { code: 'ERR_WORKER_OUT_OF_MEMORY' } }])
  await backtests.close()
})

test('large events go to the thread a few at a time; one that it could not parse is named', async () => {
  const gate = Promise.withResolvers<void>()
  const sized = (hour: number, length: number) =>
    eventText(hour, 20).replace('"data":{}', `"data":{"text":"${'x'.repeat(length)}"}`)
  const texts = [sized(1, 400_000), sized(2, 400_000), sized(3, 400_000), sized(4, 3_000_000), sized(5, 1)]
  const { backtests, errors, start } = scene(texts, { held: gate.promise })
  const job = start()
  const answers: BacktestAnswer[] = []
  ;(await thread()).on('message', (answer: BacktestAnswer) => void answers.push(answer))
  gate.resolve()
  await ended(job)
  expect(job).toMatchObject({ state: 'done', result: { evaluated: 5, fired: 5 } })
  expect(answers.map(({ kind }) => kind)).toEqual(['progress', 'progress', 'progress', 'progress', 'result'])
  texts.push(sized(6, 8_000_000))
  const next = start()
  await ended(next)
  expect(next.failure).toBe(
    'The event "5" is too large for a backtest. Look less far back, or at fewer events.',
  )
  expect(errors).toMatchObject([{ code: 'too_large' }])
  await backtests.close()
})

test('a thread that ends without a word does the same, also between two pages', async () => {
  const gate = Promise.withResolvers<void>()
  const { backtests, errors, start } = scene([eventText(1, 20)], { held: gate.promise })
  const job = start()
  await (await thread()).terminate()
  gate.resolve()
  await ended(job)
  expect(job.state).toBe('failed')
  expect(job.failure).toMatch(/its thread ended/)
  expect(errors).toHaveLength(1)
  await backtests.close()
})

test('canceling ends the thread at once, and the next one waits until it and its read have ended', async () => {
  const gate = Promise.withResolvers<void>()
  const { backtests, errors, start } = scene([eventText(1, 20)], { held: gate.promise })
  const first = start()
  const worker = await thread()
  const exit = once(worker, 'exit')
  backtests.cancel('acc_1', first.id)
  await exit
  expect(() => backtests.get('acc_1', first.id)).toThrow(/no backtest/)
  const second = start()
  await new Promise(setImmediate)
  expect(opened).toHaveLength(1)
  gate.resolve()
  await ended(second)
  expect(opened).toHaveLength(2)
  expect(first.state).toBe('failed')
  expect(second.state).toBe('done')
  expect(errors).toEqual([])
  await backtests.close()
})

test('closing ends every thread, also of canceled ones, and waits for what is being read', async () => {
  const gate = Promise.withResolvers<void>()
  const { backtests, start } = scene([], { held: gate.promise, runningMax: 2 })
  const jobs = [start(), start()]
  const workers = [await thread(0), await thread(1)]
  const exits = Promise.all(workers.map((worker) => once(worker, 'exit')))
  backtests.cancel('acc_1', jobs[0]!.id)
  let closed = false
  const closing = backtests.close().then(() => (closed = true))
  await exits
  await new Promise(setImmediate)
  expect(closed).toBe(false)
  gate.resolve()
  await closing
  expect(jobs.map(({ state }) => state)).toEqual(['failed', 'failed'])
})

test('the thread by itself: pages newest first, each answered by how far it is; limits count oldest first', async () => {
  const input: BacktestInput = {
    subject: { webhook, account: { time_zone: 'UTC' }, schema },
    bounds: { ...bounds, eventsMax: 8 },
  }
  const worker = new Worker(new URL('./backtest-thread.ts', import.meta.url), { workerData: input })
  async function ask(message: BacktestMessage): Promise<BacktestAnswer> {
    const answer = once(worker, 'message')
    worker.postMessage(message)
    return (await answer)[0] as BacktestAnswer
  }
  const first = [eventText(1, 11, 'a'), eventText(2, 5, 'a')]
  expect(await ask({ kind: 'page', texts: first })).toEqual({ kind: 'progress', progress: 0.25 })
  const second = [eventText(3, 12, 'b'), eventText(10, 12, 'a'), eventText(18, 12, 'a')]
  expect(await ask({ kind: 'page', texts: second })).toEqual({ kind: 'progress', progress: 0.75 })
  const { result } = (await ask({ kind: 'end' })) as Extract<BacktestAnswer, { kind: 'result' }>
  expect(result).toMatchObject({
    evaluated: 5,
    fired: 3,
    reasons: { fired: 3, condition: 1, limit: 1 },
    examples: [{ record: { id: 'b' } }, { record: { id: 'a' } }, { record: { id: 'a' } }],
    days: [
      { date: '2026-11-19', evaluated: 2, fired: 2 },
      { date: '2026-11-20', evaluated: 3, fired: 1 },
    ],
    reached: bounds.since,
  })
  await worker.terminate()
})
