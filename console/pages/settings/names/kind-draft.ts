import type { DeclaredKind } from '../../../data/kinds.ts'
import { type FieldShape, shapeInput, shapeOf } from './field-shape.ts'

/** A field of a kind as it is being typed. */
export interface KindFieldDraft {
  key: string
  name: string
  title: string
  shape: FieldShape
}

export interface KindDraft {
  name: string
  title: string
  capabilities: string[]
  fields: KindFieldDraft[]
}

export function draftOf(kind: DeclaredKind | null): KindDraft {
  if (!kind) return { name: '', title: '', capabilities: ['lifecycle'], fields: [] }
  const { name, title, capabilities, fields } = kind
  return {
    name,
    title,
    capabilities,
    fields: Object.entries(fields).map(([field, { title: called = field, ...shape }]) => ({
      key: field,
      name: field,
      title: called,
      shape: shapeOf(shape),
    })),
  }
}

/** As the API takes it; rows without a name are left out. */
export function inputOf({ name, title, capabilities, fields }: KindDraft): DeclaredKind {
  const named = fields
    .map((field) => ({ ...field, name: field.name.trim() }))
    .filter((field) => field.name !== '')
  return {
    name: name.trim(),
    title: title.trim() || name.trim(),
    capabilities,
    fields: Object.fromEntries(
      named.map((field) => [
        field.name,
        { title: field.title.trim() || field.name, ...shapeInput(field.shape) },
      ]),
    ),
  }
}
