import { describe, expect, test } from 'vitest'
import { languages } from '../../model/index.ts'
import { leadPipeline, opportunityPipeline, unnamed } from './crm.ts'
import { emailOf, domainOf } from './people.ts'
import { makeRandom } from './random.ts'
import { makeStory, type Story } from './story.ts'
import type { Step } from './telling.ts'
import { demoTexts } from './texts/index.ts'

const hourMs = 3_600_000
const tell = (now: number, timeZone = 'Europe/Warsaw', language: (typeof languages)[number] = 'en') =>
  makeStory({ language, account: { time_zone: timeZone }, now }, makeRandom(7))
const changes = ({ steps }: Story) =>
  steps.filter((step): step is Extract<Step, { do: 'change' }> => step.do === 'change')

test('the same chance tells the same story, another chance another one', () => {
  const now = Date.parse('2026-11-20T14:00:00Z')
  expect(tell(now)).toEqual(tell(now))
  const other = makeStory({ language: 'en', account: { time_zone: 'Europe/Warsaw' }, now }, makeRandom(8))
  expect(other.steps.map(({ at }) => at)).not.toEqual(tell(now).steps.map(({ at }) => at))
})

describe.each([
  ['a working afternoon', '2026-11-20T14:00:00Z'],
  ['a Sunday night', '2026-11-22T02:30:00Z'],
  ['the first minute of a Monday', '2026-11-22T23:01:00Z'],
  ['the day after the clocks went back', '2026-10-26T08:00:00Z'],
])('told on %s', (_when, time) => {
  const now = Date.parse(time)
  const story = tell(now)

  test('everything lies in the two weeks before, in its order', () => {
    const moments = story.steps.map(({ at }) => at)
    expect(moments.every((at) => at >= story.start && at <= now - 60_000)).toBe(true)
    expect([...moments].sort((a, b) => a - b)).toEqual(moments)
  })

  test('nothing happens to a record before it is there', () => {
    const there = new Set(story.base.map(({ record }) => `${record.kind} ${record.id}`))
    for (const { change } of changes(story)) {
      const key = `${change.record.kind} ${change.record.id}`
      if (change.do === 'write') there.add(key)
      expect(there).toContain(key)
    }
  })

  test('weekdays are busy, Saturdays and Sundays are not', () => {
    const weekday = new Intl.DateTimeFormat('en', { timeZone: 'Europe/Warsaw', weekday: 'short' })
    const count = (wanted: (day: string) => boolean) =>
      changes(story).filter(({ at }) => at < now - 6 * hourMs && wanted(weekday.format(at))).length
    const weekend = count((day) => day === 'Sat' || day === 'Sun')
    expect(count((day) => day !== 'Sat' && day !== 'Sun')).toBeGreaterThan(weekend * 5)
    expect(weekend).toBeGreaterThan(0)
  })

  test('three deals are won while the ERP is down, and none else', () => {
    const won = changes(story).filter(
      ({ at, change }) =>
        at >= story.troubles.erp &&
        change.record.kind === 'lead' &&
        change.do === 'write' &&
        change.fields['stage_id'] === '142',
    )
    expect(won).toHaveLength(3)
  })

  test('leads and opportunities stand in every stage, and some where nobody has named it', () => {
    const keyOf = ({ kind, id }: { kind: string; id: string }) => `${kind} ${id}`
    const places = new Map(story.base.map(({ record, fields }) => [keyOf(record), fields]))
    for (const { change } of changes(story)) {
      if (change.do !== 'write') continue
      const key = keyOf(change.record)
      places.set(key, { ...places.get(key), ...change.fields })
    }
    const all = [...places.values()] as { pipeline_id?: string; stage_id?: string }[]
    for (const { id, stages } of story.crm.pipelines)
      for (const stage of stages)
        expect(all.some((one) => one.pipeline_id === id && one.stage_id === stage.id)).toBe(true)
    const staged = all.filter(({ pipeline_id }) => pipeline_id !== undefined)
    expect(staged.length).toBeGreaterThanOrEqual(60)
    expect(staged.filter(({ pipeline_id }) => pipeline_id === unnamed.pipeline)).toHaveLength(3)
    expect(new Set(staged.map(({ pipeline_id }) => pipeline_id))).toEqual(
      new Set([leadPipeline, opportunityPipeline, unnamed.pipeline]),
    )
  })
})

describe.each(languages)('in %s', (language) => {
  const text = demoTexts[language]

  test('there are as many people as places for them, all different', () => {
    expect(text.contacts).toHaveLength(text.companies.length * 4)
    for (const names of [text.users, text.companies, text.contacts, text.products])
      expect(new Set(names).size).toBe(names.length)
    expect(Math.max(...text.companies.map((name) => name.length))).toBeGreaterThan(45)
  })

  test('addresses are plain letters under a name that nobody owns', () => {
    for (const name of text.contacts)
      expect(emailOf(name, domainOf(text.companies[3]!))).toMatch(/^[a-z]+\.[a-z]+@[a-z]+\.example$/)
  })
})
