import { ActionIcon, Alert, Button, Group, Menu, Stack } from '@mantine/core'
import { useThrottledCallback } from '@mantine/hooks'
import {
  IconDots,
  IconInfoCircle,
  IconPencil,
  IconPlus,
  IconSettings,
  IconTable,
  IconTrash,
} from '@tabler/icons-react'
import { usePrefetchQuery, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, Navigate, useNavigate, useParams, useSearchParams } from 'react-router'
import { catalogueQuery, useCatalogue } from '../../data/catalogue.ts'
import { useLive } from '../../data/live.ts'
import { allPipelines, type Pipeline, stageCounts, useDeletePipeline } from '../../data/pipelines.ts'
import { useLiveRecords } from '../../data/records.ts'
import { useMay } from '../../data/session.ts'
import { allUsers } from '../../data/users.ts'
import { allWebhooks } from '../../data/webhooks.ts'
import { confirmDanger } from '../../parts/confirm.tsx'
import { NotFound } from '../../parts/not-found.tsx'
import { Page as Frame } from '../../parts/page.tsx'
import { findPipeline } from '../../parts/stage/lookup.ts'
import { RecordDrawer } from '../records/record-drawer.tsx'
import { Board } from './board.tsx'
import { useBoardFilter } from './board-filter.ts'
import { Everywhere } from './everywhere.tsx'
import { lastPipeline, rememberPipeline } from './last-pipeline.ts'
import { NoPipelines } from './no-pipelines.tsx'
import { PipelinePicker } from './picker.tsx'
import { BoardToolbar } from './toolbar.tsx'
import { triggersOf } from './triggers.ts'

// A board is there before anybody makes something.
const NewRecord = lazy(() =>
  import('../records/new-record.tsx').then(({ NewRecord }) => ({ default: NewRecord })),
)
const PipelineEditor = lazy(() =>
  import('./pipeline-editor.tsx').then(({ PipelineEditor }) => ({ default: PipelineEditor })),
)

const addressOf = ({ kind, id }: Pick<Pipeline, 'kind' | 'id'>) =>
  `/pipelines/${encodeURIComponent(kind)}/${encodeURIComponent(id)}`

/** Red that can be read on both schemes. */
const danger = 'light-dark(var(--mantine-color-red-9), var(--mantine-color-red-4))'

/** The board of a pipeline: records on their stages, and above each stage what fires there. */
export function Page() {
  const { kind, id } = useParams()
  const { t, i18n } = useTranslation('pipelines')
  const navigate = useNavigate()
  // Asked for together, not one after the other.
  usePrefetchQuery(allUsers)
  usePrefetchQuery(allWebhooks)
  usePrefetchQuery(catalogueQuery(i18n.language))
  const { data: pipelines } = useSuspenseQuery(allPipelines)
  const [making, setMaking] = useState(false)

  if (kind !== undefined && id !== undefined) {
    const pipeline = findPipeline(pipelines, kind, id)
    return pipeline ? <PipelinePage key={`${kind}/${id}`} pipeline={pipeline} /> : <NotFound />
  }
  const first = lastPipeline(pipelines)
  if (first) return <Navigate replace to={addressOf(first)} />
  return (
    <Frame title={t('title')} about={t('about')}>
      <NoPipelines onMade={(made) => void navigate(addressOf(made))} onCustom={() => setMaking(true)} />
      <Suspense>
        {making && (
          <PipelineEditor
            onClose={() => setMaking(false)}
            onSaved={(made) => void navigate(addressOf(made))}
          />
        )}
      </Suspense>
    </Frame>
  )
}

type Dialog = 'edit' | 'new' | 'record' | null

