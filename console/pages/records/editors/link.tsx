import { ActionIcon, Group, Select, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconPencil } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type CrmRecord, recordName, recordQuery, recordSearch } from '../../../data/records.ts'
import { RecordLink } from '../../../parts/record/link.tsx'
import { type EditorProps, textOf } from './editor.ts'

/** A record of another kind: its whole name, to open it by; to change it, it is found by typing. */
export function LinkEditor(props: EditorProps) {
  const { t } = useTranslation('pipelines')
  const { id, field, value, error } = props
  const kind = field.links ?? ''
  const linked = textOf(value)
  const [finding, setFinding] = useState(false)
  const { data } = useQuery({ ...recordQuery(kind, linked), enabled: linked !== '' && kind !== '' })
  const name = data ? recordName(data) : linked
  if (linked === '' || finding || error !== undefined) {
    return (
      <LinkFinder
        {...props}
        kind={kind}
        linked={linked}
        name={name}
        onDone={() => setFinding(false)}
        autoFocus={finding}
      />
    )
  }
  return (
    <Group gap={4} wrap="nowrap" mih={36}>
      <Text component="div" size="sm" flex={1} style={{ minWidth: 0 }}>
        <RecordLink kind={kind} id={linked} name={name} />
      </Text>
      <ActionIcon
        id={id}
        variant="subtle"
        color="gray"
        aria-label={t('field.change', { field: field.title, name })}
        onClick={() => setFinding(true)}
      >
        <IconPencil size={16} stroke={1.7} />
      </ActionIcon>
    </Group>
  )
}

interface FinderProps extends EditorProps {
  linked: string
  name: string
  autoFocus: boolean
  onDone: () => void
}

function LinkFinder({ id, kind, linked, name, autoFocus, onChange, onDone, error }: FinderProps) {
  const { t } = useTranslation('pipelines')
  const [typed, setTyped] = useState('')
  const [opened, setOpened] = useState(false)
  // What stands there is no search until somebody types something else.
  const [search] = useDebouncedValue(typed === name ? '' : typed.trim(), 250)
  const found = useQuery({
    ...recordSearch(kind, search),
    enabled: opened && kind !== '',
    placeholderData: keepPreviousData,
  })
  const options = [
    ...(linked === '' ? [] : [{ value: linked, label: name }]),
    ...(found.data ?? [])
      .filter((record) => record.id !== linked)
      .map((record) => ({ value: record.id, label: recordName(record) })),
  ]
  return (
    <Select
      id={id}
      data={options}
      value={linked === '' ? null : linked}
      onChange={(picked) => {
        onChange(picked)
        onDone()
      }}
      autoFocus={autoFocus}
      defaultDropdownOpened={autoFocus}
      onBlur={onDone}
      searchable
      onSearchChange={setTyped}
      onDropdownOpen={() => setOpened(true)}
      filter={({ options: all }) => all}
      renderOption={({ option }) => (
        <div>
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {option.label}
          </Text>
          <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {describe(found.data?.find((record) => record.id === option.value)) ?? option.value}
          </Text>
        </div>
      )}
      nothingFoundMessage={found.isFetching ? t('field.searching') : t('field.nothingFound')}
      placeholder={t('field.find')}
      maxDropdownHeight={320}
      clearable
      clearButtonProps={{ 'aria-label': t('clear') }}
      error={error}
    />
  )
}

/** What tells records of the same name apart. */
function describe(record: CrmRecord | undefined): string | undefined {
  if (!record) return undefined
  const { email, phone } = record.fields
  return [email, phone].find((text) => typeof text === 'string' && text !== '') as string | undefined
}
