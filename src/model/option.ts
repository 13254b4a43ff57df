import type { Json } from './json.ts'
import type { Text } from './text.ts'

/** One setting of a format, a retry policy or a source, described so that the API checks it and the console draws it. */
export interface OptionDescription {
  name: string
  title: Text
  /**
   * - `choice`: one of `choices`
   * - `text`, `number`, `boolean`
   * - `numbers`: a list of numbers
   * - `rows`: a list of objects with the `columns`
   */
  type: 'choice' | 'text' | 'number' | 'boolean' | 'numbers' | 'rows'
  choices?: { value: string; title: Text }[]
  columns?: OptionDescription[]
  required?: boolean
  /** Taken when it is left out. */
  default?: Json
  /** Of a number or of each entry of `numbers`: its value. Of a text: its length in characters. */
  min?: number
  max?: number
  /** For `numbers` and `rows`: how many entries. */
  minItems?: number
  maxItems?: number
}
