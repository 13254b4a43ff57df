import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useCatalogue } from '../../data/catalogue.ts'
import { recordName, recordQuery } from '../../data/records.ts'

const minuteMs = 60_000
/** Rows that fly by while somebody scrolls ask for nothing. */
const dwellMs = 120

interface Props {
  record: { kind: string; id: string }
  webhookName: (id: string) => string
}

/** What a record is called now: deliveries tell its id only. */
export function RecordLabel({ record: { kind, id }, webhookName }: Props) {
  const { kinds } = useCatalogue()
  const [stays, setStays] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setStays(true), dwellMs)
    return () => clearTimeout(timer)
  }, [])
  const isRecord = kinds.some(({ name }) => name === kind)
  const { data } = useQuery({
    ...recordQuery(kind, id),
    enabled: isRecord && stays,
    staleTime: 5 * minuteMs,
    retry: false,
  })
  if (kind === 'webhook') return webhookName(id)
  return data ? recordName(data) : id
}
