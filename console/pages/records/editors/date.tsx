import { TextInput } from '@mantine/core'
import { useTimeZone } from '../../../data/session.ts'
import { type EditorProps, orNull, textOf } from './editor.ts'
import { momentOf, wallTimeOf } from './wall-time.ts'

const day = /^\d{4}-\d\d-\d\d$/

/** A day; or a moment in the account's time zone, where the field holds one. */
export function DateEditor(props: EditorProps) {
  const { id, value, onChange, error } = props
  const text = textOf(value)
  if (text !== '' && !day.test(text)) return <MomentEditor {...props} />
  return (
    <TextInput
      id={id}
      type="date"
      value={text}
      onChange={({ currentTarget }) => onChange(orNull(currentTarget.value))}
      error={error}
    />
  )
}

export function MomentEditor({
  id,
  value,
  onChange,
  error,
}: Pick<EditorProps, 'id' | 'value' | 'onChange' | 'error'>) {
  const timeZone = useTimeZone()
  return (
    <TextInput
      id={id}
      type="datetime-local"
      value={wallTimeOf(textOf(value), timeZone)}
      onChange={({ currentTarget }) => onChange(momentOf(currentTarget.value, timeZone))}
      error={error}
    />
  )
}
