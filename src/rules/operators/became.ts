import { fieldTypes } from '../../model/index.ts'
import { checkNone } from '../check-value.ts'
import { defineOperator } from '../operator.ts'
import { isEmpty } from '../read-value.ts'

export const becameEmpty = defineOperator({
  name: 'becameEmpty',
  title: { en: 'was cleared', ru: 'было очищено', pl: 'zostało wyczyszczone', 'pt-BR': 'foi limpo' },
  accepts: fieldTypes,
  transition: true,
  values: 'none',
  check: checkNone,
  test: ({ previous, current }) => isEmpty(current) && !isEmpty(previous),
  examples: [
    { previous: 'ACME', current: null, holds: true },
    { previous: 'ACME', current: '', holds: true },
    { previous: ['vip'], current: [], type: 'tags', holds: true },
    { previous: 'ACME', current: 'Globex', holds: false },
    { previous: '', current: null, holds: false },
    { holds: false },
  ],
})

export const becameSet = defineOperator({
  name: 'becameSet',
  title: { en: 'was filled in', ru: 'было заполнено', pl: 'zostało uzupełnione', 'pt-BR': 'foi preenchido' },
  accepts: fieldTypes,
  transition: true,
  values: 'none',
  check: checkNone,
  test: ({ previous, current }) => !isEmpty(current) && isEmpty(previous),
  examples: [
    { previous: null, current: 'ACME', holds: true },
    { previous: [], current: ['vip'], type: 'tags', holds: true },
    { previous: null, current: 0, type: 'number', holds: true },
    { previous: 'ACME', current: 'Globex', holds: false },
    { current: 'ACME', holds: false },
    { holds: false },
  ],
})
