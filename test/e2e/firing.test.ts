/** When a webhook that is asked does fire: newly true, entered, after a while, and in its hours. */
import { describe, expect, test } from 'vitest'
import { type Api, done, type ProblemAnswer } from '../support/api.ts'
import { inTurn, status } from '../support/behaviours.ts'
import { eventIdIn, happens, write } from '../support/crm-steps.ts'
import {
  decisionOf,
  deliveryIdOf,
  deliveryIn,
  makeWebhook,
  readDelivery,
  sendCall,
} from '../support/scenario.ts'
import { backends } from '../support/server.ts'
import { meanwhile, useStage } from '../support/stage.ts'

const hour = 3_600_000

function all(...rules: unknown[]) {
  return { combinator: 'and', rules }
}

const dear = all({ field: 'current.price', operator: '>', value: 10000 })

/** Why the webhook did or did not fire. */
async function reasonOf(api: Api, eventId: string, webhook: { id: string }): Promise<string> {
  return (await decisionOf(api, eventId, webhook)).reason
}

async function priced(api: Api, price: unknown, id = '1'): Promise<string> {
  return eventIdIn(await write(api, 'lead', id, { price }), 'lead.updated')
}

async function refusal(api: Api, wishes: Record<string, unknown>): Promise<ProblemAnswer['errors']> {
  const request = { url: 'https://erp.example/hook' }
  const answer = await api.post<ProblemAnswer>('/v1/webhooks', { name: 'Refused', request, ...wishes })
  expect(answer).toMatchObject({ status: 422, body: { code: 'invalid' } })
  return answer.body.errors
}

