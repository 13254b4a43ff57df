import type { Text } from './text.ts'

/**
 * How a field's values are typed, compared and edited.
 * `stage`, `pipeline`, `period` and `user` hold ids that are the caller's own text; `link` holds a record's id.
 */
export type FieldType =
  | 'text'
  | 'number'
  | 'money'
  | 'boolean'
  | 'date'
  | 'choice'
  | 'tags'
  | 'list'
  | 'stage'
  | 'pipeline'
  | 'period'
  | 'user'
  | 'link'
  | 'json'

export const fieldTypes: readonly FieldType[] = [
  'text', 'number', 'money', 'boolean', 'date', 'choice', 'tags', 'list', 'stage', 'pipeline', 'period', 'user', 'link', 'json',
] // prettier-ignore

export interface FieldDescription {
  title: Text
  type: FieldType
  /** For `choice`: the values it can take. */
  choices?: string[]
  /** For `link`: the kind of the record it names. */
  links?: string
}

/** A field of one kind in one account: built in, declared by the account, or seen in a write and not named yet. */
export interface AccountField {
  kind: string
  name: string
  /** What people call it; a discovered field is called by its name until somebody gives it a title. */
  title: string
  type: FieldType
  choices: string[] | null
  links: string | null
  origin: 'declared' | 'discovered'
}
