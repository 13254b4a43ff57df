import type { JsonObject, ProblemDetail } from '../model/index.ts'
import { decodeUtf8, isKeepable } from './read-json.ts'
import { remark } from './remarks.ts'

/** A record of a CRM has tens of fields, and a call tens of records. PHP itself stops at 1000 by default. */
export const formPairsMax = 20_000
export const formDepthMax = 16
export const formNameCharactersMax = 1000

export interface FormRead {
  /** Texts, and objects for what stood in brackets, lists too: `a[0]=x` is `{a: {0: 'x'}}`. null where nothing can be read. */
  value: JsonObject | null
  problems: ProblemDetail[]
}

/**
 * Reads `application/x-www-form-urlencoded` with PHP's arrays: `leads[status][0][id]=1`. As in PHP a name without an index
 * (`tags[]`) takes the next one, and of two equal names the later wins. Stricter than PHP: a pair whose name or encoding is
 * broken, or that holds what no store can keep, is left out and told, never mended. More than `formPairsMax` pairs are
 * refused whole, because half a record would be written as if it were all.
 */
export function readForm(bytes: Uint8Array): FormRead {
  const problems: ProblemDetail[] = []
  const text = decodeUtf8(bytes)
  if (text === null) {
    remark(problems, '', 'not_utf8', 'The body is not UTF-8.')
    return { value: null, problems }
  }
  const root: JsonObject = {}
  const nextIndexes = new Map<JsonObject, number>()
  let pairs = 0
  for (let start = 0; start < text.length;) {
    const found = text.indexOf('&', start)
    const end = found < 0 ? text.length : found
    const pair = text.slice(start, end)
    start = end + 1
    if (pair === '') continue
    if (++pairs > formPairsMax) {
      remark(problems, '', 'too_many_pairs', `The form has more than ${formPairsMax} values. Send fewer.`)
      return { value: null, problems }
    }
    readPair(root, nextIndexes, pair, problems)
  }
  return { value: root, problems }
}

function readPair(
  root: JsonObject,
  nextIndexes: Map<JsonObject, number>,
  pair: string,
  problems: ProblemDetail[],
): void {
  const equals = pair.indexOf('=')
  const name = decode(equals < 0 ? pair : pair.slice(0, equals))
  const value = decode(equals < 0 ? '' : pair.slice(equals + 1))
  if (name === null) return remark(problems, pair, 'bad_encoding', 'This name is not well encoded.')
  if (value === null) return remark(problems, name, 'bad_encoding', 'The value is not well encoded.')
  if (!isKeepable(name) || !isKeepable(value))
    return remark(problems, name, 'bad_text', 'This holds a NUL character.')
  const keys = keysOf(name)
  if (typeof keys === 'string') return remark(problems, name, 'bad_name', keys)

  let place = root
  for (const [depth, written] of keys.entries()) {
    const key = written === '' && depth > 0 ? String(nextIndexes.get(place) ?? 0) : written
    if (indexForm.test(key)) nextIndexes.set(place, Math.max(nextIndexes.get(place) ?? 0, Number(key) + 1))
    if (depth === keys.length - 1) {
      place[key] = value
      return
    }
    const inner = Object.hasOwn(place, key) ? place[key] : undefined
    place = typeof inner === 'object' && inner !== null ? (inner as JsonObject) : (place[key] = {})
  }
}

const indexForm = /^(?:0|[1-9][0-9]{0,8})$/
const nameForm = /^[^[\]]+(?:\[[^[\]]*\])*$/

/** `a[b][]` → `a`, `b`, ''; a sentence where it is no such name. */
function keysOf(name: string): string[] | string {
  if (name.length > formNameCharactersMax)
    return `A name may have at most ${formNameCharactersMax} characters.`
  if (!nameForm.test(name)) return 'Brackets in a name must be closed, and nothing may stand behind them.'
  const keys = name.split('[').map((part, index) => (index === 0 ? part : part.slice(0, -1)))
  if (keys.length > formDepthMax) return `A name may nest at most ${formDepthMax} deep.`
  if (keys.includes('__proto__')) return 'A key cannot be called "__proto__".'
  return keys
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return null
  }
}
