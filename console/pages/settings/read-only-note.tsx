import { Alert } from '@mantine/core'
import { IconEye } from '@tabler/icons-react'
import type { ReactNode } from 'react'

/** Says why nothing can be changed here. */
export function ReadOnlyNote({ children }: { children: ReactNode }) {
  return (
    <Alert color="gray" variant="light" icon={<IconEye />} c="var(--mantine-color-text)">
      {children}
    </Alert>
  )
}
