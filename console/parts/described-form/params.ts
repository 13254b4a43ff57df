import type { Option } from '../../data/catalogue.ts'

/** A parameter of a request: a field of the event, or a value, under a name of the user's. */
export interface Param {
  name: string
  from: 'field' | 'value'
  value: string
}

/** Whether rows are a name, and either a field or a value: as the description's columns say. */
export function areParams({ type, columns = [] }: Option): boolean {
  const [name, from, value] = columns
  const sources = from?.choices?.map((choice) => choice.value) ?? []
  return (
    type === 'rows' &&
    columns.length === 3 &&
    name?.name === 'name' &&
    from?.name === 'from' &&
    value?.name === 'value' &&
    sources.includes('field') &&
    sources.includes('value')
  )
}
