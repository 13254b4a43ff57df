import { checkOne } from '../check-value.ts'
import { defineOperator } from '../operator.ts'
import type { Seen } from '../operator.ts'
import { foldText, readText } from '../read-value.ts'

/** Both texts as the row compares them; a missing value has no parts. */
function holdsOf(seen: Seen<string>, compare: (text: string, part: string) => boolean): boolean {
  const text = readText(seen.current)
  if (text === null) return false
  return compare(foldText(text, seen.caseSensitive), foldText(seen.value, seen.caseSensitive))
}

export const contains = defineOperator<string>({
  name: 'contains',
  title: { en: 'contains', ru: 'содержит', pl: 'zawiera', 'pt-BR': 'contém' },
  accepts: ['text'],
  values: 'one',
  check: checkOne,
  test: (seen) => holdsOf(seen, (text, part) => text.includes(part)),
  examples: [
    { current: 'Deal with ACME', value: 'acme', holds: true },
    { current: 'Сделка с РОМАШКОЙ', value: 'ромашк', holds: true },
    { current: 'Deal with ACME', value: 'acme', caseSensitive: true, holds: false },
    { current: 'Deal with Globex', value: 'acme', holds: false },
    { current: null, value: 'acme', holds: false },
  ],
})

export const doesNotContain = defineOperator<string>({
  name: 'doesNotContain',
  title: { en: 'does not contain', ru: 'не содержит', pl: 'nie zawiera', 'pt-BR': 'não contém' },
  accepts: ['text'],
  holdsWhenMissing: true,
  values: 'one',
  check: checkOne,
  test: (seen) => !holdsOf(seen, (text, part) => text.includes(part)),
  examples: [
    { current: 'Deal with Globex', value: 'acme', holds: true },
    { current: 'Deal with ACME', value: 'acme', holds: false },
    { current: 'Deal with ACME', value: 'acme', caseSensitive: true, holds: true },
    { value: 'acme', holds: true },
  ],
})

export const beginsWith = defineOperator<string>({
  name: 'beginsWith',
  title: { en: 'begins with', ru: 'начинается с', pl: 'zaczyna się od', 'pt-BR': 'começa com' },
  accepts: ['text'],
  values: 'one',
  check: checkOne,
  test: (seen) => holdsOf(seen, (text, part) => text.startsWith(part)),
  examples: [
    { current: '+48 600 100 200', value: '+48', holds: true },
    { current: '600 100 200 +48', value: '+48', holds: false },
    { current: 'acme', value: 'AC', caseSensitive: true, holds: false },
    { current: null, value: '+48', holds: false },
  ],
})

export const endsWith = defineOperator<string>({
  name: 'endsWith',
  title: { en: 'ends with', ru: 'заканчивается на', pl: 'kończy się na', 'pt-BR': 'termina com' },
  accepts: ['text'],
  values: 'one',
  check: checkOne,
  test: (seen) => holdsOf(seen, (text, part) => text.endsWith(part)),
  examples: [
    { current: 'ana@Acme.example', value: '@acme.example', holds: true },
    { current: 'ana@acme.example.org', value: '@acme.example', holds: false },
    { current: 'ana@Acme.example', value: '@acme.example', caseSensitive: true, holds: false },
    { current: null, value: '@acme.example', holds: false },
  ],
})
