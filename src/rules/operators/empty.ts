import { fieldTypes } from '../../model/index.ts'
import { checkNone } from '../check-value.ts'
import { defineOperator } from '../operator.ts'
import { isEmpty } from '../read-value.ts'

export const isNull = defineOperator({
  name: 'null',
  title: { en: 'is empty', ru: 'не заполнено', pl: 'jest puste', 'pt-BR': 'está vazio' },
  accepts: fieldTypes,
  holdsWhenMissing: true,
  values: 'none',
  check: checkNone,
  test: ({ current }) => isEmpty(current),
  examples: [
    { holds: true },
    { current: null, holds: true },
    { current: '', holds: true },
    { current: 'ACME', holds: false },
    { current: [], type: 'tags', holds: true },
    { current: ['vip'], type: 'tags', holds: false },
    { current: false, type: 'boolean', holds: false },
    { current: 0, type: 'number', holds: false },
  ],
})

export const isNotNull = defineOperator({
  name: 'notNull',
  title: { en: 'is not empty', ru: 'заполнено', pl: 'nie jest puste', 'pt-BR': 'não está vazio' },
  accepts: fieldTypes,
  values: 'none',
  check: checkNone,
  test: ({ current }) => !isEmpty(current),
  examples: [
    { current: 'ACME', holds: true },
    { current: 0, type: 'number', holds: true },
    { current: false, type: 'boolean', holds: true },
    { current: '', holds: false },
    { current: [], type: 'list', holds: false },
    { current: null, holds: false },
    { holds: false },
  ],
})