function PipelinePage({ pipeline }: { pipeline: Pipeline }) {
  const { t } = useTranslation(['pipelines', 'common'])
  const { kind, id } = pipeline
  const may = useMay()
  const navigate = useNavigate()
  const [query, setQuery] = useSearchParams()
  const { data: pipelines } = useSuspenseQuery(allPipelines)
  const { data: users } = useSuspenseQuery(allUsers)
  const { data: webhooks = [] } = useQuery(allWebhooks)
  const { data: counts = [] } = useQuery(stageCounts(kind, id))
  const { kinds } = useCatalogue()
  const [filter, setFilter] = useBoardFilter()
  const [dialog, setDialog] = useState<Dialog>(null)
  const triggers = triggersOf(webhooks, kind, id)
  const kindTitle = kinds.find(({ name }) => name === kind)?.title ?? kind
  const nowhere = counts.find(({ stage_id }) => stage_id === null)?.records ?? 0
  useLiveRecords(kind)
  useLiveTriggers()
  useEffect(() => rememberPipeline(pipeline), [pipeline])

  const list = `/records/${encodeURIComponent(kind)}?pipeline=${encodeURIComponent(id)}`
  const open = query.get('record')
  const show = (record: string | null) =>
    setQuery(
      (old) => {
        const changed = new URLSearchParams(old)
        if (record === null) changed.delete('record')
        else changed.set('record', record)
        return changed
      },
      { preventScrollReset: true },
    )

  return (
    <Frame
      title={t('title')}
      about={t(may.manage ? 'about' : 'aboutViewer')}
      actions={
        <>
          <Button
            component={Link}
            to={list}
            variant="default"
            leftSection={<IconTable size={16} />}
            visibleFrom="sm"
          >
            {t('asList')}
          </Button>
          <ActionIcon
            component={Link}
            to={list}
            variant="default"
            size={36}
            aria-label={t('asList')}
            hiddenFrom="sm"
          >
            <IconTable size={18} stroke={1.7} />
          </ActionIcon>
          {may.manage && (
            <>
              <Button leftSection={<IconPlus size={16} />} onClick={() => setDialog('record')}>
                {t('record.newOf', { kind: kindTitle })}
              </Button>
              <ManageMenu pipeline={pipeline} onOpen={setDialog} />
            </>
          )}
        </>
      }
    >
      <Stack gap="sm">
        <Group gap="xs">
          <PipelinePicker
            pipelines={pipelines}
            current={pipeline}
            onPick={(picked) => void navigate(addressOf(picked))}
          />
          <BoardToolbar kind={kind} filter={filter} onChange={setFilter} users={users} />
          {pipeline.origin === 'discovered' && may.manage && (
            <Button variant="light" leftSection={<IconPencil size={16} />} onClick={() => setDialog('edit')}>
              {t('nameIt')}
            </Button>
          )}
        </Group>
        <Everywhere kind={kind} pipelineId={id} triggers={triggers.everywhere} />
        {nowhere > 0 && (
          <Alert color="yellow" variant="light" p="xs" icon={<IconInfoCircle />}>
            {t('nowhere', { count: nowhere })}
          </Alert>
        )}
        <Board pipeline={pipeline} filter={filter} users={users} triggers={triggers} />
      </Stack>
      <Suspense>
        {(dialog === 'edit' || dialog === 'new') && (
          <PipelineEditor
            {...(dialog === 'edit' ? { pipeline } : { kind })}
            triggersOn={(stageId) => triggers.byStage.get(stageId)?.length ?? 0}
            onClose={() => setDialog(null)}
            onSaved={(saved) => {
              setDialog(null)
              void navigate(addressOf(saved))
            }}
          />
        )}
        {dialog === 'record' && (
          <NewRecord
            kind={kind}
            start={{ pipeline_id: id, stage_id: pipeline.stages[0]?.id ?? null }}
            onClose={() => setDialog(null)}
            onMade={(record) => {
              setDialog(null)
              show(record.id)
            }}
          />
        )}
      </Suspense>
      <RecordDrawer kind={kind} id={open} onClose={() => show(null)} />
    </Frame>
  )
}

/** How the triggers fare changes with every attempt; they are read again at most every few seconds. */
function useLiveTriggers(): void {
  const client = useQueryClient()
  const refresh = useThrottledCallback(
    () => void client.invalidateQueries({ queryKey: allWebhooks.queryKey }),
    4000,
  )
  useLive({ attempt: refresh })
}

function ManageMenu({ pipeline, onOpen }: { pipeline: Pipeline; onOpen: (dialog: Dialog) => void }) {
  const { t } = useTranslation(['pipelines', 'common'])
  const navigate = useNavigate()
  const remove = useDeletePipeline()
  const ask = () =>
    confirmDanger({
      title: t('delete.title', { pipeline: pipeline.name }),
      about: t('delete.about'),
      yes: t('common:delete'),
      no: t('common:cancel'),
      // Not as the call's own callback: by then this page may be gone.
      onYes: () =>
        void remove.mutateAsync(pipeline).then(
          () => navigate('/pipelines'),
          () => undefined,
        ),
    })
  return (
    <Menu position="bottom-end" width={260} shadow="md">
      <Menu.Target>
        <ActionIcon variant="default" size={36} aria-label={t('manage.menu')}>
          <IconDots size={18} stroke={1.7} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconSettings size={16} />} onClick={() => onOpen('edit')}>
          {t('manage.edit')}
        </Menu.Item>
        <Menu.Item leftSection={<IconPlus size={16} />} onClick={() => onOpen('new')}>
          {t('manage.new')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item c={danger} leftSection={<IconTrash size={16} />} onClick={ask}>
          {t('manage.delete')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
