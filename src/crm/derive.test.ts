import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sameJson } from '../model/index.ts'
import type { Fields, Json, StageType } from '../model/index.ts'
import { applyWrite } from './apply-write.ts'
import type { DerivedEvent } from './capability.ts'
import { derive } from './derive.ts'
import { fieldsOf } from './kind.ts'
import type { Kind } from './kind.ts'
import { builtInKinds } from './kinds/index.ts'
import { lead } from './kinds/lead.ts'
import { task } from './kinds/task.ts'

const stageTypes: Record<string, StageType> = { won: 'won', lost: 'lost' }

function stageType(_pipelineId: unknown, stageId: unknown): StageType {
  return stageTypes[String(stageId)] ?? 'open'
}

/** The events of one write, as ingest would make them. */
function eventsOf(kind: Kind, before: Fields | null, fields: Fields, restored = false): DerivedEvent[] {
  const { after, previous } = applyWrite(before, { fields, replace: false })
  return derive(kind, before, after, { previous, restored, stageType })
}

function actionsOf(...parameters: Parameters<typeof eventsOf>): string[] {
  return eventsOf(...parameters).map(({ action }) => action)
}

describe('derive', () => {
  const before = {
    name: 'Deal with ACME',
    price: 12000,
    pipeline_id: '752662',
    stage_id: '16203334',
    owner_id: '7',
    tags: ['b2b'],
  }

  it('a pure stage move is no update', () => {
    expect(eventsOf(lead, before, { stage_id: '16203337' })).toEqual([
      {
        action: 'stage_changed',
        data: {
          old_pipeline_id: '752662',
          pipeline_id: '752662',
          old_stage_id: '16203334',
          stage_id: '16203337',
        },
      },
    ])
  })

  it('several changes in one write give several events, in the order of the kind', () => {
    const write = { tags: ['b2b', 'vip'], owner_id: '9', stage_id: 'won', price: 15000, utm: 'x' }
    expect(actionsOf(lead, before, write)).toEqual([
      'updated',
      'stage_changed',
      'won',
      'reassigned',
      'tagged',
    ])
    expect(eventsOf(lead, before, write)[0]).toEqual({
      action: 'updated',
      data: { changed: ['price', 'utm'] },
    })
  })

  it('a write to a deleted record restores it first', () => {
    expect(actionsOf(lead, before, { stage_id: 'lost', price: 1 }, true)).toEqual([
      'restored',
      'updated',
      'stage_changed',
      'lost',
    ])
    expect(actionsOf(lead, before, {}, true)).toEqual(['restored'])
  })

  it('deletion yields deleted only', () => {
    expect(derive(lead, before, null, { previous: {}, restored: false, stageType })).toEqual([
      { action: 'deleted', data: {} },
    ])
  })

  it('a field that only explains another is plain when it changes alone', () => {
    const archived = { ...before, state: 'archived', state_reason: 'No need' }
    expect(eventsOf(lead, archived, { state_reason: 'No money' })).toEqual([
      { action: 'updated', data: { changed: ['state_reason'] } },
    ])
    expect(actionsOf(lead, archived, { state: 'active', state_reason: 'Call again' })).toEqual([
      'reactivated',
    ])
  })

  it('a field is plain for a kind whose capabilities do not read it', () => {
    expect(eventsOf(task, { name: 'Call' }, { stage_id: 'won' })).toEqual([
      { action: 'updated', data: { changed: ['stage_id'] } },
    ])
    expect(actionsOf(task, { name: 'Call' }, { completed: true })).toEqual(['completed'])
  })
})

const valuesByName = new Map<string, fc.Arbitrary<Json>>(
  Object.entries({
    tags: fc.uniqueArray(fc.constantFrom('vip', 'b2b', 'cold', 'constructor')),
    shared_with: fc.uniqueArray(fc.constantFrom('7', '8', '9')),
    state: fc.constantFrom('active', 'archived', 'discarded'),
    stage_id: fc.constantFrom('offer', 'won', 'lost', 'signed'),
    score: fc.integer({ min: 0, max: 200 }),
    price: fc.integer({ min: 0, max: 3 }),
    completed: fc.boolean(),
  }),
)

/** A record or a write of this kind: any of its fields, and two that nobody described. */
function fieldsArbitrary(kind: Kind): fc.Arbitrary<Fields> {
  const names = [...Object.keys(fieldsOf(kind)), 'utm.source', 'toString']
  const entries = names.map((name): [string, fc.Arbitrary<Json>] => [
    name,
    fc.oneof(fc.constant(null), valuesByName.get(name) ?? fc.constantFrom('a', 'b', 'c')),
  ])
  const shape = fc.record(Object.fromEntries(entries), { requiredKeys: [], noNullPrototype: true })
  return shape as fc.Arbitrary<Fields>
}

