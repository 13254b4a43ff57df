/** The shapes that several resources share. What their descriptions say is the reference page. */
import { type TProperties, type TSchema, Type } from 'typebox'
import { fieldTypes, languages, type Json } from '../model/index.ts'

/** An object that takes these keys and no others. */
export function strict<P extends TProperties>(
  properties: P,
  options: { description?: string; examples?: unknown[] } = {},
) {
  return Type.Object(properties, { additionalProperties: false, ...options })
}

export function choice<T extends string>(values: readonly T[], options: object = {}) {
  return Type.Unsafe<T>({ type: 'string', enum: [...values], ...options })
}

export function nullableText(options: object = {}) {
  return Type.Unsafe<string | null>({ type: ['string', 'null'], ...options })
}

export function nullableInteger(options: object = {}) {
  return Type.Unsafe<number | null>({ type: ['integer', 'null'], ...options })
}

/** Any JSON value. */
export const anyJson = Type.Unsafe<Json>({})

export const name = Type.String({ minLength: 1, maxLength: 200 })

/** Fields, or what an event tells, by name. */
export const values = (description: string) =>
  Type.Record(Type.String({ maxLength: 200 }), anyJson, { maxProperties: 1000, description })

/** The caller's own ids. */
export const ownId = Type.String({
  minLength: 1,
  maxLength: 200,
  pattern: '^[^\\u0000-\\u001f\\u007f]+$',
  description: 'text of 1 to 200 characters, none of them control characters.',
})

export const kindName = Type.String({
  minLength: 1,
  maxLength: 64,
  description: 'A kind of record: lead, contact…',
})
export const language = choice(languages)
export const fieldType = choice(fieldTypes)

/** A time as it is written in answers. */
export const time = Type.String({
  description: 'ISO 8601, UTC, with milliseconds.',
  examples: ['2026-11-20T09:00:00.000Z'],
})
export const nullableTime = nullableText({ description: 'ISO 8601, UTC, with milliseconds.' })

/** A time in a query or body; what it says is checked by `readTime`. */
export const timeInput = Type.String({
  maxLength: 40,
  description: 'ISO 8601 with an offset or Z.',
  examples: ['2026-11-20T09:00:00Z'],
})

export const pageQuery = {
  limit: Type.Optional(Type.String({ description: 'How many items, 1 to 100; 50 when left out.' })),
  cursor: Type.Optional(Type.String({ description: '`next_cursor` of the page before.' })),
}

export function listOf<S extends TSchema>(item: S) {
  return Type.Object({ items: Type.Array(item), next_cursor: nullableText() })
}

export function idParams<N extends string>(...names: N[]) {
  return Type.Object(Object.fromEntries(names.map((key) => [key, Type.String()]))) as unknown as ReturnType<
    typeof Type.Unsafe<Record<N, string>>
  >
}

/** RFC 9457, with our own `code` and the details by path. */
export const problemSchema = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  code: Type.String({ description: 'Stable; see the list of codes.' }),
  detail: Type.String({ description: 'What to do, as a sentence.' }),
  errors: Type.Array(Type.Object({ path: Type.String(), code: Type.String(), message: Type.String() })),
})

/** One object for all routes, so that the reference can tell it and name it once. */
const problemAnswer = {
  description: 'A problem.',
  content: { 'application/problem+json': { schema: problemSchema } },
}

/**
 * The answers of a call: what it gives, and that anything else is a problem. For the reference only: handlers answer text
 * and rows of the store as they are, so their types are not held against it.
 */
export function answers(success: Record<number, TSchema>): unknown {
  return { ...success, '4xx': problemAnswer }
}

export const nothing = Type.Unsafe<null>({ type: 'null', description: 'No content.' })
