import { Button, Stack, Text } from '@mantine/core'
import { IconSparkles } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useLoadDemo } from '../../data/demo.ts'
import { language } from '../../i18n/index.ts'
import { ProblemAlert } from '../../parts/problem/alert.tsx'

/** Fills the account with a sales team that does not exist. */
export function LoadDemo() {
  const { t } = useTranslation('pipelines')
  const load = useLoadDemo()
  return (
    <Stack gap="xs" align="flex-start">
      <Text size="sm">{t('empty.demoAbout')}</Text>
      <Button
        variant="light"
        leftSection={<IconSparkles size={16} stroke={1.8} />}
        loading={load.isPending}
        onClick={() => load.mutate(language())}
      >
        {t('empty.demo')}
      </Button>
      {load.isError && <ProblemAlert problem={load.error} />}
    </Stack>
  )
}
