import { MultiSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { LongSelect } from './long-select.tsx'
import { useRecordOptions } from './record-options.ts'
import { listOf, narrowField, textOf, textsOf, type ValueProps } from './value-props.ts'

interface Props extends ValueProps {
  /** The kind that the link names. */
  kind: string
}

/** A record, found by typing. */
export function OneRecord({ kind, value, onChange, label, error, disabled }: Props) {
  const { t } = useTranslation('form')
  const id = textOf(value)
  const { options, setSearch } = useRecordOptions(kind, id === '' ? [] : [id])
  return (
    <LongSelect
      label={label}
      placeholder={t('if.searchRecord')}
      searchLabel={t('if.searchRecord')}
      value={id === '' ? null : id}
      options={options}
      onChange={onChange}
      onSearch={setSearch}
      error={error}
      disabled={disabled}
    />
  )
}

export function ManyRecords({ kind, value, onChange, label, error, disabled }: Props) {
  const { t } = useTranslation('form')
  const ids = textsOf(value)
  const { options, setSearch } = useRecordOptions(kind, ids)
  return (
    <MultiSelect
      styles={narrowField}
      aria-label={label}
      placeholder={ids.length === 0 ? t('if.searchRecord') : ''}
      value={ids}
      onChange={(chosen) => onChange(listOf(chosen, value))}
      data={options.map((option) => ({ value: option.value, label: option.title }))}
      searchable
      selectFirstOptionOnChange
      onSearchChange={setSearch}
      // The server has searched.
      filter={({ options: all }) => all}
      nothingFoundMessage={t('if.nothingFound')}
      error={error}
      disabled={disabled}
    />
  )
}
