import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, get, type Page } from './client.ts'
import type { CrmRecord } from './record.ts'
import { knownTags } from './record-lists.ts'

/** Those that changed last. A key of its own: a record that is written is no reason to read them again. */
const lastChanged = (kind: string) =>
  queryOptions({
    queryKey: ['tags', kind],
    queryFn: async ({ signal }) =>
      (await get<Page<CrmRecord>>(api`/records/${kind}`, { order: 'updated', limit: 100 }, signal)).items,
    staleTime: 60_000,
  })

/**
 * Tags to suggest where one is typed: of the records that changed last, and of those that were read so far. No list has all
 * of them, so any other may be typed. They are asked for with the first `look`.
 */
export function useKnownTags(kind: string): { tags: string[]; look: () => void } {
  const client = useQueryClient()
  const [looked, setLooked] = useState(false)
  const { data } = useQuery({ ...lastChanged(kind), enabled: looked })
  return { tags: looked ? knownTags(client, kind, data) : [], look: () => setLooked(true) }
}
