import type { FieldType, Json } from '../../model/index.ts'
import { checkMany } from '../check-value.ts'
import { defineOperator } from '../operator.ts'
import type { Seen } from '../operator.ts'
import { idTypes, sameValue } from '../read-value.ts'

const accepts: readonly FieldType[] = ['text', ...idTypes]

function isOneOf({ current, value, type, caseSensitive }: Seen<Json[]>): boolean {
  return value.some((entry) => sameValue(type, current, entry, caseSensitive))
}

export const isIn = defineOperator<Json[]>({
  name: 'in',
  title: { en: 'is one of', ru: 'одно из', pl: 'jest jednym z', 'pt-BR': 'é um de' },
  accepts,
  values: 'many',
  check: checkMany,
  test: isOneOf,
  examples: [
    { current: 'Warsaw', value: ['kraków', 'warsaw'], holds: true },
    { current: 'Warsaw', value: ['kraków', 'warsaw'], caseSensitive: true, holds: false },
    { current: 'Lisbon', value: ['kraków', 'warsaw'], holds: false },
    { current: null, value: ['kraków'], holds: false },
    { current: '16203337', value: ['16203334', '16203337'], type: 'stage', holds: true },
    { current: '142', value: ['16203334', '16203337'], type: 'stage', holds: false },
    { current: 'hot', value: ['Hot'], type: 'choice', holds: false },
  ],
})

export const isNotIn = defineOperator<Json[]>({
  name: 'notIn',
  title: { en: 'is none of', ru: 'ни одно из', pl: 'nie jest żadnym z', 'pt-BR': 'não é nenhum de' },
  accepts,
  holdsWhenMissing: true,
  values: 'many',
  check: checkMany,
  test: (seen) => !isOneOf(seen),
  examples: [
    { current: 'Lisbon', value: ['Kraków', 'Warsaw'], holds: true },
    { current: 'warsaw', value: ['Kraków', 'Warsaw'], holds: false },
    { current: null, value: ['Kraków'], holds: true },
    { current: '7', value: ['7', '9'], type: 'user', holds: false },
    { current: '8', value: ['7', '9'], type: 'user', holds: true },
  ],
})
