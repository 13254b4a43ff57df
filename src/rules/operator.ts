import type { FieldType, Json, Text } from '../model/index.ts'

/** What an operator sees of one event: the field now, and before the write where the write changed it. */
export interface Seen<Value extends Json = Json> {
  /** The field's value; undefined and null both mean that it is empty. */
  current: Json | undefined
  /** True when this write changed the field. */
  changed: boolean
  /** Its value before the write; equal to `current` where the write did not change it. */
  previous: Json | undefined
  /** What the row asks for. */
  value: Value
  type: FieldType
  caseSensitive: boolean
}

/** One comparison, whole: what it is called, which fields take it, how its value is checked, when it holds. */
export interface Operator<Value extends Json = Json> {
  /** react-querybuilder's name where it has one. */
  name: string
  title: Text
  accepts: readonly FieldType[]
  /** Compares old with new: accepted only where a subscribed event can have a previous value. */
  transition?: boolean
  /** True where it holds for a field that has no value, which the form says beside it. Transitions have their own sense of it. */
  holdsWhenMissing?: boolean
  /** How many values the form asks for: `none` (null, changed), `one`, `two` (between), `many` (in, hasAny). */
  values: 'none' | 'one' | 'two' | 'many'
  /** null when the value fits, else a sentence part: `must be a number`. */
  check(value: Json | undefined, type: FieldType, choices: readonly string[] | null): string | null
  /** Pure, and keeps nothing of `seen`: the same object is filled again for the next event. */
  test(seen: Seen<Value>): boolean
  /** Each is also a test. The type is the first of `accepts` where none is named; without `previous` nothing changed. */
  examples: {
    current?: Json
    previous?: Json
    value?: Json
    type?: FieldType
    caseSensitive?: boolean
    holds: boolean
  }[]
}

export function defineOperator<Value extends Json = Json>(operator: Operator<Value>): Operator {
  return operator as unknown as Operator
}
