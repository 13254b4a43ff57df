import { Anchor, Box, Button, Group, Stack, Text, Title } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ColorSchemeButton } from '../../parts/color-scheme-button.tsx'
import { LanguageMenu } from '../../parts/language-menu.tsx'
import { Logo } from '../../parts/logo.tsx'

/** The guide stands alone, and can be left at any moment. */
export function Frame({ about, children }: { about: string; children: ReactNode }) {
  const { t } = useTranslation('welcome')
  return (
    <Box maw={860} mx="auto" px={{ base: 'sm', sm: 'lg' }} py="md">
      <title>{`${t('title')} · Hookline`}</title>
      <Group component="header" justify="space-between" gap="xs" mb="xl">
        <Anchor component={Link} to="/" c="bright" underline="never" aria-label="Hookline">
          <Logo />
        </Anchor>
        <Group gap="xs">
          <LanguageMenu />
          <ColorSchemeButton />
          <Button
            component={Link}
            to="/"
            variant="default"
            rightSection={<IconArrowRight size={16} aria-hidden />}
          >
            {t('skip')}
          </Button>
        </Group>
      </Group>
      <main>
        <Stack gap="xl">
          <div>
            <Title order={1}>{t('title')}</Title>
            <Text c="dimmed" mt={4}>
              {about}
            </Text>
          </div>
          {children}
        </Stack>
      </main>
    </Box>
  )
}
