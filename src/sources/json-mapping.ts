import type { Json, JsonObject, ProblemDetail } from '../model/index.ts'
import { compileJsonPath, readJsonPath } from './json-path.ts'
import type { JsonPath } from './json-path.ts'
import type { IncomingCall } from './source.ts'

/** One row of a mapping, compiled. */
export interface MappedRow {
  to: string
  /** What the user wrote, for people: `deal.id`. */
  written: string
  /** undefined where nothing stands there. */
  find(item: Json, root: Json, call: IncomingCall): Json | undefined
}

export interface Mapping {
  items: JsonPath
  rows: MappedRow[]
  /** Their words and what they mean here. */
  kinds: Map<string, string>
  events: Map<string, string>
}

/** What was found for one item, by what it fills. */
export type Found = Map<string, Json>

/** What a row may fill that is not a field, a former value or a piece of an activity's data. */
const targets = ['record.kind', 'record.id', 'event', 'external_id', 'occurred_at', 'as_of', 'actor_id']
const named = /^(?:fields|old|data)\.(?!__proto__$)[^\p{Cc}]{1,100}$/u

/** How kinds and activities are called. */
export const wordForm = /^[a-z][a-z0-9_]{0,49}$/

interface Row {
  to: string
  from: string
  value: string
}

export function compileMapping(options: JsonObject): Mapping {
  return {
    items: compileJsonPath(options['items'] as string) ?? { fromRoot: false, steps: [] },
    rows: (options['map'] as unknown as Row[]).map(compileRow),
    kinds: wordsOf(options['kinds']),
    events: wordsOf(options['events']),
  }
}

function compileRow({ to, from, value }: Row): MappedRow {
  if (from === 'value') return { to, written: value, find: () => value }
  if (from === 'header') {
    const wanted = value.toLowerCase()
    return {
      to,
      written: value,
      find: (_item, _root, { headers }) => headers.find(([name]) => name.toLowerCase() === wanted)?.[1],
    }
  }
  const path = compileJsonPath(value)
  if (!path) return { to, written: value, find: () => undefined }
  if (path.fromRoot) return { to, written: value, find: readOnce((root) => readJsonPath(path, root, root)) }
  return { to, written: value, find: (item, root) => readJsonPath(path, item, root) }
}

/** What stands in the whole body is the same for every item of it. */
function readOnce(read: (root: Json) => Json | undefined): MappedRow['find'] {
  let last: { root: Json; found: Json | undefined } | null = null
  return (_item, root) => {
    if (last?.root !== root) last = { root, found: read(root) }
    return last.found
  }
}

/** How much more than it holds a call may fill. With `$` every item can take the whole body along: a megabyte becomes one each. */
const repeatedMax = 16 * 1024 * 1024

/** What the rows find for each item; null where all of it together would be too much. */
export function fillItems(
  rows: readonly MappedRow[],
  items: readonly Json[],
  root: Json,
  call: IncomingCall,
): Found[] | null {
  let room = call.body.length + repeatedMax
  const filled: Found[] = []
  for (const item of items) {
    const found: Found = new Map()
    for (const { to, find } of rows) {
      const value = find(item, root, call)
      if (value === undefined) continue
      room -= weightOf(value, room)
      if (room < 0) return null
      found.set(to, value)
    }
    filled.push(found)
  }
  return filled
}

/** The characters and values in it, counted until there are more than `most`. */
function weightOf(value: Json, most: number): number {
  if (typeof value === 'string') return value.length
  let weight = 1
  if (Array.isArray(value)) {
    for (const item of value) if ((weight += weightOf(item, most - weight)) > most) break
  } else if (value !== null && typeof value === 'object') {
    for (const [key, item] of Object.entries(value))
      if ((weight += key.length + weightOf(item, most - weight)) > most) break
  }
  return weight
}

function wordsOf(rows: Json | undefined): Map<string, string> {
  const words = (rows ?? []) as unknown as { name: string; means: string }[]
  return new Map(words.map(({ name, means }) => [name, means]))
}

/** What is wrong with a mapping, beyond the shapes of its rows. */
export function checkMapping(options: JsonObject): ProblemDetail[] {
  const errors: ProblemDetail[] = []
  const fail = (path: string, code: string, message: string) => errors.push({ path, code, message })
  const rows = options['map'] as unknown as Row[]
  if (compileJsonPath(options['items'] as string) === null) fail('items', 'bad_path', badPath)

  const seen = new Set<string>()
  for (const [index, { to, from, value }] of rows.entries()) {
    const at = `map[${index}]`
    if (!targets.includes(to) && !named.test(to)) {
      const known = [...targets, 'fields.<name>', 'old.<name>', 'data.<name>'].join(', ')
      fail(
        `${at}.to`,
        'unknown_target',
        `There is no "${to}" to fill. Known: ${known}, fields.* for all members.`,
      )
    }
    if (seen.has(to)) fail(`${at}.to`, 'duplicate_target', `"${to}" is filled by an earlier row.`)
    seen.add(to)
    if (from === 'path' && compileJsonPath(value) === null) fail(`${at}.value`, 'bad_path', badPath)
    if (from === 'header' && !/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/.test(value))
      fail(`${at}.value`, 'bad_header', 'This cannot be the name of a header.')
  }
  for (const target of ['record.kind', 'record.id'])
    if (!seen.has(target)) fail('map', 'missing_target', `A row must say where "${target}" comes from.`)
  for (const list of ['kinds', 'events'] as const) {
    for (const [index, { means }] of ((options[list] ?? []) as unknown as { means: string }[]).entries()) {
      if (!wordForm.test(means))
        fail(
          `${list}[${index}].means`,
          'bad_word',
          'Write a name as the catalogue has it, such as email_received.',
        )
    }
  }
  if (((options['events'] ?? []) as Json[]).length > 0 && !seen.has('event'))
    fail('map', 'missing_target', 'A row must say where "event" comes from, since its words are listed.')
  return errors
}

const badPath =
  'This is no path. Write deal.contacts[0].email, tags[].name, ["a key with dots"], or $.event from the whole body.'
