import type { Json, JsonObject } from '../model/index.ts'
import { compileMapping, fillItems } from './json-mapping.ts'
import { joinJsonPath, readJsonPath } from './json-path.ts'
import { readJson } from './read-json.ts'
import type { IncomingCall, SourcePreview } from './source.ts'

const previewItemsMax = 20
const placesMax = 300

/** The mapping applied to one call, row by row, and every place of the call that a row could name. */
export function previewMapping(call: IncomingCall, options: JsonObject): SourcePreview {
  const { value: root, problem } = readJson(call.body)
  if (problem) return { rows: [], places: [] }
  const { items, rows } = compileMapping(options)
  const found = itemsOf(readJsonPath(items, root, root))
  // Where it would be too much, the reading says so.
  const filled = fillItems(rows, found.slice(0, previewItemsMax), root, call) ?? []
  return {
    rows: filled.flatMap((values, item) =>
      rows.map(({ to, written }) => {
        const value = values.get(to)
        return { item, to, from: written, found: value !== undefined, value: value ?? null }
      }),
    ),
    places:
      found[0] === undefined || found[0] === root
        ? placesOf(root, '')
        : placesOf(found[0], '').concat(placesOf(root, '$')).slice(0, placesMax),
  }
}

/** Every member of a list; a lone thing is a list of one; nothing where nothing is. */
export function itemsOf(value: Json | undefined): Json[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value : [value]
}

/** The leaves, with the first member of each list for all of them. */
function placesOf(value: Json, path: string, places: SourcePreview['places'] = []): SourcePreview['places'] {
  if (places.length >= placesMax) return places
  if (typeof value !== 'object' || value === null) places.push({ path, value })
  else if (Array.isArray(value)) {
    if (value[0] !== undefined) placesOf(value[0], `${path}[0]`, places)
  } else {
    for (const [key, inner] of Object.entries(value)) placesOf(inner, joinJsonPath(path, key), places)
  }
  return places
}
