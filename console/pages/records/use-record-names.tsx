import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { allPipelines } from '../../data/pipelines.ts'
import { recordName, recordQuery } from '../../data/records.ts'
import { allUsers } from '../../data/users.ts'
import { RecordLink } from '../../parts/record/link.tsx'
import type { RecordNames } from '../../parts/record/value.tsx'

/** What the ids in records are called. Suspends until users and pipelines are there; linked records come later. */
export function useRecordNames(): RecordNames {
  const { data: users } = useSuspenseQuery(allUsers)
  const { data: pipelines } = useSuspenseQuery(allPipelines)
  return { users, pipelines, link: (kind, id) => <LinkedRecord kind={kind} id={id} /> }
}

function LinkedRecord({ kind, id }: { kind: string; id: string }) {
  const { data } = useQuery(recordQuery(kind, id))
  return <RecordLink kind={kind} id={id} name={data && recordName(data)} />
}
