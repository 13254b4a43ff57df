import { MultiSelect, TagsInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Json } from '../../../data/json.ts'
import { useKnownTags } from '../../../data/known-tags.ts'
import type { EditorProps } from './editor.ts'

const entriesOf = (value: Json): Json[] => (Array.isArray(value) ? value : value === null ? [] : [value])

/** Tags; those of other records are suggested. */
export function TagsEditor({ id, kind, value, onChange, error }: EditorProps) {
  const { t } = useTranslation('pipelines')
  const { tags, look } = useKnownTags(kind)
  return (
    <TagsInput
      id={id}
      data={tags}
      onFocus={look}
      value={entriesOf(value).map(String)}
      onChange={(picked) => onChange(picked)}
      placeholder={entriesOf(value).length === 0 ? t('field.addTag') : ''}
      clearable
      clearButtonProps={{ 'aria-label': t('clear') }}
      error={error}
    />
  )
}

/** A list of texts or numbers; what was a number stays one. */
export function ListEditor({ id, value, onChange, error }: EditorProps) {
  const { t } = useTranslation('pipelines')
  const entries = entriesOf(value)
  return (
    <TagsInput
      id={id}
      value={entries.map(String)}
      allowDuplicates
      onChange={(texts) =>
        onChange(texts.map((text) => entries.find((entry) => String(entry) === text) ?? text))
      }
      clearable
      clearButtonProps={{ 'aria-label': t('clear') }}
      error={error}
    />
  )
}

/** A list of people, by their ids. */
export function PeopleEditor({ id, value, onChange, error, names: { users } }: EditorProps) {
  const { t } = useTranslation('pipelines')
  const ids = entriesOf(value).map(String)
  const known = users.map((user) => ({ value: user.id, label: user.name }))
  const unknown = ids
    .filter((one) => !users.some((user) => user.id === one))
    .map((one) => ({ value: one, label: one }))
  return (
    <MultiSelect
      id={id}
      data={[...known, ...unknown]}
      value={ids}
      onChange={(picked) => onChange(picked)}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('clear') }}
      nothingFoundMessage={t('nobody')}
      error={error}
    />
  )
}
