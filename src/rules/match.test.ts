import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import type { CrmEvent, Entering, Fields, JsonObject, ScopeEntry } from '../model/index.ts'
import { buildMatcher, matchVerdict } from './match.ts'
import type { MatchVerdict, Subscription } from './match.ts'

function eventOf(type: string, current: Fields = {}, data: JsonObject = {}): CrmEvent {
  return {
    id: 'evt_1',
    type,
    account_id: 'acc_1',
    external_id: null,
    occurred_at: '2026-11-20T09:00:00.000Z',
    received_at: '2026-11-20T09:00:00.120Z',
    sequence: 1,
    record: { kind: type.slice(0, type.indexOf('.')), id: '4831596' },
    current,
    previous: {},
    data,
    related: {},
    actor: { kind: 'api', id: null },
    source: 'api',
    bulk: false,
    correlation_id: 'cor_1',
    caused_by: null,
  }
}

function webhookOf(events: string[], scope: ScopeEntry[] = [], entering: Entering = 'moved'): Subscription {
  return { events, scope, entering }
}

const won = { pipeline_id: '752662', stage_id: '16203337' }
const wonScope = [{ pipeline_id: '752662', stage_ids: ['16203337'] }]

describe('scope', () => {
  const place = { pipeline_id: '752662', stage_id: '16203337', period_id: '2026-11' }
  it.each<[ScopeEntry[], Fields, MatchVerdict | null]>([
    [[], place, null],
    [[], {}, null],
    [[{ pipeline_id: '752662' }], place, null],
    [[{ pipeline_id: '1' }], place, 'other_stage'],
    [[{ pipeline_id: '752662' }], { ...place, pipeline_id: 752662 }, null],
    [[{ pipeline_id: '752662' }], {}, 'other_stage'],
    [[{ pipeline_id: '752662' }], { pipeline_id: null }, 'other_stage'],
    [[{ stage_ids: ['1', '16203337'] }], place, null],
    [[{ stage_ids: ['1', '2'] }], place, 'other_stage'],
    [[{ stage_ids: ['1'] }], { pipeline_id: '752662' }, 'other_stage'],
    [[{ pipeline_id: '752662', stage_ids: ['16203337'] }], place, null],
    [[{ pipeline_id: '1', stage_ids: ['16203337'] }], place, 'other_stage'],
    [[{ pipeline_id: '752662', stage_ids: [] }], place, null],
    [[{ period_ids: ['2026-11'] }], place, null],
    [[{ period_ids: ['2026-12'] }], place, 'other_stage'],
    [[{ stage_ids: ['16203337'], period_ids: ['2026-12'] }], place, 'other_stage'],
    [[{ stage_ids: ['16203337'], period_ids: ['2026-11'] }], place, null],
    [[{ pipeline_id: '1' }, { period_ids: ['2026-11'] }], place, null],
    [[{ pipeline_id: '1' }, { stage_ids: ['2'] }], place, 'other_stage'],
  ])('%j of %j: %s', (scope, current, verdict) => {
    const event = eventOf('lead.updated', current)
    const webhook = webhookOf(['lead.*'], scope)
    expect(matchVerdict(webhook, event)).toBe(verdict)
    expect(buildMatcher([webhook]).candidates(event)).toHaveLength(verdict === null ? 1 : 0)
  })
})

