import type { Json, ProblemDetail } from '../model/index.ts'

/** How deep objects and lists may stand in each other. */
export const jsonDepthMax = 32

export type JsonRead = { value: Json; problem: null } | { value: null; problem: ProblemDetail }

/**
 * Reads a JSON body. Refuses what is no UTF-8 or no JSON, is deeper than `jsonDepthMax`, or holds what no store can keep:
 * NUL, lone surrogates, keys called `__proto__`. A whole number beyond 2^53 becomes text with the very same digits, since
 * systems number their things without asking what JavaScript can count.
 */
export function readJson(bytes: Uint8Array): JsonRead {
  const text = decodeUtf8(bytes)
  if (text === null) return refuse('not_utf8', 'The body is not UTF-8.')
  if (text.trim() === '') return refuse('empty', 'The body is empty.')
  if (isDeep(text)) return refuse('too_deep', `The body nests more than ${jsonDepthMax} deep.`)
  let bad: ProblemDetail | null = null
  const note = (key: string, code: string, message: string) => {
    bad ??= { path: key.slice(0, 100).toWellFormed().replaceAll('\0', ' '), code, message }
  }
  try {
    const value = parse(text, (key, value, { source }) => {
      if (key === '__proto__') note(key, 'bad_key', 'A key cannot be called "__proto__".')
      if (!isKeepable(key)) note(key, 'bad_text', 'A key holds NUL or half a character.')
      if (typeof value === 'string' && !isKeepable(value))
        note(key, 'bad_text', 'A text holds NUL or half a character.')
      return typeof value === 'number' && !isExact(value) ? (source ?? String(value)) : value
    })
    return bad ? { value: null, problem: bad } : { value, problem: null }
  } catch {
    return refuse('not_json', 'The body is not valid JSON.')
  }
}

// The types of JavaScript's library do not know yet that a reviver is told the very digits.
const parse = JSON.parse as (
  text: string,
  reviver: (key: string, value: Json, context: { source?: string }) => Json,
) => Json

/** The text, or null where the bytes are no UTF-8. A byte order mark is left out. */
export function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/** False for what PostgreSQL and UTF-8 cannot hold. */
export function isKeepable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed()
}

function isExact(value: number): boolean {
  return Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value)
}

function refuse(code: string, message: string): JsonRead {
  return { value: null, problem: { path: '', code, message } }
}

/** Counted before parsing; brackets inside strings do not count. */
function isDeep(text: string): boolean {
  let depth = 0
  let inString = false
  for (let index = 0; index < text.length; index++) {
    const character = text[index]
    if (inString) {
      if (character === '\\') index++
      else if (character === '"') inString = false
    } else if (character === '"') {
      inString = true
    } else if (character === '{' || character === '[') {
      if (++depth > jsonDepthMax) return true
    } else if (character === '}' || character === ']') {
      depth--
    }
  }
  return false
}
