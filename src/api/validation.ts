import type { FastifySchemaCompiler } from 'fastify'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import type { TLocalizedValidationError } from 'typebox/error'
import { Settings } from 'typebox/system'
import { nearestName } from '../crm/index.ts'
import { Problem, type ProblemDetail } from '../model/index.ts'
import { joinPath, malformed } from './body.ts'

/** How many details one answer names; a body can hold a million mistakes. */
const detailsMax = 50
Settings.Set({ maxErrors: 4 * detailsMax })

// oxlint-disable-next-line no-control-regex
const controlCharacter = /[\u0000-\u001f\u007f]/

/** How long an id in a path may be, in characters. */
const pathIdCharactersMax = 200

/** Makes a route's schema a check. Bodies and queries that do not fit are `invalid`; ids in paths that cannot be any, `malformed`. */
export const compileSchema: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const validator = Compile(schema)
  return (value: unknown) => {
    try {
      if (httpPart === 'params') checkPathIds(value as Record<string, string>)
      if (httpPart === 'querystring') checkQueryText(value as Record<string, string | string[]>)
      if (!validator.Check(value)) throw detailsProblem(schema, value, validator.Errors(value))
    } catch (error) {
      return { error: error as Error }
    }
    return { value }
  }
}

function checkPathIds(parts: Record<string, string>): void {
  for (const [name, text] of Object.entries(parts)) {
    if (
      text === '' ||
      text.length > pathIdCharactersMax ||
      controlCharacter.test(text) ||
      !text.isWellFormed()
    ) {
      const message = `"${name}" in the path must have 1 to ${pathIdCharactersMax} characters, none of them control characters.`
      throw malformed(name, 'bad_id', message)
    }
  }
}

function checkQueryText(query: Record<string, string | string[]>): void {
  for (const [name, value] of Object.entries(query)) {
    if (name === '__proto__' || controlCharacter.test(name))
      throw malformed('', 'bad_key', 'The query holds a parameter whose name cannot be read.')
    for (const text of Array.isArray(value) ? value : [value]) {
      if (controlCharacter.test(text) || !text.isWellFormed()) {
        const message = `The parameter "${name}" holds a control character or half of a surrogate pair. Remove it.`
        throw malformed(name, 'control_character', message)
      }
    }
  }
}

function detailsProblem(schema: TSchema, value: unknown, errors: TLocalizedValidationError[]): Problem {
  const details: ProblemDetail[] = []
  const named = new Set<string>()
  for (const error of errors) {
    for (const detail of detailsOf(schema, value, error)) {
      // The first word about a path is the plainest one.
      if (details.length >= detailsMax || named.has(detail.path)) continue
      named.add(detail.path)
      details.push(detail)
    }
  }
  const more = details.length > 1 ? ` (and ${details.length - 1} more)` : ''
  const [first] = details
  const where = first && first.path !== '' ? `${first.path}: ` : ''
  return new Problem('invalid', first ? `${where}${first.message}${more}` : 'The request is not valid.', {
    errors: details,
  })
}

/** What a compiled schema says, in words for people. Paths are dotted: `stages[0].name`. */
function detailsOf(schema: TSchema, value: unknown, error: TLocalizedValidationError): ProblemDetail[] {
  const keys = error.instancePath.split('/').slice(1).map(unescapePointer)
  const path = dotted(keys)
  const { limit } = error.params as { limit?: number }
  const one = (code: string, message: string): ProblemDetail[] => [{ path, code, message }]
  switch (error.keyword) {
    case 'additionalProperties': {
      const { additionalProperties } = error.params as { additionalProperties: string[] }
      const known = knownKeys(schema, keys)
      return additionalProperties.map((key) => unknownKey(joinPath(path, key), key, known))
    }
    case 'required': {
      const { requiredProperties } = error.params as { requiredProperties: string[] }
      return requiredProperties.map((key) => ({
        path: joinPath(path, key),
        code: 'required',
        message: `"${key}" is required.`,
      }))
    }
    case 'type':
      return keys.length === 0 && value == null
        ? one('required', 'A JSON body is required.')
        : one('wrong_type', `This must be ${typeNames((error.params as { type: string | string[] }).type)}.`)
    case 'enum':
      return one(
        'not_a_choice',
        `This must be one of: ${(error.params as { allowedValues: unknown[] }).allowedValues.join(', ')}.`,
      )
    case 'const':
      return one(
        'not_a_choice',
        `This must be ${JSON.stringify((error.params as { allowedValue: unknown }).allowedValue)}.`,
      )
    case 'minLength':
      return one(
        'too_short',
        limit === 1 ? 'This must not be empty.' : `This must have at least ${limit} characters.`,
      )
    case 'maxLength':
      return one('too_long', `This may have at most ${limit} characters.`)
    case 'minItems':
      return one('too_few', `This needs at least ${limit} ${limit === 1 ? 'entry' : 'entries'}.`)
    case 'maxItems':
      return one('too_many', `This may have at most ${limit} entries.`)
    case 'maxProperties':
      return one('too_many', `This may have at most ${limit} keys.`)
    case 'minimum':
      return one('out_of_range', `This must be at least ${limit}.`)
    case 'maximum':
      return one('out_of_range', `This must be at most ${limit}.`)
    case 'pattern':
      return one('bad_format', patternMessage(schema, keys))
    case 'boolean':
      // Said better by additionalProperties, at the same path.
      return []
    default:
      return one('invalid', `This ${error.message}.`)
  }
}

function unknownKey(path: string, key: string, known: readonly string[]): ProblemDetail {
  const near = nearestName(key, known)
  const hint = near ? `Did you mean "${near}"?` : `Known here: ${known.join(', ') || 'none'}.`
  return { path, code: 'unknown_key', message: `There is no "${key}" here. ${hint}` }
}

interface SchemaShape {
  properties?: Record<string, SchemaShape>
  items?: SchemaShape
  description?: string
}

/** The part of the schema that describes the value at these keys. */
function schemaAt(schema: TSchema, keys: string[]): SchemaShape | undefined {
  let shape: SchemaShape | undefined = schema as SchemaShape
  for (const key of keys) shape = shape?.properties?.[key] ?? shape?.items
  return shape
}

function knownKeys(schema: TSchema, keys: string[]): string[] {
  return Object.keys(schemaAt(schema, keys)?.properties ?? {})
}

function patternMessage(schema: TSchema, keys: string[]): string {
  const { description } = schemaAt(schema, keys) ?? {}
  return description
    ? `This does not have the right form: ${description}`
    : 'This does not have the right form.'
}

const typeWords: Record<string, string> = {
  object: 'an object',
  array: 'a list',
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  null: 'null',
}

function typeNames(type: string | string[]): string {
  return [type]
    .flat()
    .map((name) => typeWords[name] ?? name)
    .join(' or ')
}

function dotted(keys: string[]): string {
  return keys.reduce((path, key) => (/^\d+$/.test(key) ? `${path}[${key}]` : joinPath(path, key)), '')
}

function unescapePointer(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~')
}
