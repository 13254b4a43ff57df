import { Stack, Text, ThemeIcon, Title } from '@mantine/core'
import type { Icon } from '@tabler/icons-react'
import type { ReactNode } from 'react'

interface Props {
  icon: Icon
  title: string
  /** What to do about it, as a sentence. */
  children?: ReactNode
  action?: ReactNode
  /** Where it is all that the page says, its title is the page's heading. */
  wholePage?: boolean
}

/** Where a list has nothing to show: why, and what to do. */
export function Empty({ icon: Icon, title, children, action, wholePage = false }: Props) {
  return (
    <Stack align="center" gap="xs" py="xl" px="md" ta="center">
      <ThemeIcon size={52} radius="xl" variant="light">
        <Icon size={26} stroke={1.6} />
      </ThemeIcon>
      {wholePage ? (
        <Title order={1} fz="md">
          {title}
        </Title>
      ) : (
        <Text fw={600}>{title}</Text>
      )}
      {children && (
        <Text size="sm" c="dimmed" maw={460} component="div">
          {children}
        </Text>
      )}
      {action}
    </Stack>
  )
}
