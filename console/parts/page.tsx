import { Anchor, Box, Breadcrumbs, Group, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { Link } from 'react-router'

interface Props {
  title: string
  /** One sentence: what the page is for. */
  about?: ReactNode
  /** Beside the title: a badge, for instance. */
  badge?: ReactNode
  /** On the right: what can be done here. */
  actions?: ReactNode
  /** Where it belongs, from the outside in. */
  trail?: { title: string; to: string }[]
  children: ReactNode
}

/** The frame of a page: its title in the window too, what it is for, and what can be done. */
export function Page({ title, about, badge, actions, trail, children }: Props) {
  return (
    <Stack gap="lg" maw={1440} mx="auto">
      <title>{`${title} · Hookline`}</title>
      <Group justify="space-between" align="flex-end" gap="sm">
        <Box style={{ minWidth: 0 }}>
          {trail && (
            <Breadcrumbs mb={4}>
              {trail.map((step) => (
                <Anchor key={step.to} component={Link} to={step.to} size="sm">
                  {step.title}
                </Anchor>
              ))}
            </Breadcrumbs>
          )}
          <Group gap="sm">
            <Title order={1} size="h2" style={{ overflowWrap: 'anywhere' }}>
              {title}
            </Title>
            {badge}
          </Group>
          {about && (
            <Text c="dimmed" size="sm" mt={2}>
              {about}
            </Text>
          )}
        </Box>
        {actions && <Group gap="xs">{actions}</Group>}
      </Group>
      {children}
    </Stack>
  )
}
