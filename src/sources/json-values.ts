import type { Json, JsonObject } from '../model/index.ts'

const idCharactersMax = 200

/** The first own value of these names; keys such as `constructor` are data here and nothing else. */
export function valueOf(entry: JsonObject, ...names: string[]): Json | undefined {
  for (const name of names) if (Object.hasOwn(entry, name)) return entry[name]
  return undefined
}

/** The first text of these names, also where it was a number; null where it is missing, empty or no text. */
export function textOf(entry: JsonObject, ...names: string[]): string | null {
  for (const name of names) {
    const text = asText(valueOf(entry, name))
    if (text !== null) return text
  }
  return null
}

export function asText(value: Json | undefined): string | null {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value !== '' ? value : null
}

/** The id of a record; null where there is none that could be kept. */
export function idOf(entry: JsonObject, ...names: string[]): string | null {
  const id = textOf(entry, ...names)
  return id !== null && id.length <= idCharactersMax ? id : null
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
