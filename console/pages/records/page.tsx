import { Badge, Grid, Group, Stack, Text } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { useCatalogue } from '../../data/catalogue.ts'
import { recordName, recordQuery, useLiveRecords } from '../../data/records.ts'
import { CopyButton } from '../../parts/copy-button.tsx'
import { Page as Frame } from '../../parts/page.tsx'
import { Panel } from '../../parts/panel.tsx'
import { RecordState } from '../../parts/record/state.tsx'
import { findPipeline } from '../../parts/stage/lookup.ts'
import { Time } from '../../parts/time.tsx'
import { EditFields } from './edit-fields.tsx'
import { RecordMenu } from './record-menu.tsx'
import { RecordNotices } from './record-notices.tsx'
import { StageSteps } from './stage-steps.tsx'
import { RecordTimeline } from './timeline.tsx'
import { useRecordNames } from './use-record-names.tsx'

/** A record: its fields to edit, and all that happened to it. */
export function Page() {
  const { kind = '', id = '' } = useParams()
  return <RecordPage key={`${kind}/${id}`} kind={kind} id={id} />
}

function RecordPage({ kind, id }: { kind: string; id: string }) {
  const { t } = useTranslation('pipelines')
  const { kinds } = useCatalogue()
  const { data: record } = useSuspenseQuery(recordQuery(kind, id))
  const names = useRecordNames()
  useLiveRecords(kind)
  const known = kinds.find(({ name }) => name === kind)
  const { pipeline_id: pipelineId } = record.fields
  const pipeline =
    typeof pipelineId === 'string' ? findPipeline(names.pipelines, kind, pipelineId) : undefined
  const path = (...parts: string[]) => parts.map(encodeURIComponent).join('/')

  return (
    <Frame
      title={recordName(record)}
      badge={
        <>
          <Badge variant="light" tt="none">
            {known?.title ?? kind}
          </Badge>
          <RecordState record={record} />
        </>
      }
      trail={[
        pipeline
          ? { title: pipeline.name, to: `/pipelines/${path(kind, pipeline.id)}` }
          : { title: t('title'), to: '/pipelines' },
        { title: known?.plural ?? kind, to: `/records/${path(kind)}` },
      ]}
      actions={<RecordMenu record={record} names={names} />}
    >
      <Stack gap="md">
        <RecordNotices record={record} />
        {pipeline && <StageSteps record={record} pipeline={pipeline} />}
        <Grid gap="md">
          <Grid.Col span={{ base: 12, md: 5 }}>
            <Panel title={t('record.fields')}>
              <EditFields record={record} names={names} />
              <Text size="xs" c="dimmed" mt="md" component="div">
                <Group gap={4}>
                  {t('record.id')}: <code style={{ overflowWrap: 'anywhere' }}>{id}</code>
                  <CopyButton value={id} />
                </Group>
                {t('record.created')} <Time at={record.created_at} /> · {t('record.updated')}{' '}
                <Time at={record.updated_at} />
              </Text>
            </Panel>
          </Grid.Col>
          <Grid.Col span={{ base: 12, md: 7 }}>
            <Panel title={t('timeline.title')}>
              <RecordTimeline kind={kind} id={id} names={names} />
            </Panel>
          </Grid.Col>
        </Grid>
      </Stack>
    </Frame>
  )
}
