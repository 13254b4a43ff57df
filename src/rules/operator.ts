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
  /** When the event was accepted, in ms: "today" is the day of the event, so that judging it again answers the same. */
  readonly now: number
  /** The account's IANA time zone, in which days are counted. */
  timeZone: string
  /** The stage's place in the order of the pipeline that the field's own stage is in; null where either is not known. */
  stagePosition(stageId: Json | undefined): number | null
  /** True when this write moved the record to another pipeline. */
  readonly pipelineChanged: boolean
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
  /**
   * What the form asks for: `none` (null, changed), `one` value, `two` (between), `many` (in, hasAny), or a `span` of time
   * (withinLast: `{amount, unit}`).
   */
  values: 'none' | 'one' | 'two' | 'many' | 'span'
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
    /** When the event was accepted, and in which time zone its account lives; 2026-11-20T12:00:00Z and UTC where not said. */
    now?: string
    timeZone?: string
    /** The stages of the record's pipeline, in their order. */
    stages?: string[]
    pipelineChanged?: boolean
    holds: boolean
  }[]
}

export function defineOperator<Value extends Json = Json>(operator: Operator<Value>): Operator {
  return operator as unknown as Operator
}
