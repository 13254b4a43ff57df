import { Button } from '@mantine/core'
import { IconBraces, IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { FieldPath } from '../../data/catalogue.ts'
import { SearchableDropdown } from '../searchable-dropdown.tsx'
import { FieldOptions } from './field-picker.tsx'

interface Props {
  paths: readonly FieldPath[]
  kinds: readonly string[]
  /** Gets the path that was picked: a placeholder goes where the cursor stands. */
  onPick: (path: string) => void
  /** On the button; "Insert a field" where nothing else is said. */
  title?: string
  disabled?: boolean
}

/** A button that puts a field into a text. */
export function InsertField({ paths, kinds, onPick, title, disabled }: Props) {
  const { t } = useTranslation('form')
  const label = title ?? t('fields.insert')
  return (
    <SearchableDropdown
      position="bottom-start"
      width={340}
      searchLabel={t('fields.find')}
      onPick={onPick}
      returnsFocus={false}
      renderTarget={(toggle) => (
        <Button
          variant="default"
          size="compact-sm"
          disabled={disabled}
          leftSection={title === undefined ? <IconBraces size={14} /> : <IconPlus size={14} />}
          onClick={toggle}
        >
          {label}
        </Button>
      )}
      renderOptions={(typed) => (
        <FieldOptions label={label} typed={typed} paths={paths} kinds={kinds} knownOnly={false} />
      )}
    />
  )
}

/** The text with a placeholder where the cursor stands in the field, or at its end. */
export function withPlaceholder(
  text: string,
  path: string,
  field: HTMLInputElement | HTMLTextAreaElement | null,
): string {
  const start = field?.selectionStart ?? text.length
  const end = field?.selectionEnd ?? text.length
  return `${text.slice(0, start)}{{ ${path} }}${text.slice(end)}`
}
