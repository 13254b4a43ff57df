import { Alert, Button, Group, List, Modal, Select, Text, TextInput } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconAlertTriangle, IconPlus } from '@tabler/icons-react'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCatalogue } from '../../data/catalogue.ts'
import {
  allPipelines,
  type Pipeline,
  type StageCount,
  stageCounts,
  useMakePipeline,
  usePutPipeline,
} from '../../data/pipelines.ts'
import { DialogForm } from '../../parts/dialog-form.tsx'
import { ProblemAlert } from '../../parts/problem/alert.tsx'
import { useReturnFocus } from '../../parts/return-focus.ts'
import {
  draftOf,
  idFrom,
  inputOf,
  mistakesOf,
  type PipelineDraft,
  withFoundStage,
  withNewStage,
} from './pipeline-draft.ts'
import { StageList } from './stage-list.tsx'
import { useNewPipeline } from './use-new-pipeline.ts'

interface Props {
  /** The one to change; without it a new one is made. */
  pipeline?: Pipeline
  /** Of a new one. */
  kind?: string
  /** How many webhooks sit on a stage. */
  triggersOn?: (stageId: string) => number
  onClose: () => void
  onSaved: (pipeline: Pipeline) => void
}

/** Name and stages of a pipeline. Nothing changes until it is saved. */
export function PipelineEditor({ pipeline, kind = 'lead', triggersOn, onClose, onSaved }: Props) {
  useReturnFocus()
  const { t } = useTranslation(['pipelines', 'common'])
  const fullScreen = useMediaQuery('(max-width: 48em)') ?? false
  const newPipeline = useNewPipeline()
  const { data: pipelines } = useSuspenseQuery(allPipelines)
  const idsOf = (kind: string) => pipelines.filter((one) => one.kind === kind).map(({ id }) => id)
  const freshDraft = (kind: string): PipelineDraft => {
    const made = newPipeline(kind)
    const others = pipelines.filter((one) => one.kind === kind)
    // The usual name is the first one's.
    return others.some(({ id, name }) => id === made.id || name === made.name)
      ? { ...made, name: '', id: '' }
      : made
  }
  const [draft, setDraft] = useState<PipelineDraft>(() => (pipeline ? draftOf(pipeline) : freshDraft(kind)))
  const [touched, setTouched] = useState(false)
  const [tried, setTried] = useState(false)
  const make = useMakePipeline()
  const put = usePutPipeline()
  const save = pipeline ? put : make
  const { data: counts = [] } = useQuery({
    ...stageCounts(draft.kind, draft.id),
    enabled: pipeline !== undefined,
  })
  const found = counts.flatMap(({ stage_id, records }) =>
    stage_id === null || records === 0 || isStage(pipeline, stage_id) || isStage(draft, stage_id)
      ? []
      : [stage_id],
  )
  const mistakes = mistakesOf(draft)
  const shown = tried ? mistakes : new Map()

  const change = (next: Partial<PipelineDraft>) => {
    setTouched(true)
    setDraft((old) => ({ ...old, ...next }))
  }
  const submit = () => {
    setTried(true)
    if (mistakes.size === 0) save.mutate(inputOf(draft), { onSuccess: onSaved })
  }

  return (
    <Modal
      opened
      onClose={onClose}
      size={860}
      fullScreen={fullScreen}
      closeOnClickOutside={!touched}
      title={pipeline ? t('editor.title', { pipeline: pipeline.name }) : t('editor.newTitle')}
    >
      <DialogForm
        onSubmit={submit}
        onCancel={onClose}
        isSaving={save.isPending}
        submitLabel={pipeline ? t('common:save') : t('editor.make')}
        noValidate
      >
        <Group align="flex-start" grow preventGrowOverflow={false} gap="sm">
          {!pipeline && (
            <KindSelect
              value={draft.kind}
              onChange={(to) => {
                const fresh = freshDraft(to)
                setDraft((old) => (touched ? { ...old, kind: to } : fresh))
              }}
            />
          )}
          <TextInput
            label={t('editor.name')}
            data-autofocus
            value={draft.name}
            maxLength={200}
            required
            miw={180}
            onChange={({ currentTarget: { value: name } }) =>
              change({ name, ...(draft.idTyped ? {} : { id: idFrom(name, idsOf(draft.kind)) }) })
            }
            error={shown.get('') === 'name' ? t('editor.nameNeeded') : undefined}
          />
          {!pipeline && (
            <TextInput
              label={t('editor.id')}
              value={draft.id}
              maxLength={200}
              required
              miw={160}
              styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
              onChange={({ currentTarget }) => change({ id: currentTarget.value, idTyped: true })}
              error={shown.get('') === 'id' ? t('editor.idNeeded') : undefined}
            />
          )}
        </Group>
        <div>
          <Text fw={600} size="sm" component="h3">
            {t('editor.stages')}
          </Text>
          <Text size="sm" c="dimmed">
            {t('editor.about')}
          </Text>
        </div>
        <StageList stages={draft.stages} mistakes={shown} onChange={(stages) => change({ stages })} />
        <Group gap="xs">
          <Button
            variant="light"
            size="compact-sm"
            leftSection={<IconPlus size={15} />}
            onClick={() => {
              setTouched(true)
              setDraft((old) => withNewStage(old, crypto.randomUUID()))
            }}
          >
            {t('editor.addStage')}
          </Button>
          {found.map((id) => (
            <Button
              key={id}
              variant="default"
              size="compact-sm"
              leftSection={<IconPlus size={15} />}
              onClick={() => {
                setTouched(true)
                setDraft((old) => withFoundStage(old, id))
              }}
            >
              {t('editor.addFound', { id })}
            </Button>
          ))}
        </Group>
        {pipeline && <Removed pipeline={pipeline} draft={draft} counts={counts} triggersOn={triggersOn} />}
        {save.isError && <ProblemAlert problem={save.error} />}
      </DialogForm>
    </Modal>
  )
}