describe('entering', () => {
  const moved = eventOf('lead.stage_changed', won, { old_pipeline_id: '752662', pipeline_id: '752662', old_stage_id: '16203334', stage_id: '16203337' }) // prettier-ignore
  const stayed = eventOf('lead.stage_changed', won, { old_pipeline_id: '752662', pipeline_id: '752662', old_stage_id: '16203337', stage_id: '16203337' }) // prettier-ignore
  const otherPipeline = eventOf('lead.stage_changed', won, { old_pipeline_id: '1', pipeline_id: '752662', old_stage_id: '16203337', stage_id: '16203337' }) // prettier-ignore
  const silent = eventOf('lead.stage_changed', won)
  const created = eventOf('lead.created', won)
  const elsewhere = eventOf('lead.created', { ...won, stage_id: '16203334' })
  const company = eventOf('company.created', {})

  const onMoves = ['lead.stage_changed']
  it.each<[string, string[], Entering, CrmEvent, MatchVerdict | null]>([
    ['moved: a move', onMoves, 'moved', moved, null],
    ['moved: a move from another pipeline', onMoves, 'moved', otherPipeline, null],
    ['moved: a stage change that does not say from where', onMoves, 'moved', silent, null],
    ['moved: a stage change that moved nothing', onMoves, 'moved', stayed, 'entering'],
    ['moved: created there', onMoves, 'moved', created, 'entering'],
    ['moved: created elsewhere', onMoves, 'moved', elsewhere, 'other_stage'],
    ['created: a move', onMoves, 'created', moved, 'entering'],
    ['created: created there', onMoves, 'created', created, null],
    ['created: created elsewhere', onMoves, 'created', elsewhere, 'other_stage'],
    ['moved_or_created: a move', onMoves, 'moved_or_created', moved, null],
    ['moved_or_created: created there', onMoves, 'moved_or_created', created, null],
    ['moved_or_created: a stage change that moved nothing', onMoves, 'moved_or_created', stayed, 'entering'],
    ['a pattern for stage changes', ['*.stage_changed'], 'created', created, null],
    [
      'stage changes of another kind',
      ['customer.stage_changed'],
      'moved_or_created',
      created,
      'not_subscribed',
    ],
    ['created by its own name, moved', ['lead.created'], 'moved', created, null],
    ['created by its own name, moved: a move', ['lead.created'], 'moved', moved, 'not_subscribed'],
    ['both by name, moved: created there', ['lead.created', ...onMoves], 'moved', created, null],
    ['both by name, created: a move', ['lead.created', ...onMoves], 'created', moved, 'entering'],
    ['every event, moved: created there', ['lead.*'], 'moved', created, null],
    ['every event, created: a move', ['*'], 'created', moved, 'entering'],
    ['an unstaged record', ['*.stage_changed'], 'moved_or_created', company, 'other_stage'],
    ['another event there', ['lead.updated'], 'created', eventOf('lead.updated', won), null],
  ])('%s', (_name, events, entering, event, verdict) => {
    const webhook = webhookOf(events, wonScope, entering)
    expect(matchVerdict(webhook, event)).toBe(verdict)
    const expected = verdict === null || verdict === 'entering' ? [verdict] : []
    expect(
      buildMatcher([webhook])
        .candidates(event)
        .map((candidate) => candidate.verdict),
    ).toEqual(expected)
  })

  it.each<Entering>(['moved', 'created', 'moved_or_created'])(
    '%s means nothing without a scope',
    (entering) => {
      const webhook = webhookOf(onMoves, [], entering)
      expect(matchVerdict(webhook, moved)).toBeNull()
      expect(matchVerdict(webhook, stayed)).toBeNull()
      expect(matchVerdict(webhook, created)).toBe('not_subscribed')
    },
  )
})

it('system events are for those that name them only', () => {
  const webhooks = [['*'], ['webhook.*'], ['*.disabled'], ['webhook.disabled']].map((events) =>
    webhookOf(events),
  )
  const event = eventOf('webhook.disabled')
  expect(
    buildMatcher(webhooks)
      .candidates(event)
      .map(({ webhook }) => webhook),
  ).toEqual([webhooks[3]])
  expect(webhooks.map((webhook) => matchVerdict(webhook, event))).toEqual([
    'not_subscribed',
    'not_subscribed',
    'not_subscribed',
    null,
  ])
})

