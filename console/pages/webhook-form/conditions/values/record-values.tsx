import {
  type ComboboxItem,
  type ComboboxLikeRenderOptionInput,
  Group,
  MultiSelect,
  Select,
  Text,
} from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { recordName, recordQuery, recordSearch } from '../../../../data/records.ts'
import { listOf, textOf, textsOf, type ValueProps } from './value-props.ts'

interface Props extends ValueProps {
  /** The kind that the link names. */
  kind: string
}

/** A record, found by typing. */
export function OneRecord({ kind, value, onChange, label, error, disabled }: Props) {
  const { t } = useTranslation('form')
  const id = textOf(value)
  const { data, setSearch } = useRecordOptions(kind, id === '' ? [] : [id])
  return (
    <Select
      aria-label={label}
      placeholder={t('if.searchRecord')}
      value={id === '' ? null : id}
      onChange={(chosen) => onChange(chosen ?? undefined)}
      data={data}
      renderOption={renderRecord}
      searchable
      onSearchChange={setSearch}
      // The server has searched.
      filter={({ options }) => options}
      allowDeselect={false}
      nothingFoundMessage={t('if.nothingFound')}
      error={error}
      disabled={disabled}
    />
  )
}

export function ManyRecords({ kind, value, onChange, label, error, disabled }: Props) {
  const { t } = useTranslation('form')
  const ids = textsOf(value)
  const { data, setSearch } = useRecordOptions(kind, ids)
  return (
    <MultiSelect
      aria-label={label}
      placeholder={ids.length === 0 ? t('if.searchRecord') : ''}
      value={ids}
      onChange={(chosen) => onChange(listOf(chosen, value))}
      data={data}
      renderOption={renderRecord}
      searchable
      onSearchChange={setSearch}
      filter={({ options }) => options}
      nothingFoundMessage={t('if.nothingFound')}
      error={error}
      disabled={disabled}
    />
  )
}

/** The chosen records by their names, and those that fit what is typed. */
function useRecordOptions(kind: string, chosen: string[]) {
  const [search, setSearch] = useState('')
  const [asked] = useDebouncedValue(search.trim(), 250)
  const named = useQueries({
    queries: chosen.map((id) => ({ ...recordQuery(kind, id), staleTime: 60_000, retry: false })),
  })
  const options = new Map<string, ComboboxItem>()
  for (const [index, id] of chosen.entries()) {
    const record = named[index]?.data
    options.set(id, { value: id, label: record ? recordName(record) : id })
  }
  // What a closed field shows is its choice, and nothing to search for.
  const isLabel = [...options.values()].some(({ label }) => label === asked)
  const { data: found } = useQuery({
    ...recordSearch(kind, isLabel ? '' : asked),
    placeholderData: keepPreviousData,
  })
  for (const record of found ?? []) {
    if (!options.has(record.id)) options.set(record.id, { value: record.id, label: recordName(record) })
  }
  return { data: [...options.values()], setSearch }
}

function renderRecord({ option }: ComboboxLikeRenderOptionInput<ComboboxItem>) {
  return (
    <Group gap={8} wrap="nowrap" justify="space-between" flex={1}>
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {option.label}
      </Text>
      {option.label !== option.value && (
        <Text size="xs" c="dimmed" ff="monospace">
          {option.value}
        </Text>
      )}
    </Group>
  )
}
