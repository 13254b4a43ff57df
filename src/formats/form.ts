import type { Json } from '../model/index.ts'
import { renderedCharactersMax } from './format.ts'
import { RenderError } from './render-error.ts'

/** Lists in lists deeper than this are written as JSON text: PHP itself reads at most 64 levels, people far fewer. */
const depthMax = 8

export type Pair = [name: string, value: string]

/**
 * Writes one parameter as PHP's `$_POST` reads it: `tags` = ["a", "b"] becomes `tags[0]` and `tags[1]`.
 * An empty value is written too, as '', so that a receiver finds every parameter: missing, null, an empty list or object.
 * Booleans are `true` and `false`. Answers how many characters it added.
 */
export function addPairs(pairs: Pair[], name: string, value: Json | undefined): number {
  let characters = 0
  const add = (name: string, value: Json | undefined, depth: number) => {
    if (typeof value === 'object' && value !== null && depth < depthMax) {
      const entries = Object.entries(value)
      for (const [key, item] of entries) add(`${name}[${key}]`, item, depth + 1)
      if (entries.length > 0) return
      value = ''
    }
    const text = asText(value)
    // Counted on the way: a long name above many leaves grows far beyond the event it came from.
    characters += name.length + text.length
    if (characters > renderedCharactersMax) throw tooLarge()
    pairs.push([name, text])
  }
  add(name, value, 0)
  return characters
}

/** A value where only text can stand: missing and null are empty, a list or an object is JSON. */
export function asText(value: Json | undefined): string {
  if (typeof value === 'string') return value
  if (value === undefined || value === null) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

export function tooLarge(): RenderError {
  return new RenderError(
    `The request would be larger than ${renderedCharactersMax} characters. Send fewer or smaller fields.`,
  )
}

/** `application/x-www-form-urlencoded`, the bytes of PHP's http_build_query: brackets encoded, a space is `+`. */
export function encodeForm(pairs: readonly Pair[]): string {
  return pairs.map(([name, value]) => `${encodeFormText(name)}=${encodeFormText(value)}`).join('&')
}

const plain = /^[A-Za-z0-9_.-]*$/

function encodeFormText(text: string): string {
  if (plain.test(text)) return text
  return encodeUrlText(text)
    .replace(/[!'()*~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+')
}

/** Percent-encodes all that could mean something in a URL. A lone surrogate, which has no bytes, becomes U+FFFD. */
export function encodeUrlText(text: string): string {
  return encodeURIComponent(text.toWellFormed())
}
