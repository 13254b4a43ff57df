import type { FieldType, Json } from '../../model/index.ts'
import { checkMany } from '../check-value.ts'
import { defineOperator } from '../operator.ts'
import type { Seen } from '../operator.ts'
import { foldText, readList } from '../read-value.ts'

const accepts: readonly FieldType[] = ['tags', 'list']

/** The entries of the field, and those that the row asks for, as they are compared. */
function entriesOf(seen: Seen<Json[]>): { present: Set<string>; asked: string[] } {
  const fold = (text: string) => foldText(text, seen.caseSensitive)
  return {
    present: new Set((readList(seen.current) ?? []).map(fold)),
    asked: (readList(seen.value) ?? []).map(fold),
  }
}

export const hasAny = defineOperator<Json[]>({
  name: 'hasAny',
  title: {
    en: 'has any of',
    ru: 'содержит хотя бы одно из',
    pl: 'zawiera dowolne z',
    'pt-BR': 'tem algum de',
  },
  accepts,
  values: 'many',
  check: checkMany,
  test: (seen) => {
    const { present, asked } = entriesOf(seen)
    return asked.some((entry) => present.has(entry))
  },
  examples: [
    { current: ['vip', 'retail'], value: ['VIP', 'partner'], holds: true },
    { current: ['vip'], value: ['VIP'], caseSensitive: true, holds: false },
    { current: ['retail'], value: ['vip', 'partner'], holds: false },
    { current: [], value: ['vip'], holds: false },
    { current: null, value: ['vip'], holds: false },
    { current: 'vip', value: ['vip'], holds: true }, // a source may bring a single tag as text
    { current: [1, 2], value: [2], type: 'list', holds: true },
  ],
})

export const hasAll = defineOperator<Json[]>({
  name: 'hasAll',
  title: { en: 'has all of', ru: 'содержит все из', pl: 'zawiera wszystkie z', 'pt-BR': 'tem todos de' },
  accepts,
  values: 'many',
  check: checkMany,
  test: (seen) => {
    const { present, asked } = entriesOf(seen)
    return asked.every((entry) => present.has(entry))
  },
  examples: [
    { current: ['vip', 'retail', 'new'], value: ['retail', 'VIP'], holds: true },
    { current: ['vip'], value: ['vip', 'retail'], holds: false },
    { current: null, value: ['vip'], holds: false },
    { current: ['a', 'b'], value: ['b'], type: 'list', holds: true },
  ],
})

export const hasNone = defineOperator<Json[]>({
  name: 'hasNone',
  title: {
    en: 'has none of',
    ru: 'не содержит ни одного из',
    pl: 'nie zawiera żadnego z',
    'pt-BR': 'não tem nenhum de',
  },
  accepts,
  holdsWhenMissing: true,
  values: 'many',
  check: checkMany,
  test: (seen) => {
    const { present, asked } = entriesOf(seen)
    return !asked.some((entry) => present.has(entry))
  },
  examples: [
    { current: ['retail'], value: ['vip', 'partner'], holds: true },
    { current: ['VIP', 'retail'], value: ['vip'], holds: false },
    { current: [], value: ['vip'], holds: true },
    { current: null, value: ['vip'], holds: true },
  ],
})
