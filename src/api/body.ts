import { isUtf8 } from 'node:buffer'
import { hash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { Problem } from '../model/index.ts'

/** How deep objects and lists may stand in each other. Nothing that people write is near it. */
const jsonDepthMax = 64

/**
 * Reads a JSON body; an empty one is undefined. Refuses (`malformed`, with the path) what is no UTF-8 or no JSON, and what
 * no store can keep: integers beyond 2^53, NUL, lone surrogates, keys called `__proto__`, depth over `jsonDepthMax`.
 */
export function parseJsonBody(bytes: Buffer): unknown {
  if (bytes.length === 0) return undefined
  if (!isUtf8(bytes)) throw malformed('', 'not_utf8', 'The body is not UTF-8. Send JSON encoded as UTF-8.')
  const { deep, suspicious } = scan(bytes)
  if (deep)
    throw malformed('', 'too_deep', `The body nests objects and lists more than ${jsonDepthMax} deep.`)
  let value: unknown
  try {
    value = JSON.parse(bytes.toString('utf8'))
  } catch (error) {
    // The engine quotes the body behind the comma; whoever sent it has it.
    const [what = ''] = (error as Error).message.split(', ', 1)
    throw malformed('', 'not_json', `The body is not valid JSON: ${what}.`)
  }
  if (suspicious) refuseUnkeepable(value, '')
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

const quote = 0x22
const backslash = 0x5c
const underscore = 0x5f
const zero = 0x30
const nine = 0x39

/**
 * One look at the bytes, before parsing; costs less than a regular expression. `suspicious` is every body that could hold
 * something unkeepable: numbers with 16 digits in a row or an exponent, `\u` escapes, two underscores in a row. Most bodies
 * have none of it and are not walked.
 */
function scan(bytes: Buffer): { deep: boolean; suspicious: boolean } {
  let suspicious = false
  let depth = 0
  let digits = 0
  let inString = false
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index]!
    if (inString) {
      if (byte === quote) inString = false
      else if (byte === backslash) {
        if (bytes[++index] === 0x75) suspicious = true // u
      } else if (byte === underscore) suspicious ||= bytes[index + 1] === underscore
    } else if (byte >= zero && byte <= nine) {
      if (++digits >= 16) suspicious = true
    } else {
      // An exponent is an e behind a digit; those of true and false stand behind letters.
      if (digits > 0 && (byte === 0x65 || byte === 0x45)) suspicious = true
      digits = 0
      if (byte === quote) inString = true
      else if (byte === 0x7b || byte === 0x5b) {
        if (++depth > jsonDepthMax) return { deep: true, suspicious }
      } else if (byte === 0x7d || byte === 0x5d) depth--
    }
  }
  return { deep: false, suspicious }
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
