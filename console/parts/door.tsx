import { Card, Center, Group, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { ColorSchemeButton } from './color-scheme-button.tsx'
import { LanguageMenu } from './language-menu.tsx'
import { Logo } from './logo.tsx'

interface Props {
  title: string
  about?: ReactNode
  children: ReactNode
}

/** The frame of pages that stand before the sign-in. */
export function Door({ title, about, children }: Props) {
  return (
    <Center mih="100dvh" p="md" component="main">
      <title>{`${title} · Hookline`}</title>
      <Stack w="100%" maw={420} gap="md">
        <Group justify="space-between">
          <Logo />
          <Group gap="xs">
            <LanguageMenu />
            <ColorSchemeButton />
          </Group>
        </Group>
        <Card withBorder radius="lg" padding="lg">
          <Title order={1} size="h3">
            {title}
          </Title>
          {about && (
            <Text c="dimmed" size="sm" mt={4} component="div">
              {about}
            </Text>
          )}
          {children}
        </Card>
      </Stack>
    </Center>
  )
}
