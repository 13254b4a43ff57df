import { Card, Group, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'

interface Props {
  title?: ReactNode
  about?: ReactNode
  actions?: ReactNode
  children: ReactNode
}

/** A box with a heading. */
export function Panel({ title, about, actions, children }: Props) {
  return (
    <Card withBorder radius="md" component="section" padding="md" style={{ overflow: 'visible' }}>
      {(title || actions) && (
        <Group justify="space-between" mb={about ? 2 : 'sm'} gap="xs">
          {title && (
            <Title order={2} size="h4">
              {title}
            </Title>
          )}
          {actions && <Group gap="xs">{actions}</Group>}
        </Group>
      )}
      {about && (
        <Text size="sm" c="dimmed" mb="sm">
          {about}
        </Text>
      )}
      {children}
    </Card>
  )
}
