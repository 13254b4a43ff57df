import { JsonInput, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Json } from '../../../data/json.ts'
import { type EditorProps, orNull, textOf } from './editor.ts'

/** As many lines as the text needs, so that none of it is cut. Enter saves a text of one line. */
export function TextEditor({ id, value, onChange, error }: EditorProps) {
  const text = textOf(value)
  return (
    <Textarea
      id={id}
      autosize
      minRows={1}
      maxRows={12}
      value={text}
      error={error}
      onChange={({ currentTarget }) => onChange(orNull(currentTarget.value))}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.shiftKey || text.includes('\n')) return
        event.preventDefault()
        event.currentTarget.form?.requestSubmit()
      }}
    />
  )
}

/** Any JSON; what is not JSON yet changes nothing and is said to be so. */
export function JsonEditor({ id, value, onChange, error }: EditorProps) {
  const { t } = useTranslation('pipelines')
  const [text, setText] = useState(() => (value === null ? '' : JSON.stringify(value, null, 2)))
  const [wrong, setWrong] = useState(false)
  const change = (next: string) => {
    setText(next)
    try {
      onChange(next.trim() === '' ? null : (JSON.parse(next) as Json))
      setWrong(false)
    } catch {
      setWrong(true)
    }
  }
  return (
    <JsonInput
      id={id}
      autosize
      minRows={1}
      maxRows={16}
      value={text}
      onChange={change}
      error={wrong ? t('field.notJson') : error}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } }}
    />
  )
}
