import { Anchor } from '@mantine/core'
import { Link } from 'react-router'

interface Props {
  kind: string
  id: string
  /** Without it the id stands there. */
  name?: string | undefined
}

/** To a record's page. */
export function RecordLink({ kind, id, name }: Props) {
  return (
    <Anchor
      component={Link}
      to={`/records/${encodeURIComponent(kind)}/${encodeURIComponent(id)}`}
      inherit
      style={{ overflowWrap: 'anywhere' }}
    >
      {name ?? id}
    </Anchor>
  )
}