describe.each(backends)('firing on %s', (backend) => {
  const stage = useStage(backend)

  describe('when conditions become true', () => {
    const newlyDear = { conditions: dear, fire: 'becomes_true' }

    test('it fires at the write that makes them so, and again only after they were false', async () => {
      const { api, url, arrivals } = await stage.scene()
      const webhook = await makeWebhook(api, { url, events: ['lead.updated'], ...newlyDear })
      await write(api, 'lead', '1', { price: 5000 })
      const reasons: string[] = []
      for (const price of [12_000, 13_000, 9000, 15_000, null, 10_001])
        reasons.push(await reasonOf(api, await priced(api, price), webhook))
      expect(reasons).toEqual(['fired', 'not_newly_true', 'condition', 'fired', 'condition', 'fired'])
      expect(await arrivals(3)).toHaveLength(3)
    })

    test('before a record was created nothing held; activities make nothing true', async () => {
      const { api, url } = await stage.scene()
      const events = ['lead.created', 'lead.call_received']
      const webhook = await makeWebhook(api, { url, events, ...newlyDear })
      const created = eventIdIn(await write(api, 'lead', '1', { price: 20_000 }), 'lead.created')
      expect(await reasonOf(api, created, webhook)).toBe('fired')
      const call = await happens(api, 'lead', '1', 'call_received')
      expect(await reasonOf(api, call.id, webhook)).toBe('not_newly_true')
      const errors = await refusal(api, { events: ['lead.call_received'], ...newlyDear })
      expect(errors).toMatchObject([{ path: 'fire' }])
    })

    test('it fires once for a write, however many events that has', async () => {
      const { api, url } = await stage.scene()
      const events = ['lead.updated', 'lead.stage_changed', 'lead.tagged']
      const webhook = await makeWebhook(api, { url, events, ...newlyDear })
      await write(api, 'lead', '1', { price: 1, pipeline_id: 'p', stage_id: 'a' })
      const written = await write(api, 'lead', '1', { price: 20_000, stage_id: 'b', tags: ['vip', 'new'] })
      const reasons = await Promise.all(written.events.map(({ id }) => reasonOf(api, id, webhook)))
      expect(reasons.toSorted()).toEqual(['fired', 'not_newly_true', 'not_newly_true', 'not_newly_true'])
    })
  })

  test('scoring reached N: at the change that reaches it, not at those above it', async () => {
    const { api, url } = await stage.scene()
    const reached = all({ field: 'current.score', operator: 'crossedAbove', value: 150 })
    const webhook = await makeWebhook(api, { url, events: ['contact.score_changed'], conditions: reached })
    await write(api, 'contact', '88', { score: 140 })
    const reasons: string[] = []
    for (const score of [149, 150, 151, 300, 149.5, 155]) {
      const written = await write(api, 'contact', '88', { score })
      reasons.push(await reasonOf(api, eventIdIn(written, 'contact.score_changed'), webhook))
    }
    expect(reasons).toEqual(['condition', 'fired', 'condition', 'condition', 'condition', 'fired'])
  })

  test('delayed: its delivery is due so much after the event, and not before', async () => {
    const { api, url, received } = await stage.scene()
    const webhook = await makeWebhook(api, { url, delay_s: 3600 })
    const event = await sendCall(api)
    const id = await deliveryIdOf(api, event.id, webhook)
    await meanwhile(stage, api)
    const waiting = await readDelivery(api, id)
    expect(waiting).toMatchObject({ state: 'pending', attempt_count: 0 })
    expect(Date.parse(waiting.due_at!) - Date.parse(event.received_at)).toBe(hour)
    expect(received()).toEqual([])
    stage.wind(hour)
    await deliveryIn(api, id, 'delivered')
    expect(received()).toHaveLength(1)
  })

  describe('active hours', () => {
    const days = [1, 2, 3, 4, 5, 6, 7]
    // Half an hour off the others, and no summer time.
    const timeZone = 'Asia/Kolkata'

    /** The server's time, as it tells it. */
    async function serverNow(api: Api): Promise<number> {
      return Date.parse((await sendCall(api, { record: { kind: 'lead', id: 'clock' } })).received_at)
    }

    /** From so many hours after `now` until so many, by the clock of the zone; the minute begins a little before. */
    function window(now: number, from: number, to: number, outside: string) {
      const show = (ms: number) =>
        Temporal.Instant.fromEpochMilliseconds(ms)
          .toZonedDateTimeISO(timeZone)
          .toPlainTime()
          .toString()
          .slice(0, 5)
      return { days, from: show(now + from * hour), to: show(now + to * hour), time_zone: timeZone, outside }
    }

    const minuteOf = (ms: number) => ms - (ms % 60_000)

    test('skip: what happens outside them is not sent, and the decision says so', async () => {
      const { api, url } = await stage.scene()
      const now = await serverNow(api)
      const closed = await makeWebhook(api, { url, active_hours: window(now, 2, 4, 'skip') })
      const open = await makeWebhook(api, { url, active_hours: window(now, -2, 2, 'skip') })
      const first = await sendCall(api)
      expect(await decisionOf(api, first.id, closed)).toMatchObject({
        verdict: 'skipped',
        reason: 'active_hours',
        delivery_id: null,
      })
      expect(await reasonOf(api, first.id, open)).toBe('fired')
      stage.wind(3 * hour)
      const second = await sendCall(api)
      expect(await reasonOf(api, second.id, closed)).toBe('fired')
      expect(await reasonOf(api, second.id, open)).toBe('active_hours')
    })

    test('skip: other days than the named ones', async () => {
      const { api, url } = await stage.scene()
      const weekday = Temporal.Instant.fromEpochMilliseconds(await serverNow(api)).toZonedDateTimeISO(
        timeZone,
      )
      const whole = { from: '00:00', to: '24:00', time_zone: timeZone, outside: 'skip' }
      // Both neighbours of a day that may just be ending are left out, so midnight changes nothing.
      const away = [2, 3, 4, 5].map((days) => weekday.add({ days }).dayOfWeek)
      const near = [-1, 0, 1].map((days) => weekday.add({ days }).dayOfWeek)
      const never = await makeWebhook(api, { url, active_hours: { ...whole, days: away } })
      const now = await makeWebhook(api, { url, active_hours: { ...whole, days: near } })
      const event = await sendCall(api)
      expect(await reasonOf(api, event.id, never)).toBe('active_hours')
      expect(await reasonOf(api, event.id, now)).toBe('fired')
    })

    test('hold: it waits for the next opening', async () => {
      const { api, url, received } = await stage.scene()
      const now = await serverNow(api)
      const webhook = await makeWebhook(api, { url, active_hours: window(now, 2, 4, 'hold') })
      const event = await sendCall(api)
      const id = await deliveryIdOf(api, event.id, webhook)
      await meanwhile(stage, api)
      const held = await readDelivery(api, id)
      expect(held.state).toBe('pending')
      expect(Date.parse(held.due_at!)).toBe(minuteOf(now + 2 * hour))
      expect(received()).toEqual([])
      stage.wind(2 * hour)
      await deliveryIn(api, id, 'delivered')
    })

    test('hold: a retry that would come after closing waits for the next opening, too', async () => {
      const { api, url, received } = await stage.scene(inTurn(status(500), status(200)))
      const now = await serverNow(api)
      const webhook = await makeWebhook(api, {
        url,
        active_hours: window(now, -1, 1, 'hold'),
        delivery: { retry: { policy: 'schedule', waits_s: [7200] } },
      })
      const event = await sendCall(api)
      const id = await deliveryIdOf(api, event.id, webhook)
      const waiting = await deliveryIn(api, id, 'waiting')
      expect(Date.parse(waiting.due_at!)).toBe(minuteOf(now + 23 * hour))
      stage.wind(4 * hour)
      await meanwhile(stage, api)
      expect(received()).toHaveLength(1)
      stage.wind(19 * hour)
      expect((await deliveryIn(api, id, 'delivered')).attempt_count).toBe(2)
    })
  })

  test('entering: moved there, created there, or both', async () => {
    const { api, url } = await stage.scene()
    const scope = [{ pipeline_id: 'p', stage_ids: ['b'] }]
    const make = (entering?: string) =>
      makeWebhook(api, {
        url,
        events: ['lead.stage_changed'],
        scope,
        ...(entering === undefined ? {} : { entering }),
      })
    const webhooks = [
      await make(),
      await make('moved'),
      await make('created'),
      await make('moved_or_created'),
    ]
    const reasons = (eventId: string) =>
      Promise.all(webhooks.map((webhook) => reasonOf(api, eventId, webhook)))
    const created = await write(api, 'lead', '1', { pipeline_id: 'p', stage_id: 'b' })
    expect(await reasons(eventIdIn(created, 'lead.created'))).toEqual([
      'entering',
      'entering',
      'fired',
      'fired',
    ])
    await write(api, 'lead', '2', { pipeline_id: 'p', stage_id: 'a' })
    const moved = await write(api, 'lead', '2', { stage_id: 'b' })
    expect(await reasons(eventIdIn(moved, 'lead.stage_changed'))).toEqual([
      'fired',
      'fired',
      'entering',
      'fired',
    ])
    const away = await write(api, 'lead', '2', { stage_id: 'a' })
    expect(await reasons(eventIdIn(away, 'lead.stage_changed'))).toEqual(Array(4).fill('other_stage'))
    const elsewhere = await write(api, 'lead', '3', { pipeline_id: 'q', stage_id: 'b' })
    expect(await reasons(eventIdIn(elsewhere, 'lead.created'))).toEqual(Array(4).fill('other_stage'))
  })

  test('before, after, forward and backward are read from the order of the pipeline', async () => {
    const { api, url } = await stage.scene()
    const order = async (...ids: string[]) =>
      done(api.put('/v1/pipelines/lead/p', { name: 'Sales', stages: ids.map((id) => ({ id, name: id })) }))
    await order('new', 'offer', 'won')
    const make = (operator: string, value?: string) =>
      makeWebhook(api, {
        url,
        name: operator,
        events: ['lead.stage_changed'],
        conditions: all({ field: 'current.stage_id', operator, ...(value === undefined ? {} : { value }) }),
      })
    const webhooks = [
      await make('beforeStage', 'offer'),
      await make('afterStage', 'offer'),
      await make('movedForward'),
      await make('movedBackward'),
    ]
    const firedAt = async (stage_id: string, pipeline_id = 'p') => {
      const written = await write(api, 'lead', '1', { stage_id, pipeline_id })
      const eventId = eventIdIn(written, 'lead.stage_changed')
      const decisions = await Promise.all(webhooks.map((webhook) => decisionOf(api, eventId, webhook)))
      return decisions.filter(({ verdict }) => verdict === 'fired').map(({ webhook_name }) => webhook_name)
    }
    await write(api, 'lead', '1', { pipeline_id: 'p', stage_id: 'new' })
    expect(await firedAt('offer')).toEqual(['movedForward'])
    expect(await firedAt('won')).toEqual(['afterStage', 'movedForward'])
    expect(await firedAt('new')).toEqual(['beforeStage', 'movedBackward'])
    // Between two pipelines there is no way forward or back.
    expect(await firedAt('won', 'other')).toEqual([])
    expect(await firedAt('new')).toEqual(['beforeStage'])
    // The order is asked when it happens, not when the webhook was made.
    await order('won', 'offer', 'new')
    expect(await firedAt('won')).toEqual(['beforeStage', 'movedBackward'])
  })

  test('a transition is refused where no event of the webhook has an old value', async () => {
    const { api } = await stage.server.newAccount()
    const conditions = all({ field: 'current.price', operator: 'increased' })
    for (const events of [
      ['lead.call_received'],
      ['lead.created'],
      ['lead.created', 'contact.email_received'],
    ]) {
      const errors = await refusal(api, { events, conditions })
      expect(errors).toMatchObject([
        { path: 'conditions.rules[0].operator', code: 'transition_not_possible' },
      ])
      expect(errors[0]!.message).toContain("none of the webhook's events changes fields")
    }
    const request = { url: 'https://erp.example/hook' }
    await done(
      api.post('/v1/webhooks', {
        name: 'Fine',
        events: ['lead.created', 'lead.updated'],
        conditions,
        request,
      }),
    )
  })

  test('numbers that come as text are compared as numbers', async () => {
    const { api, url } = await stage.scene()
    const webhook = await makeWebhook(api, { url, events: ['lead.updated'], conditions: dear })
    await write(api, 'lead', '1', {})
    expect(await reasonOf(api, await priced(api, '9000'), webhook)).toBe('condition')
    expect(await reasonOf(api, await priced(api, '12000'), webhook)).toBe('fired')
    const sent = (price: string) =>
      sendCall(api, { type: 'lead.updated', record: { kind: 'lead', id: '1' }, current: { price } })
    expect(await reasonOf(api, (await sent('9000')).id, webhook)).toBe('condition')
    expect(await reasonOf(api, (await sent('12000.50')).id, webhook)).toBe('fired')

    // A field that only records brought is text until somebody says what it is; then what is kept as text counts, too.
    await write(api, 'lead', '1', { budget: '900' })
    const conditions = all({ field: 'current.budget', operator: 'increased' })
    const events = ['lead.updated']
    expect(await refusal(api, { events, conditions })).toMatchObject([{ code: 'operator_not_accepted' }])
    await done(api.put('/v1/fields/lead/budget', { title: 'Budget', type: 'number' }))
    const grows = await makeWebhook(api, { url, events, conditions })
    const budget = async (value: string) =>
      reasonOf(api, eventIdIn(await write(api, 'lead', '1', { budget: value }), 'lead.updated'), grows)
    expect(await budget('1000')).toBe('fired')
    expect(await budget('950')).toBe('condition')
  })
})
