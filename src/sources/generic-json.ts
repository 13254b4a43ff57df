import type { Fields, Json, JsonObject, ProblemDetail, RecordRef } from '../model/index.ts'
import { genericJsonOptions } from './generic-json-options.ts'
import { genericJsonSamples } from './generic-json-samples.ts'
import { checkMapping, compileMapping, fillItems, wordForm } from './json-mapping.ts'
import type { Found, Mapping } from './json-mapping.ts'
import { readJsonPath } from './json-path.ts'
import { itemsOf, previewMapping } from './json-preview.ts'
import { asText, isObject } from './json-values.ts'
import { readJson } from './read-json.ts'
import { readTime } from './read-time.ts'
import { itemsMax, remark, shorten } from './remarks.ts'
import { defineSource } from './source.ts'
import type { IncomingCall, Reading, SourceAnswer, SourceItem } from './source.ts'

interface Heading {
  record: RecordRef
  occurred_at: string | null
  as_of: string | null
  actor_id: string | null
}

/** What an event can mean beside an activity. */
const meanings = new Map<string, (found: Found, heading: Heading) => SourceItem>([
  ['created', (found, heading) => write(found, heading, true)],
  ['updated', (found, heading) => write(found, heading, false)],
  ['deleted', (_found, heading) => ({ do: 'delete', ...heading })],
  [
    'restored',
    (found, heading) => ({ do: 'restore', ...heading, fields: membersOf(found, 'fields'), titles: {} }),
  ],
])

/**
 * Any system that posts JSON. Rows say where in the body a record's kind, id and fields stand; an event's name, where there
 * is one, says what happened: `created`, `updated`, `deleted`, `restored`, or an activity. Without one it is an update.
 */
export const genericJson = defineSource({
  name: 'generic-json',
  title: { en: 'Any JSON', ru: 'Любой JSON', pl: 'Dowolny JSON', 'pt-BR': 'Qualquer JSON' },
  description: {
    en: 'Takes JSON from any system. You say where in it the record, its fields and the event stand.',
    ru: 'Принимает JSON из любой системы. Вы указываете, где в нём находятся запись, её поля и событие.',
    pl: 'Odbiera JSON z dowolnego systemu. Wskazujesz, gdzie w nim są rekord, jego pola i zdarzenie.',
    'pt-BR': 'Recebe JSON de qualquer sistema. Você indica onde estão o registro, os campos e o evento.',
  },
  options: genericJsonOptions,
  check: checkMapping,
  read: (call, options) => {
    const { value: root, problem } = readJson(call.body)
    if (problem) {
      const answer = { ...answerTo(0, [problem], []), status: 400 }
      return { items: [], problems: [problem], ignored: [], answer }
    }
    const mapping = compileMapping(options)
    const reading = readAll(root, call, mapping, options['items'] as string)
    return { ...reading, answer: answerTo(reading.items.length, reading.problems, reading.ignored) }
  },
  answerAfter: ({ problems, ignored }, taken, refused) => answerTo(taken, [...problems, ...refused], ignored),
  preview: previewMapping,
  samples: genericJsonSamples,
})

const tooMuch =
  'The rows take far more from this call than it holds: "$" gives every item its own copy. Nothing of it was taken.'

type Findings = Pick<Reading, 'items' | 'problems' | 'ignored'>

function readAll(root: Json, call: IncomingCall, mapping: Mapping, itemsPath: string): Findings {
  const found: Findings = { items: [], problems: [], ignored: [] }
  const place = readJsonPath(mapping.items, root, root)
  const items = itemsOf(place)
  if (place === undefined || place === null) {
    remark(found.problems, itemsPath, 'no_items', `Nothing stands at "${shorten(itemsPath)}".`)
    return found
  }
  if (items.length > itemsMax) {
    const message = `At most ${itemsMax} items are taken in one call. Nothing of it was taken.`
    remark(found.problems, itemsPath, 'too_many_items', message)
    return found
  }
  const filled = fillItems(mapping.rows, items, root, call)
  if (filled === null) {
    remark(found.problems, itemsPath, 'too_much', tooMuch)
    return found
  }
  for (const [index, values] of filled.entries()) {
    const path = Array.isArray(place) ? `${itemsPath}[${index}]` : itemsPath
    readItem(values, mapping, path, found)
  }
  return found
}

