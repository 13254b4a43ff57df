import type { ComponentType } from 'react'
import type { FieldType } from '../../data/catalogue.ts'
import { BooleanEditor, ChoiceEditor } from './editors/choice.tsx'
import { DateEditor } from './editors/date.tsx'
import type { EditorProps } from './editors/editor.ts'
import { LinkEditor } from './editors/link.tsx'
import { ListEditor, PeopleEditor, TagsEditor } from './editors/list.tsx'
import { MoneyEditor, NumberEditor } from './editors/number.tsx'
import { PersonEditor, PipelineEditor, StageEditor } from './editors/place.tsx'
import { JsonEditor, TextEditor } from './editors/text.tsx'

const byType: Record<FieldType, ComponentType<EditorProps>> = {
  text: TextEditor,
  number: NumberEditor,
  money: MoneyEditor,
  boolean: BooleanEditor,
  date: DateEditor,
  choice: ChoiceEditor,
  tags: TagsEditor,
  list: ListEditor,
  stage: StageEditor,
  pipeline: PipelineEditor,
  period: TextEditor,
  user: PersonEditor,
  link: LinkEditor,
  json: JsonEditor,
}

/** A list says nothing of what its entries are; this one's are people. */
const byName: Record<string, ComponentType<EditorProps>> = { shared_with: PeopleEditor }

/** The control for a field, by its type. */
export function FieldEditor(props: EditorProps) {
  const Editor = byName[props.field.name] ?? byType[props.field.type]
  return <Editor {...props} />
}
