import type { Option } from '../../data/catalogue.ts'
import type { JsonObject } from '../../data/json.ts'

/** What stands at its default, as an object: what a new webhook or source starts with. */
export function defaultsOf(options: readonly Option[]): JsonObject {
  return Object.fromEntries(
    options.flatMap(({ name, default: start }) =>
      start === undefined ? [] : [[name, structuredClone(start)]],
    ),
  )
}
