import { Box, Group, Text, Title } from '@mantine/core'
import { IconLinkOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { ApiProblem } from '../../data/client.ts'
import { sharedQuery } from '../../data/handout.ts'
import { ColorSchemeButton } from '../../parts/color-scheme-button.tsx'
import { Empty } from '../../parts/empty.tsx'
import { HandoutView } from '../../parts/handout-view.tsx'
import { LanguageMenu } from '../../parts/language-menu.tsx'
import { Loading } from '../../parts/loading.tsx'
import { Logo } from '../../parts/logo.tsx'
import { ProblemAlert } from '../../parts/problem/alert.tsx'

/** What a share link shows, to whoever has it. */
export function Page() {
  const { token = '' } = useParams()
  return (
    <Box component="main" maw={1200} mx="auto" p={{ base: 'sm', sm: 'lg' }}>
      <Group justify="space-between" mb="lg">
        <Logo />
        <Group gap="xs">
          <LanguageMenu />
          <ColorSchemeButton />
        </Group>
      </Group>
      <Shown token={token} />
    </Box>
  )
}

function Shown({ token }: { token: string }) {
  const { t, i18n } = useTranslation('webhooks')
  const shared = useQuery(sharedQuery(token, i18n.language))
  if (shared.error instanceof ApiProblem && shared.error.status === 404) {
    return (
      <Empty wholePage icon={IconLinkOff} title={t('shared.over')}>
        {t('shared.overAbout')}
      </Empty>
    )
  }
  if (shared.error) return <ProblemAlert problem={shared.error} retry={() => void shared.refetch()} />
  if (!shared.data) return <Loading />
  const { webhook } = shared.data
  return (
    <>
      <title>{`${webhook.name} · Hookline`}</title>
      <Title order={1} size="h2">
        {webhook.name}
      </Title>
      <Text c="dimmed" mb="lg">
        {webhook.description || t('shared.about')}
      </Text>
      <HandoutView handout={shared.data} />
    </>
  )
}
