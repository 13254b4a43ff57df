import { isUtf8 } from 'node:buffer'
import { hash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { Problem } from '../model/index.ts'

/** How deep objects and lists may stand in each other. Nothing that people write is near it. */
export const jsonDepthMax = 64

/**
 * What can stand only in a text that holds something unkeepable: long numbers and exponents, escapes of NUL and of
 * surrogates, and `__proto__`, also spelled with an escape. Most bodies have none of it and are not walked.
 */
const suspicious = /\d{16}|\d[eE]\+?\d|\\u(?:0000|[dD][89a-fA-F]|005[fF])|__proto__/

/**
 * Reads a JSON body; an empty one is undefined. Refuses (`malformed`, with the path) what is no UTF-8 or no JSON, and what
 * no store can keep: integers beyond 2^53, NUL, lone surrogates, keys called `__proto__`, depth over `jsonDepthMax`.
 */
export function parseJsonBody(bytes: Buffer): unknown {
  if (bytes.length === 0) return undefined
  if (!isUtf8(bytes)) throw malformed('', 'not_utf8', 'The body is not UTF-8. Send JSON encoded as UTF-8.')
  if (isDeep(bytes))
    throw malformed('', 'too_deep', `The body nests objects and lists more than ${jsonDepthMax} deep.`)
  const text = bytes.toString('utf8')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    // The engine quotes the body behind the comma; whoever sent it has it.
    const [what = ''] = (error as Error).message.split(', ', 1)
    throw malformed('', 'not_json', `The body is not valid JSON: ${what}.`)
  }
  if (suspicious.test(text)) refuseUnkeepable(value, '')
  return value
}

/** Hex SHA-256 of what the caller asks for: the body's bytes and, where there is one, the query. For `Idempotency-Key`. */
export function requestHash(request: FastifyRequest): string {
  const query = queryOf(request.url)
  const body = request.rawBody ?? Buffer.alloc(0)
  return hash('sha256', query === '' ? body : Buffer.concat([body, Buffer.from(`\n${query}`)]), 'hex')
}

/** The part of a URL behind its first `?`; '' where there is none. */
export function queryOf(url: string): string {
  const mark = url.indexOf('?')
  return mark < 0 ? '' : url.slice(mark + 1)
}

/** Counts on the bytes, before parsing: brackets inside strings do not count. */
function isDeep(bytes: Buffer): boolean {
  let depth = 0
  let inString = false
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index]
    if (inString) {
      if (byte === 0x5c) index++
      else if (byte === 0x22) inString = false
    } else if (byte === 0x22) {
      inString = true
    } else if (byte === 0x7b || byte === 0x5b) {
      if (++depth > jsonDepthMax) return true
    } else if (byte === 0x7d || byte === 0x5d) {
      depth--
    }
  }
  return false
}

function refuseUnkeepable(value: unknown, path: string): void {
  if (typeof value === 'number') {
    if (Number.isInteger(value) ? !Number.isSafeInteger(value) : !Number.isFinite(value)) {
      const message = 'This number is too large to be kept exactly (beyond 2^53). Send it as text.'
      throw malformed(path, 'number_too_large', message)
    }
  } else if (typeof value === 'string') {
    refuseText(value, path)
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) refuseUnkeepable(item, `${path}[${index}]`)
  } else if (value !== null && typeof value === 'object') {
    for (const [key, item] of Object.entries(value)) {
      if (key === '__proto__')
        throw malformed(joinPath(path, key), 'bad_key', 'A key cannot be called "__proto__". Rename it.')
      refuseText(key, joinPath(path, key))
      refuseUnkeepable(item, joinPath(path, key))
    }
  }
}

function refuseText(text: string, path: string): void {
  if (text.includes('\u0000'))
    throw malformed(path, 'nul_character', 'This holds a NUL character. Remove it.')
  if (!text.isWellFormed()) {
    const message = 'This holds half of a surrogate pair, which is no character. Send whole characters.'
    throw malformed(path, 'lone_surrogate', message)
  }
}

/** `a` and `b` → `a.b`. */
export function joinPath(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`
}

export function malformed(path: string, code: string, message: string): Problem {
  return new Problem('malformed', message, { errors: [{ path: path.toWellFormed(), code, message }] })
}
