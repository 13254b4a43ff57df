import { useQuery } from '@tanstack/react-query'
import { replayQuery } from '../../data/replays.ts'
import { useMay } from '../../data/session.ts'
import { ReplayRow } from '../replays/replay-row.tsx'

/** Above the deliveries of one replay: the replay itself. Nothing where it is no longer kept. */
export function ReplayShown({ id }: { id: string }) {
  const may = useMay()
  const { data } = useQuery({ ...replayQuery(id), retry: false })
  if (!data) return null
  return (
    <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>
      <ReplayRow replay={data} mayStop={may.manage} />
    </ul>
  )
}