function isStage(pipeline: { stages: { id: string }[] } | undefined, stageId: string): boolean {
  return pipeline?.stages.some(({ id }) => id === stageId) ?? false
}

/** The kinds that have pipelines. */
export function KindSelect({ value, onChange }: { value: string; onChange: (kind: string) => void }) {
  const { t } = useTranslation('pipelines')
  const { kinds } = useCatalogue()
  const staged = kinds.filter(({ capabilities }) => capabilities.includes('staged'))
  return (
    <Select
      label={t('editor.kind')}
      data={staged.map(({ name, plural }) => ({ value: name, label: plural }))}
      value={value}
      allowDeselect={false}
      miw={160}
      onChange={(kind) => kind && onChange(kind)}
    />
  )
}

/** What becomes of the records and triggers on stages that are about to go. */
function Removed({
  pipeline,
  draft,
  counts,
  triggersOn = () => 0,
}: {
  pipeline: Pipeline
  draft: PipelineDraft
  counts: StageCount[]
  triggersOn: Props['triggersOn']
}) {
  const { t } = useTranslation('pipelines')
  const kept = new Set(draft.stages.map(({ id }) => id))
  const losses = pipeline.stages
    .filter(({ id }) => !kept.has(id))
    .flatMap(({ id, name }) => {
      const records = counts.find(({ stage_id }) => stage_id === id)?.records ?? 0
      const webhooks = triggersOn(id)
      return [
        ...(records > 0 ? [t('editor.removedRecords', { stage: name, count: records })] : []),
        ...(webhooks > 0 ? [t('editor.removedTriggers', { stage: name, count: webhooks })] : []),
      ]
    })
  if (losses.length === 0) return null
  return (
    <Alert color="yellow" variant="light" icon={<IconAlertTriangle />} title={t('editor.removed')}>
      <List size="sm">
        {losses.map((loss) => (
          <List.Item key={loss}>{loss}</List.Item>
        ))}
      </List>
    </Alert>
  )
}
