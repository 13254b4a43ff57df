/** A row that is given another field or operator: what still fits stays, all else starts anew. */
import type { FieldPath, FieldType, Operator } from '../../../data/catalogue.ts'
import { type Condition, isGroup, type Rule } from '../../../data/condition.ts'
import type { Json } from '../../../data/json.ts'
import { readSpan } from '../../../parts/condition/text.ts'

/** Types whose values are compared as text, so that capitals may matter. */
export const foldedTypes: ReadonlySet<FieldType> = new Set(['text', 'tags', 'list'])

interface Scene {
  find: (path: string) => FieldPath | null
  operatorsFor: (field: FieldPath) => Operator[]
}

export function withField(rule: Rule, path: string, { find, operatorsFor }: Scene): Rule {
  const field = find(path)
  if (!field) return { ...rule, field: path }
  const offered = operatorsFor(field)
  const before = find(rule.field)
  const operator =
    offered.find(({ name }) => name === rule.operator) ??
    offered.find(({ name }) => name === usual[field.type]) ??
    offered[0]
  if (!operator) return { field: path, operator: '' }
  // A value of the same type may be meant still; ids and choices of another field are not.
  const keeps = before !== null && before.type === field.type && plainTypes.has(field.type)
  const value = keeps ? reshaped(rule.value, operator, field.type) : freshValue(operator, field.type)
  return made(rule, path, operator, value, field.type)
}

export function withOperator(rule: Rule, name: string, { find, operatorsFor }: Scene): Rule {
  const field = find(rule.field)
  const operator = field && operatorsFor(field).find((one) => one.name === name)
  if (!field || !operator) return { ...rule, operator: name }
  return made(rule, rule.field, operator, reshaped(rule.value, operator, field.type), field.type)
}

/** What is asked first, where it is not what stands first. */
const usual: Partial<Record<FieldType, string>> = { date: 'before', number: '>', money: '>' }

const plainTypes: ReadonlySet<FieldType> = new Set(['text', 'number', 'money', 'date', 'boolean'])

function made(
  { case_sensitive }: Rule,
  field: string,
  { name, values }: Operator,
  value: Json | undefined,
  type: FieldType,
): Rule {
  const keepsCase = case_sensitive !== undefined && foldedTypes.has(type) && values !== 'none'
  return {
    field,
    operator: name,
    ...(value === undefined ? {} : { value }),
    ...(keepsCase ? { case_sensitive } : {}),
  }
}

/** What a new row asks for before anybody has said it; undefined where nothing can be guessed. */
function freshValue({ values }: Operator, type: FieldType): Json | undefined {
  switch (values) {
    case 'none':
      return undefined
    case 'one':
      return type === 'boolean' ? true : undefined
    case 'many':
      return []
    case 'two':
      return undefined
    case 'span':
      return { amount: 7, unit: 'days' }
  }
}

/** The value in the shape that the operator takes: one becomes a list of one, and so on. */
function reshaped(value: Json | undefined, operator: Operator, type: FieldType): Json | undefined {
  const fresh = freshValue(operator, type)
  if (value === undefined || operator.values === 'none') return fresh
  const isSpan = readSpan(value) !== null
  if (operator.values === 'span') return isSpan ? value : fresh
  if (isSpan) return fresh
  const entries = Array.isArray(value) ? value : [value]
  if (operator.values === 'many') return entries.filter((entry) => entry !== null)
  if (operator.values === 'two')
    return Array.isArray(value) && value.length === 2 ? value : [entries[0] ?? null, null]
  return entries[0] ?? fresh
}

/** Whether a row says all that its operator asks for; the server checks the rest. */
export function isComplete({ field, operator, value }: Rule, takes: Operator['values'] | undefined): boolean {
  if (field === '' || operator === '') return false
  const filled = (one: Json | undefined) => one !== undefined && one !== null && one !== ''
  switch (takes) {
    case 'none':
    case undefined:
      return true
    case 'many':
      return Array.isArray(value) && value.length > 0
    case 'two':
      return Array.isArray(value) && value.length === 2 && value.every(filled)
    case 'span':
      return readSpan(value) !== null
    case 'one':
      return filled(value)
  }
}

/** Rows that do not say all that they must, by the server's paths. */
export function unfinishedRows(
  condition: Condition,
  takes: (operator: string) => Operator['values'] | undefined,
  path = 'conditions',
): string[] {
  return condition.rules.flatMap((rule, index) => {
    const at = `${path}.rules[${index}]`
    if (isGroup(rule)) return unfinishedRows(rule, takes, at)
    return isComplete(rule, takes(rule.operator)) ? [] : [at]
  })
}
