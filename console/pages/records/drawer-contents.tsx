import { Anchor, Badge, Group, Stack, Title } from '@mantine/core'
import { IconMaximize } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { recordQuery } from '../../data/records.ts'
import { Loading } from '../../parts/loading.tsx'
import { ProblemAlert } from '../../parts/problem/alert.tsx'
import { RecordState } from '../../parts/record/state.tsx'
import { EditFields } from './edit-fields.tsx'
import { RecordMenu } from './record-menu.tsx'
import { RecordNotices } from './record-notices.tsx'
import { RecordTimeline } from './timeline.tsx'
import { useRecordNames } from './use-record-names.tsx'

/** What a drawer shows of a record: its fields, and what happened to it. */
export function DrawerContents({ kind, id, kindTitle }: { kind: string; id: string; kindTitle: string }) {
  const { t } = useTranslation('pipelines')
  const { data: record, error, refetch, isPending } = useQuery(recordQuery(kind, id))
  const names = useRecordNames()
  if (isPending) return <Loading />
  if (!record) return <ProblemAlert problem={error} retry={() => void refetch()} />
  return (
    <Stack gap="md">
      <Group justify="space-between" gap="xs">
        <Group gap="xs">
          <Badge variant="light" tt="none">
            {kindTitle}
          </Badge>
          <RecordState record={record} />
          <Anchor
            component={Link}
            to={`/records/${encodeURIComponent(kind)}/${encodeURIComponent(id)}`}
            size="sm"
          >
            <Group gap={4} component="span">
              <IconMaximize size={14} stroke={1.8} aria-hidden />
              {t('record.asPage')}
            </Group>
          </Anchor>
        </Group>
        <RecordMenu record={record} names={names} />
      </Group>
      <RecordNotices record={record} />
      <EditFields record={record} names={names} />
      <Title order={3} size="h5" mt="xs">
        {t('timeline.title')}
      </Title>
      <RecordTimeline kind={kind} id={id} names={names} />
    </Stack>
  )
}
