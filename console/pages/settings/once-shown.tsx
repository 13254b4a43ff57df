import { Alert, Code, Group, Stack, Text } from '@mantine/core'
import { IconKey } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { CopyButton } from '../../parts/copy-button.tsx'

interface Props {
  title: string
  /** What to do with it. */
  about: ReactNode
  value: string
  /** What the button copies, in words. */
  copy: string
}

/** A secret that is shown this once. */
export function OnceShown({ title, about, value, copy }: Props) {
  return (
    <Alert color="green" variant="light" icon={<IconKey />} title={title} role="status">
      <Stack gap="xs" align="flex-start">
        <Code
          block
          fz="sm"
          w="100%"
          style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}
          bg="var(--mantine-color-body)"
        >
          {value}
        </Code>
        <Group gap="xs">
          <CopyButton value={value} label={copy} />
        </Group>
        <Text size="sm" c="var(--mantine-color-text)" component="div">
          {about}
        </Text>
      </Stack>
    </Alert>
  )
}
