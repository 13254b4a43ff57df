import { TagsInput, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { listOf, narrowField, textOf, textsOf, type ValueProps } from './value-props.ts'

export function OneText({ value, onChange, label, error, disabled }: ValueProps) {
  return (
    <TextInput
      aria-label={label}
      value={textOf(value)}
      onChange={(event) => {
        const { value: text } = event.currentTarget
        onChange(text === '' ? undefined : text)
      }}
      error={error}
      disabled={disabled}
      maxLength={1000}
      autoComplete="off"
    />
  )
}

/** Several texts: each is made by Enter or a comma. */
export function ManyTexts({ value, onChange, label, error, disabled }: ValueProps) {
  const { t } = useTranslation('form')
  const texts = textsOf(value)
  return (
    <TagsInput
      styles={narrowField}
      aria-label={label}
      placeholder={texts.length === 0 ? t('if.addValue') : ''}
      value={texts}
      onChange={(next) => onChange(listOf(next, value))}
      // What was typed is meant, also where nobody pressed Enter.
      acceptValueOnBlur
      error={error}
      disabled={disabled}
      maxTags={200}
      clearable={false}
    />
  )
}
