import type { Json, JsonObject } from './json.ts'
import type { OptionDescription } from './option.ts'
import type { ProblemDetail } from './problem.ts'

/**
 * Checks what a user set against the descriptions and fills in the defaults.
 * `options` holds only described names, in the order of the descriptions, and is complete when `errors` is empty.
 * Nothing set (undefined) counts as `{}`. `path` is put before the path of each detail: `request.options`.
 * Codes: wrong_type, unknown_option, required, not_a_choice, out_of_range, too_short, too_long, too_few, too_many.
 */
export function checkOptions(
  described: readonly OptionDescription[],
  value: unknown,
  path: string,
): { options: JsonObject; errors: ProblemDetail[] } {
  const errors: ProblemDetail[] = []
  return { options: checkObject(described, value === undefined ? {} : value, path, errors), errors }
}

function checkObject(
  described: readonly OptionDescription[],
  value: unknown,
  path: string,
  errors: ProblemDetail[],
): JsonObject {
  const options: JsonObject = {}
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    errors.push({ path, message: 'This must be an object.', code: 'wrong_type' })
    return options
  }
  for (const key of Object.keys(value)) {
    if (described.some((description) => description.name === key)) continue
    errors.push({ path: join(path, key), message: unknownMessage(described, key), code: 'unknown_option' })
  }
  for (const description of described) {
    const { name } = description
    const at = join(path, name)
    const given = Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined
    if (given !== undefined) {
      const before = errors.length
      const checked = checkValue(description, given, at, errors)
      if (errors.length === before) options[name] = checked
    } else if (description.default !== undefined) {
      options[name] = structuredClone(description.default)
    } else if (description.required) {
      errors.push({ path: at, message: `"${name}" is required.`, code: 'required' })
    }
  }
  return options
}

function checkValue(
  description: OptionDescription,
  value: unknown,
  path: string,
  errors: ProblemDetail[],
): Json {
  const fail = (code: string, message: string) => {
    errors.push({ path, message, code })
    return null
  }
  switch (description.type) {
    case 'boolean':
      return typeof value === 'boolean' ? value : fail('wrong_type', 'This must be true or false.')
    case 'number':
      return checkNumber(description, value, path, errors)
    case 'choice': {
      const known = (description.choices ?? []).map((choice) => choice.value)
      if (typeof value === 'string' && known.includes(value)) return value
      return fail('not_a_choice', `This must be one of: ${known.join(', ')}.`)
    }
    case 'text': {
      const { min = 0, max = Infinity } = description
      if (typeof value !== 'string') return fail('wrong_type', 'This must be text.')
      if (value.length < min) return fail('too_short', `This must have at least ${count(min, 'character')}.`)
      if (value.length > max) return fail('too_long', `This may have at most ${count(max, 'character')}.`)
      return value
    }
    case 'numbers':
    case 'rows': {
      const { minItems = 0, maxItems = Infinity, columns = [] } = description
      if (!Array.isArray(value)) return fail('wrong_type', 'This must be a list.')
      if (value.length < minItems) return fail('too_few', `This needs at least ${entries(minItems)}.`)
      // A list that is too long is not read any further: its details would be as many as its entries.
      if (value.length > maxItems) return fail('too_many', `This may have at most ${entries(maxItems)}.`)
      return value.map((item: unknown, index) =>
        description.type === 'rows'
          ? checkObject(columns, item, `${path}[${index}]`, errors)
          : checkNumber(description, item, `${path}[${index}]`, errors),
      )
    }
  }
}

function checkNumber(
  description: OptionDescription,
  value: unknown,
  path: string,
  errors: ProblemDetail[],
): Json {
  const { min = -Infinity, max = Infinity } = description
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    errors.push({ path, message: 'This must be a number.', code: 'wrong_type' })
    return null
  }
  if (value < min || value > max) {
    const range =
      max === Infinity ? `at least ${min}` : min === -Infinity ? `at most ${max}` : `from ${min} to ${max}`
    errors.push({ path, message: `This must be ${range}.`, code: 'out_of_range' })
    return null
  }
  return value
}

function unknownMessage(described: readonly OptionDescription[], key: string): string {
  const known = described.map((description) => description.name)
  if (known.length === 0) return `There is no option "${key}" here; none can be set.`
  return `There is no option "${key}" here. Known: ${known.join(', ')}.`
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}

function entries(number: number): string {
  return `${number} ${number === 1 ? 'entry' : 'entries'}`
}
