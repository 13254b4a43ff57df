import { describe, expect, it } from 'vitest'
import { languages } from '../../model/index.ts'
import type { Fields } from '../../model/index.ts'
import { applyWrite } from '../apply-write.ts'
import { derive } from '../derive.ts'
import { defineKind } from '../kind.ts'
import { capabilities } from './index.ts'

const title = { en: 'Thing', ru: 'Вещь', pl: 'Rzecz', 'pt-BR': 'Coisa' }

function previousOf(before: Fields | null, after: Fields | null): Fields {
  return before && after ? applyWrite(before, { fields: after, replace: true }).previous : {}
}

describe.each(capabilities)('$name', (capability) => {
  const kind = defineKind({
    name: 'thing',
    title,
    plural: title,
    capabilities: [capability],
    fields: {},
  })

  it.each(capability.examples)('says $events for $before → $after', (example) => {
    const events = derive(kind, example.before, example.after, {
      previous: previousOf(example.before, example.after),
      restored: example.restored ?? false,
      stageType: (_pipelineId, stageId) => example.stages?.[String(stageId)] ?? 'open',
    })
    expect(events.map(({ action }) => action)).toEqual(example.events)
    if (example.data) expect(events.map(({ data }) => data)).toEqual(example.data)
    for (const { action, data } of events) {
      expect(Object.keys(data)).toEqual(Object.keys(capability.events[action]!.data))
    }
  })

  it('has an example of each event that it derives', () => {
    const shown = new Set(capability.examples.flatMap(({ events }) => events))
    const derived = Object.keys(capability.events).filter((action) => !capability.events[action]!.activity)
    expect([...shown].sort()).toEqual(derived.sort())
  })

  it('shows a sample of every value that an event describes, and of no other', () => {
    for (const { data, sample } of Object.values(capability.events)) {
      expect(Object.keys(sample.data)).toEqual(Object.keys(data))
    }
  })

  it.each(Object.entries(capability.events))('says in every language what %s means', (_action, event) => {
    expect(Object.keys(event.description).sort()).toEqual([...languages].sort())
    for (const language of languages) {
      expect(event.description[language]).toMatch(/^\p{Lu}.*\.$/u)
      expect(event.description[language]).not.toBe(event.title[language])
    }
    const said = languages.map((language) => event.description[language])
    expect(said).toEqual([...new Set(said)])
  })

  it('explains only fields that it reads', () => {
    for (const names of Object.entries(capability.explains ?? {})) {
      expect(Object.keys(capability.fields)).toEqual(expect.arrayContaining(names))
    }
  })
})

it('no two capabilities share a name, a field or an event, so that a kind can have any of them together', () => {
  const claims = [
    capabilities.map(({ name }) => name),
    capabilities.flatMap(({ fields }) => Object.keys(fields)),
    capabilities.flatMap(({ events }) => Object.keys(events)),
  ]
  for (const names of claims) expect(names).toEqual([...new Set(names)])
})
