import { Collapse, Group, Text, Title, UnstyledButton } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import type { ReactNode } from 'react'

interface Props {
  title: string
  /** As a heading of this level; else it is none. */
  order?: 2 | 3
  children: ReactNode
}

/** Something that not everybody needs, behind a line that opens it. */
export function Fold({ title, order, children }: Props) {
  const [opened, { toggle }] = useDisclosure()
  const Icon = opened ? IconChevronDown : IconChevronRight
  const button = (
    <UnstyledButton onClick={toggle} aria-expanded={opened} style={{ fontWeight: 'inherit' }}>
      <Group gap={6} wrap="nowrap" component="span">
        <Icon size={16} aria-hidden style={{ flexShrink: 0 }} />
        {order ? (
          <span>{title}</span>
        ) : (
          <Text span size="sm" fw={500}>
            {title}
          </Text>
        )}
      </Group>
    </UnstyledButton>
  )
  return (
    <div>
      {order ? (
        <Title order={order} size="h4">
          {button}
        </Title>
      ) : (
        button
      )}
      <Collapse expanded={opened}>
        <div style={{ paddingTop: 'var(--mantine-spacing-sm)' }}>{opened && children}</div>
      </Collapse>
    </div>
  )
}