function readItem(
  found: Found,
  mapping: Mapping,
  path: string,
  { items, problems, ignored }: Findings,
): void {
  const fail = (to: string, code: string, message: string) =>
    remark(problems, path, code, `${to}: ${message}`)
  const before = problems.length

  const theirKind = asText(found.get('record.kind'))
  const kind = theirKind === null ? null : (mapping.kinds.get(theirKind) ?? theirKind)
  if (kind === null) fail('record.kind', 'missing', 'Nothing was found.')
  else if (!wordForm.test(kind)) fail('record.kind', 'unknown_word', `Say what "${shorten(kind)}" means.`)
  const id = asText(found.get('record.id'))
  if (id === null) fail('record.id', 'missing', 'Nothing was found, or no text and no number.')
  else if (id.length > 200) fail('record.id', 'too_long', 'An id has at most 200 characters.')
  const occurred_at = timeOf(found, 'occurred_at', fail)
  const as_of = timeOf(found, 'as_of', fail)
  if (problems.length > before || kind === null || id === null) return

  const theirEvent = asText(found.get('event'))
  const known = theirEvent === null ? 'updated' : mapping.events.get(theirEvent)
  const event = known ?? theirEvent ?? ''
  if (known === undefined && mapping.events.size > 0) {
    remark(
      ignored,
      path,
      'other_event',
      `"${shorten(event)}" is not among the events that this source listens to.`,
    )
    return
  }
  if (!wordForm.test(event)) return fail('event', 'unknown_word', `Say what "${shorten(event)}" means.`)

  const heading = { record: { kind, id }, occurred_at, as_of, actor_id: asText(found.get('actor_id')) }
  items.push(meanings.get(event)?.(found, heading) ?? activity(found, heading, event))
}

function write(found: Found, heading: Heading, created: boolean): SourceItem {
  const { record, ...rest } = heading
  const fields = membersOf(found, 'fields')
  return { do: 'write', record, fields, old: membersOf(found, 'old'), created, ...rest, titles: {} }
}

function activity(found: Found, { record, occurred_at }: Heading, type: string): SourceItem {
  const external_id = asText(found.get('external_id'))
  return { do: 'activity', record, type, data: membersOf(found, 'data'), occurred_at, external_id }
}

/** `fields.name` and the like by name. `fields.*` gives all members of an object, and single rows come over it. */
function membersOf(found: Found, group: 'fields' | 'old' | 'data'): Fields {
  const all = found.get(`${group}.*`)
  const members: Fields = isObject(all) ? { ...all } : {}
  const prefix = `${group}.`
  for (const [to, value] of found)
    if (to.startsWith(prefix) && to !== `${group}.*`) members[to.slice(prefix.length)] = value
  return members
}

/** A time that cannot be read stops the item: with a wrong one an old state would come over a new one. */
function timeOf(
  found: Found,
  to: string,
  fail: (to: string, code: string, message: string) => void,
): string | null {
  const value = found.get(to) ?? null
  if (value === null || value === '') return null
  const time = readTime(value)
  if (time === null) fail(to, 'bad_time', 'Send ISO 8601, or seconds or milliseconds since 1970.')
  return time
}

/** Whoever writes such a call wants to know at once what became of it. */
function answerTo(taken: number, problems: ProblemDetail[], ignored: ProblemDetail[]): SourceAnswer {
  const said = (list: ProblemDetail[]): JsonObject[] => list.map((detail) => ({ ...detail }))
  const body = JSON.stringify({ taken, problems: said(problems), ignored: said(ignored) })
  const status = taken === 0 && problems.length > 0 ? 422 : 200
  return { status, contentType: 'application/json', body }
}
