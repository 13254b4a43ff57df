import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { recordName, recordQuery, recordSearch } from '../../../../data/records.ts'
import type { LongOption } from './long-select.tsx'

const debounceMs = 250

/** The chosen records by their names, and those that fit what is typed; the ones that changed last stand first. */
export function useRecordOptions(kind: string, chosen: readonly string[]) {
  const [search, setSearch] = useState('')
  const [asked] = useDebouncedValue(search.trim(), debounceMs)
  const named = useQueries({
    queries: chosen.map((id) => ({ ...recordQuery(kind, id), staleTime: 60_000, retry: false })),
  })
  const { data: found } = useQuery({ ...recordSearch(kind, asked), placeholderData: keepPreviousData })
  const options = new Map<string, LongOption>()
  const add = (id: string, title: string) => {
    if (!options.has(id)) options.set(id, { value: id, title, ...(title === id ? {} : { about: id }) })
  }
  for (const [index, id] of chosen.entries()) {
    const record = named[index]?.data
    add(id, record ? recordName(record) : id)
  }
  for (const record of found ?? []) add(record.id, recordName(record))
  return { options: [...options.values()], setSearch }
}
