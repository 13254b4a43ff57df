import { Button, Group, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconSparkles, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../../../data/client.ts'
import { demoQuery, useLoadDemo, useRemoveDemo } from '../../../data/demo.ts'
import { useMay } from '../../../data/session.ts'
import { allWebhooks } from '../../../data/webhooks.ts'
import { language } from '../../../i18n/index.ts'
import { confirmDanger } from '../../../parts/confirm.tsx'
import { ProblemAlert } from '../../../parts/problem/alert.tsx'
import { Time } from '../../../parts/time.tsx'
import { SettingsSection } from '../settings-section.tsx'

/** The sales team to look around in: whether it is there, and how it comes and goes. */
export function DemoSection() {
  const { t } = useTranslation('settings')
  const demo = useQuery(demoQuery)
  if (demo.isPending) return null
  return (
    <SettingsSection title={t('demo.title')} about={t('demo.about')}>
      {demo.error && <ProblemAlert problem={demo.error} retry={() => void demo.refetch()} />}
      {demo.data && (demo.data.loaded ? <Loaded at={demo.data.loaded_at} /> : <NotLoaded />)}
    </SettingsSection>
  )
}

function Loaded({ at }: { at: string | null }) {
  const { t } = useTranslation(['settings', 'common'])
  const may = useMay()
  const remove = useRemoveDemo()
  const ask = () =>
    confirmDanger({
      title: t('demo.removeTitle'),
      about: t('demo.removeAbout'),
      yes: t('demo.remove'),
      no: t('common:cancel'),
      onYes: () =>
        remove.mutate(undefined, { onSuccess: () => notifications.show({ message: t('demo.removed') }) }),
    })
  return (
    <Stack gap="sm">
      {remove.error && <ProblemAlert problem={remove.error} />}
      <Group justify="space-between" gap="sm">
        <Text size="sm">
          {t('demo.loaded')} <Time at={at} />.
        </Text>
        {may.manage && (
          <Button
            variant="default"
            c="light-dark(var(--mantine-color-red-9), var(--mantine-color-red-4))"
            leftSection={<IconTrash size={16} />}
            loading={remove.isPending}
            onClick={ask}
          >
            {t('demo.remove')}
          </Button>
        )}
      </Group>
      {remove.isPending && (
        <Text size="sm" c="dimmed" role="status">
          {t('demo.removing')}
        </Text>
      )}
    </Stack>
  )
}

/** Demo data comes into an empty account only. */
function NotLoaded() {
  const { t } = useTranslation('settings')
  const may = useMay()
  const webhooks = useQuery(allWebhooks)
  const load = useLoadDemo()
  const isTaken = load.error instanceof ApiProblem && load.error.code === 'conflict'
  const isEmpty = webhooks.data?.length === 0 && !isTaken
  return (
    <Stack gap="sm">
      {load.error && !isTaken && <ProblemAlert problem={load.error} />}
      <Group justify="space-between" gap="sm">
        <Text size="sm" style={{ flex: '1 1 16rem' }}>
          {isEmpty ? t('demo.none') : t('demo.notEmpty')}
        </Text>
        {may.manage && isEmpty && (
          <Button
            variant="light"
            leftSection={<IconSparkles size={16} />}
            loading={load.isPending}
            onClick={() =>
              load.mutate(language(), { onSuccess: () => notifications.show({ message: t('demo.done') }) })
            }
          >
            {t('demo.load')}
          </Button>
        )}
      </Group>
    </Stack>
  )
}