/** Where two lists have the same members, nothing happened that anybody waits for. */
function isSilent(name: string, old: Json | undefined, now: Json | undefined): boolean {
  const unset: Json = { tags: [], shared_with: [], state: 'active', completed: false }[name] ?? null
  const [from, to] = [old ?? unset, now ?? unset].map((value) =>
    Array.isArray(value) ? value.toSorted() : value,
  )
  return sameJson(from, to)
}

describe.each(builtInKinds)('derive, for any $name', (kind) => {
  const record = fieldsArbitrary(kind)

  it('creation yields created only', () => {
    fc.assert(
      fc.property(record, (fields) => {
        expect(eventsOf(kind, null, fields)).toEqual([{ action: 'created', data: {} }])
      }),
    )
  })

  it('a write that changes nothing yields nothing', () => {
    fc.assert(
      fc.property(record, (fields) => {
        expect(eventsOf(kind, fields, fields)).toEqual([])
        expect(eventsOf(kind, fields, {})).toEqual([])
      }),
    )
  })

  it('old values in the data are those of the record before, new ones those after', () => {
    fc.assert(
      fc.property(record, record, (before, fields) => {
        const { after } = applyWrite(before, { fields, replace: false })
        for (const { data } of eventsOf(kind, before, fields)) {
          for (const [name, value] of Object.entries(data)) {
            const isOld = name.startsWith('old_')
            const field = isOld ? name.slice('old_'.length) : name
            if (!Object.hasOwn(fieldsOf(kind), field)) continue
            const unset = field === 'state' ? 'active' : field === 'tags' ? [] : null
            expect(value).toEqual((isOld ? before : after)[field] ?? unset)
          }
        }
      }),
    )
  })

  it('each changed field is told once: by the capability that reads it, or as an update', () => {
    fc.assert(
      fc.property(record, record, (before, fields) => {
        const { after, changed } = applyWrite(before, { fields, replace: false })
        const events = eventsOf(kind, before, fields)
        const updated = events.filter(({ action }) => action === 'updated')
        expect(updated.length).toBeLessThanOrEqual(1)
        const told = (updated[0]?.data.changed ?? []) as string[]
        for (const name of changed) {
          const reader = kind.capabilities.find((capability) => Object.hasOwn(capability.fields, name))
          const explained = reader?.explains?.[name]
          const isPlain = !reader || (explained !== undefined && !changed.includes(explained))
          expect(told.includes(name)).toBe(isPlain)
          if (isPlain || explained !== undefined || isSilent(name, before[name], after[name])) continue
          expect(events.some(({ action }) => Object.hasOwn(reader.events, action))).toBe(true)
        }
        for (const name of told) expect(changed).toContain(name)
      }),
    )
  })

  it('events come in the order of the kind and have its names', () => {
    const order = kind.capabilities.flatMap(({ events }) => Object.keys(events))
    const capabilityOf = (action: string) =>
      kind.capabilities.findIndex(({ events }) => Object.hasOwn(events, action))
    fc.assert(
      fc.property(record, record, fc.boolean(), (before, fields, restored) => {
        const actions = actionsOf(kind, before, fields, restored)
        expect(order).toEqual(expect.arrayContaining(actions))
        const positions = actions.map(capabilityOf)
        expect(positions).toEqual(positions.toSorted((a, b) => a - b))
        if (restored) expect(actions[0]).toBe('restored')
        else expect(actions).not.toContain('restored')
      }),
    )
  })

  it('is pure: the same again, and nothing that it was given is changed', () => {
    fc.assert(
      fc.property(record, record, (before, fields) => {
        const { after, previous } = applyWrite(before, { fields, replace: false })
        const given = structuredClone({ before, after, previous })
        const first = derive(kind, before, after, { previous, restored: false, stageType })
        expect(derive(kind, before, after, { previous, restored: false, stageType })).toEqual(first)
        expect({ before, after, previous }).toEqual(given)
      }),
    )
  })
})

describe('derive, for any tags', () => {
  const tags = fc.uniqueArray(fc.string({ minLength: 1 }))

  it('one tag more is exactly one tagged', () => {
    fc.assert(
      fc.property(tags, fc.string({ minLength: 1 }), fc.nat(), (before, tag, position) => {
        fc.pre(!before.includes(tag))
        const after = before.toSpliced(position % (before.length + 1), 0, tag)
        expect(eventsOf(lead, { tags: before }, { tags: after })).toEqual([
          { action: 'tagged', data: { tag, tags: after } },
        ])
      }),
    )
  })

  it('one event per tag that came or went, none for those that stayed', () => {
    fc.assert(
      fc.property(tags, tags, (before, after) => {
        const events = eventsOf(lead, { tags: before }, { tags: after })
        const named = (action: string) =>
          events.filter((event) => event.action === action).map(({ data }) => data.tag)
        expect(named('tagged')).toEqual(after.filter((tag) => !before.includes(tag)))
        expect(named('untagged')).toEqual(before.filter((tag) => !after.includes(tag)))
        expect(events).toHaveLength(named('tagged').length + named('untagged').length)
      }),
    )
  })
})
