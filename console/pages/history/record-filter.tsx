import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { recordName, recordQuery, recordSearch } from '../../data/records.ts'
import { FilterRecord } from '../../parts/filter/record.tsx'
import type { RecordAddress } from '../../parts/filter/record-address.ts'

interface Props {
  value: RecordAddress | null
  onChange: (value: RecordAddress | null) => void
}

/** One record, found by its name. */
export function RecordFilter({ value, onChange }: Props) {
  const [asked, setAsked] = useState({ kind: value?.kind ?? 'lead', text: '' })
  const [search] = useDebouncedValue(asked.text.trim(), 200)
  const found = useQuery({ ...recordSearch(asked.kind, search), placeholderData: keepPreviousData })
  const chosen = useQuery({
    ...recordQuery(value?.kind ?? '', value?.id ?? ''),
    enabled: value !== null,
    retry: false,
  })
  return (
    <FilterRecord
      value={value}
      name={chosen.data ? recordName(chosen.data) : null}
      onChange={onChange}
      asked={asked}
      onAsk={setAsked}
      found={(found.data ?? []).map((one) => ({ id: one.id, name: recordName(one) }))}
      loading={found.isFetching}
    />
  )
}