describe('the index', () => {
  const id = (name: string) => fc.constantFrom(`${name}1`, `${name}2`)
  const scopeEntry: fc.Arbitrary<ScopeEntry> = fc.record(
    {
      pipeline_id: id('p'),
      stage_ids: fc.array(id('s'), { maxLength: 3 }),
      period_ids: fc.array(id('m'), { maxLength: 3 }),
    },
    { requiredKeys: [] },
  )
  const patterns = ['lead.stage_changed', 'lead.created', 'customer.stage_changed', 'customer.created', 'lead.updated',
    'lead.*', 'customer.*', '*.stage_changed', '*.created', '*', 'webhook.disabled', 'webhook.*'] // prettier-ignore
  const types = patterns.filter((pattern) => !pattern.includes('*'))
  const webhook: fc.Arbitrary<Subscription> = fc.record({
    events: fc.array(fc.constantFrom(...patterns), { minLength: 1, maxLength: 3 }),
    scope: fc.array(scopeEntry, { maxLength: 3 }),
    entering: fc.constantFrom('moved', 'created', 'moved_or_created'),
  })
  const place = (name: string) => fc.oneof(id(name), fc.constantFrom(null, 7))
  const event = fc
    .record({
      type: fc.constantFrom(...types),
      current: fc.record(
        { pipeline_id: place('p'), stage_id: place('s'), period_id: place('m') },
        { requiredKeys: [] },
      ),
      data: fc.record(
        { old_pipeline_id: id('p'), pipeline_id: id('p'), old_stage_id: id('s'), stage_id: id('s') },
        { requiredKeys: [] },
      ),
    })
    .map(({ type, current, data }) => eventOf(type, current as Fields, data as JsonObject))

  it('answers what the plain definition says, in the order given, for any webhooks and events', () => {
    fc.assert(
      fc.property(
        fc.array(webhook, { maxLength: 12 }),
        fc.array(event, { maxLength: 6 }),
        (webhooks, events) => {
          const matcher = buildMatcher(webhooks)
          for (const each of events) {
            const expected = webhooks.flatMap((candidate, order) => {
              const verdict = matchVerdict(candidate, each)
              return verdict === null || verdict === 'entering' ? [{ order, verdict }] : []
            })
            const found = matcher.candidates(each)
            const orders = found.map((candidate) => webhooks.indexOf(candidate.webhook))
            expect(found.map(({ verdict }, index) => ({ order: orders[index], verdict }))).toEqual(expected)
          }
        },
      ),
      { numRuns: 500 },
    )
  })

  it('touches none of 10,000 webhooks that wait for another type, stage or period', () => {
    const reads = { otherType: 0, otherStage: 0, otherPeriod: 0 }
    /** Counts every look at a webhook, its scope and what is in it. */
    function counted<T extends object>(value: T, group: keyof typeof reads): T {
      return new Proxy(value, {
        get(target, key) {
          reads[group]++
          const inner: unknown = Reflect.get(target, key)
          return typeof inner === 'object' && inner !== null ? counted(inner, group) : inner
        },
      })
    }
    const many = (count: number, make: (id: string) => Subscription, group: keyof typeof reads) =>
      Array.from({ length: count }, (_, index) => counted(make(String(index)), group))
    const onMoves = (scope: ScopeEntry) => webhookOf(['lead.stage_changed'], [scope])
    const here = onMoves(wonScope[0]!)
    const webhooks = [
      ...many(4000, (id) => webhookOf([Number(id) % 2 ? 'customer.*' : 'lead.updated']), 'otherType'),
      ...many(4000, (id) => onMoves({ pipeline_id: '752662', stage_ids: [id] }), 'otherStage'),
      ...many(2000, (id) => onMoves({ pipeline_id: '752662', period_ids: [id] }), 'otherPeriod'),
      here,
    ]
    const matcher = buildMatcher(webhooks)
    const forget = () => Object.assign(reads, { otherType: 0, otherStage: 0, otherPeriod: 0 })
    const event = eventOf('lead.stage_changed', { ...won, period_id: '2026-11' })

    // The first event of a type indexes the webhooks that name it; those of other types are not touched even then.
    forget()
    matcher.candidates(event)
    expect(reads.otherType).toBe(0)
    expect(reads.otherStage).toBeGreaterThan(0)

    forget()
    expect(matcher.candidates(event)).toMatchObject([{ webhook: here, verdict: null }])
    expect(reads).toEqual({ otherType: 0, otherStage: 0, otherPeriod: 0 })

    // The two that wait for this stage and this period are touched, and only they.
    const elsewhere = eventOf('lead.stage_changed', { ...won, stage_id: '3711', period_id: '1711' })
    expect(matcher.candidates(elsewhere).map(({ webhook }) => webhooks.indexOf(webhook))).toEqual([
      7711, 9711,
    ])
    expect(reads.otherType).toBe(0)
    for (const group of ['otherStage', 'otherPeriod'] as const) {
      expect(reads[group]).toBeGreaterThan(0)
      expect(reads[group]).toBeLessThan(50)
    }
  })
})
