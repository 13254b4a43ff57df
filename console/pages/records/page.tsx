import { Badge, Grid, Group, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { type Kind, useCatalogue } from '../../data/catalogue.ts'
import { ApiProblem } from '../../data/client.ts'
import { type CrmRecord, recordName, recordQuery, useLiveRecords } from '../../data/records.ts'
import { CopyButton } from '../../parts/copy-button.tsx'
import { Loading } from '../../parts/loading.tsx'
import { Page as Frame } from '../../parts/page.tsx'
import { Panel } from '../../parts/panel.tsx'
import { RecordState } from '../../parts/record/state.tsx'
import { findPipeline } from '../../parts/stage/lookup.ts'
import { Time } from '../../parts/time.tsx'
import { EditFields } from './edit-fields.tsx'
import { OnlyNamed } from './only-named.tsx'
import { RecordMenu } from './record-menu.tsx'
import { RecordNotices } from './record-notices.tsx'
import { StageSteps } from './stage-steps.tsx'
import { RecordTimeline } from './timeline.tsx'
import { useRecordNames } from './use-record-names.tsx'

/** A record: its fields to edit, and all that happened to it. */
export function Page() {
  const { kind = '', id = '' } = useParams()
  return <Found key={`${kind}/${id}`} kind={kind} id={id} />
}

function Found({ kind, id }: { kind: string; id: string }) {
  const { kinds } = useCatalogue()
  const { data: record, error } = useQuery(recordQuery(kind, id))
  useLiveRecords(kind)
  const known = kinds.find(({ name }) => name === kind)
  if (record) return <RecordPage record={record} known={known} />
  if (!error) return <Loading />
  if (known && error instanceof ApiProblem && error.status === 404) return <OnlyNamed kind={known} id={id} />
  throw error
}

function RecordPage({ record, known }: { record: CrmRecord; known: Kind | undefined }) {
  const { t } = useTranslation('pipelines')
  const names = useRecordNames()
  const { kind, id } = record
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
