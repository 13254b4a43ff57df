/** What the write did to a field. To these a missing value is a value like any other: clearing a field changes it. */
import { fieldTypes } from '../../model/index.ts'
import { checkNone, checkOne } from '../check-value.ts'
import { defineOperator } from '../operator.ts'
import { comparableTypes, sameValue } from '../read-value.ts'

export const changed = defineOperator({
  name: 'changed',
  title: { en: 'has changed', ru: 'изменилось', pl: 'zmieniło się', 'pt-BR': 'mudou' },
  accepts: fieldTypes,
  transition: true,
  values: 'none',
  check: checkNone,
  test: (seen) => seen.changed,
  examples: [
    { previous: 'Offer', current: 'Won', holds: true },
    { previous: null, current: 'Won', holds: true },
    { previous: 'Offer', current: null, holds: true },
    { current: 'Won', holds: false },
    { holds: false },
    { previous: { a: 1 }, current: { a: 2 }, type: 'json', holds: true },
  ],
})

export const notChanged = defineOperator({
  name: 'notChanged',
  title: { en: 'has not changed', ru: 'не изменилось', pl: 'nie zmieniło się', 'pt-BR': 'não mudou' },
  accepts: fieldTypes,
  transition: true,
  values: 'none',
  check: checkNone,
  test: (seen) => !seen.changed,
  examples: [
    { current: 'Won', holds: true },
    { holds: true },
    { previous: 'Offer', current: 'Won', holds: false },
    { previous: 'Offer', current: null, holds: false },
  ],
})

export const changedTo = defineOperator({
  name: 'changedTo',
  title: { en: 'has changed to', ru: 'изменилось на', pl: 'zmieniło się na', 'pt-BR': 'mudou para' },
  accepts: comparableTypes,
  transition: true,
  values: 'one',
  check: checkOne,
  test: ({ previous, current, value, type, caseSensitive }) =>
    sameValue(type, current, value, caseSensitive) && !sameValue(type, previous, value, caseSensitive),
  examples: [
    { previous: '16203334', current: '16203337', value: '16203337', type: 'stage', holds: true },
    { previous: '16203337', current: '16203334', value: '16203337', type: 'stage', holds: false },
    { current: '16203337', value: '16203337', type: 'stage', holds: false },
    { previous: null, current: 'Won', value: 'won', holds: true },
    { previous: 'won', current: 'Won', value: 'won', holds: false }, // only its capitals changed
    { previous: 'Won', current: null, value: 'won', holds: false },
    { previous: false, current: true, value: true, type: 'boolean', holds: true },
  ],
})

export const changedFrom = defineOperator({
  name: 'changedFrom',
  title: { en: 'has changed from', ru: 'изменилось с', pl: 'zmieniło się z', 'pt-BR': 'mudou de' },
  accepts: comparableTypes,
  transition: true,
  values: 'one',
  check: checkOne,
  test: ({ previous, current, value, type, caseSensitive }) =>
    sameValue(type, previous, value, caseSensitive) && !sameValue(type, current, value, caseSensitive),
  examples: [
    { previous: '16203334', current: '16203337', value: '16203334', type: 'stage', holds: true },
    { previous: '142', current: '16203337', value: '16203334', type: 'stage', holds: false },
    { current: '16203334', value: '16203334', type: 'stage', holds: false },
    { previous: 'Won', current: null, value: 'won', holds: true },
    { previous: null, current: 'Won', value: 'won', holds: false },
    { previous: 100, current: 200, value: 100, type: 'number', holds: true },
  ],
})
