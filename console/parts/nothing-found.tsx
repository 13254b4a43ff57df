import { Button } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Empty } from './empty.tsx'

interface Props {
  title: string
  /** Why there may be none, as a sentence. */
  children?: ReactNode
  /** On the button that takes the filters away. */
  clear: string
  onClear: () => void
}

/** Where nothing of a list matches its filters. */
export function NothingFound({ title, children, clear, onClear }: Props) {
  return (
    <Empty
      icon={IconSearch}
      title={title}
      action={
        <Button variant="default" onClick={onClear}>
          {clear}
        </Button>
      }
    >
      {children}
    </Empty>
  )
}
