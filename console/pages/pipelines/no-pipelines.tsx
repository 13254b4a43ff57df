import { Alert, Button, Card, Divider, Group, Stack, Text } from '@mantine/core'
import { IconLayoutKanban } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMakePipeline, type Pipeline } from '../../data/pipelines.ts'
import { useMay } from '../../data/session.ts'
import { Empty } from '../../parts/empty.tsx'
import { ProblemAlert } from '../../parts/problem/alert.tsx'
import { StageBadge } from '../../parts/stage/badge.tsx'
import { LoadDemo } from './load-demo.tsx'
import { inputOf } from './pipeline-draft.ts'
import { KindSelect } from './pipeline-editor.tsx'
import { useNewPipeline } from './use-new-pipeline.ts'

/** The first pipeline: made with one click, for a kind that is chosen, or brought by demo data. */
export function NoPipelines({
  onMade,
  onCustom,
}: {
  onMade: (made: Pipeline) => void
  onCustom: () => void
}) {
  const { t } = useTranslation('pipelines')
  const may = useMay()
  const [kind, setKind] = useState('lead')
  const newPipeline = useNewPipeline()
  const make = useMakePipeline()
  const draft = newPipeline(kind)
  if (!may.manage) {
    return (
      <Empty icon={IconLayoutKanban} title={t('empty.title')}>
        {t('empty.viewer')}
      </Empty>
    )
  }
  return (
    <Card withBorder radius="md" maw={640} w="100%" mx="auto" p={{ base: 'md', sm: 'xl' }}>
      <Stack gap="md">
        <Empty icon={IconLayoutKanban} title={t('empty.title')}>
          {t('empty.about')}
        </Empty>
        <KindSelect value={kind} onChange={setKind} />
        <div>
          <Text size="sm" fw={600} mb={6}>
            {t('editor.stages')}
          </Text>
          <Group gap="xs" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
            {draft.stages.map((stage) => (
              <Card key={stage.key} component="li" withBorder px="xs" py={4} radius="sm">
                <StageBadge stage={stage} />
              </Card>
            ))}
          </Group>
        </div>
        {make.isError && <ProblemAlert problem={make.error} />}
        <Group gap="xs">
          <Button loading={make.isPending} onClick={() => make.mutate(inputOf(draft), { onSuccess: onMade })}>
            {t('empty.make')}
          </Button>
          <Button variant="default" onClick={onCustom}>
            {t('empty.custom')}
          </Button>
        </Group>
        <Divider label={t('empty.or')} />
        <LoadDemo />
        <Alert variant="light" color="gray" p="xs">
          <Text size="sm">{t('empty.discovered')}</Text>
        </Alert>
      </Stack>
    </Card>
  )
}
