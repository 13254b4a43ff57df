import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type EditorProps, textOf } from './editor.ts'

export function ChoiceEditor({ id, field, value, onChange, error }: EditorProps) {
  const { t } = useTranslation('pipelines')
  const text = textOf(value)
  const choices = field.choices ?? []
  return (
    <Select
      id={id}
      data={text === '' || choices.includes(text) ? choices : [...choices, text]}
      value={text === '' ? null : text}
      onChange={(picked) => onChange(picked)}
      searchable={choices.length > 7}
      clearable
      clearButtonProps={{ 'aria-label': t('clear') }}
      error={error}
    />
  )
}

/** Yes, no, or not said. */
export function BooleanEditor({ id, value, onChange, error }: EditorProps) {
  const { t } = useTranslation(['pipelines', 'common'])
  return (
    <Select
      id={id}
      data={[
        { value: 'true', label: t('common:yes') },
        { value: 'false', label: t('common:no') },
      ]}
      value={typeof value === 'boolean' ? String(value) : null}
      onChange={(next) => onChange(next === null ? null : next === 'true')}
      clearable
      clearButtonProps={{ 'aria-label': t('clear') }}
      error={error}
    />
  )
}
