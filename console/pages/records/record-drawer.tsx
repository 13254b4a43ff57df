import { Drawer, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { useCatalogue } from '../../data/catalogue.ts'
import { recordName, recordQuery } from '../../data/records.ts'
import { Loading } from '../../parts/loading.tsx'
import { unlessCovered } from '../../parts/uppermost.ts'

// A board is there before anybody opens a card.
const DrawerContents = lazy(() =>
  import('./drawer-contents.tsx').then(({ DrawerContents }) => ({ default: DrawerContents })),
)

interface Props {
  kind: string
  /** null: closed. */
  id: string | null
  onClose: () => void
}

/** A record beside the board that it stands on. */
export function RecordDrawer({ kind, id, onClose }: Props) {
  const { kinds } = useCatalogue()
  const { data: record } = useQuery({ ...recordQuery(kind, id ?? ''), enabled: id !== null })
  const kindTitle = kinds.find(({ name }) => name === kind)?.title ?? kind
  return (
    <Drawer
      opened={id !== null}
      onClose={unlessCovered(onClose)}
      position="right"
      size={620}
      title={
        <Text component="span" fw={650} fz="lg" style={{ overflowWrap: 'anywhere' }}>
          {record && record.id === id ? recordName(record) : kindTitle}
        </Text>
      }
    >
      {id !== null && (
        <Suspense fallback={<Loading />}>
          <DrawerContents key={id} kind={kind} id={id} kindTitle={kindTitle} />
        </Suspense>
      )}
    </Drawer>
  )
}
