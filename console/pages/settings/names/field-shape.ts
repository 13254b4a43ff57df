import type { FieldType } from '../../../data/catalogue.ts'
import type { FieldInput } from '../../../data/fields.ts'
import type { KindField } from '../../../data/kinds.ts'

/** What a field holds, as it is being typed: choices and links are kept while another type is tried. */
export interface FieldShape {
  type: FieldType
  choices: string[]
  links: string | null
}

/** What people declare; stages, pipelines and periods come with a kind. */
export const declarableTypes: readonly FieldType[] = [
  'text',
  'number',
  'money',
  'boolean',
  'date',
  'choice',
  'tags',
  'list',
  'user',
  'link',
  'json',
]

export function shapeOf(field: {
  type: FieldType
  choices?: string[] | null
  links?: string | null
}): FieldShape {
  return { type: field.type, choices: field.choices ?? [], links: field.links ?? null }
}

/** As the API takes it: choices go with a choice only, and the kind with a link only. */
export function shapeInput({ type, choices, links }: FieldShape): KindField & Pick<FieldInput, 'type'> {
  return {
    type,
    ...(type === 'choice' ? { choices } : {}),
    ...(type === 'link' && links !== null ? { links } : {}),
  }
}
