import { Select, Stack, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { recordName, recordQuery, recordSearch } from '../../../data/records.ts'

interface Props {
  kind: string
  value: string | null
  onChange: (id: string) => void
}

/** One record, found by typing; the ones that changed last stand first. */
export function RecordPicker({ kind, value, onChange }: Props) {
  const { t } = useTranslation('form')
  const [search, setSearch] = useState('')
  const [asked] = useDebouncedValue(search.trim(), 250)
  const { data: chosen } = useQuery({ ...recordQuery(kind, value ?? ''), enabled: value !== null })
  const name = chosen ? recordName(chosen) : ''
  const { data: found } = useQuery({
    // What a closed field shows is its choice, and nothing to search for.
    ...recordSearch(kind, asked === name ? '' : asked),
    placeholderData: keepPreviousData,
  })
  const records = [...(chosen ? [chosen] : []), ...(found ?? []).filter(({ id }) => id !== value)]
  return (
    <Select
      aria-label={t('try.record')}
      placeholder={t('if.searchRecord')}
      value={value}
      onChange={(id) => id !== null && onChange(id)}
      data={records.map((record) => ({ value: record.id, label: recordName(record) }))}
      searchable
      onSearchChange={setSearch}
      // The server has searched.
      filter={({ options }) => options}
      allowDeselect={false}
      nothingFoundMessage={t('if.nothingFound')}
      style={{ flex: '1 1 12rem' }}
      renderOption={({ option }) => (
        <Stack gap={0}>
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {option.label}
          </Text>
          <Text size="xs" c="dimmed" ff="monospace">
            {option.value}
          </Text>
        </Stack>
      )}
    />
  )
}
