import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { PersonSelect } from '../../../parts/person-select.tsx'
import { findPipeline } from '../../../parts/stage/lookup.ts'
import { StageSelect } from '../../../parts/stage/select.tsx'
import { type EditorProps, textOf } from './editor.ts'

/** A pipeline of the kind; with it the stage changes to its first one, since the old one is not its. */
export function PipelineEditor({ id, kind, value, onChange, error, names }: EditorProps) {
  const { t } = useTranslation('pipelines')
  const text = textOf(value)
  const known = names.pipelines
    .filter((pipeline) => pipeline.kind === kind)
    .map((pipeline) => ({ value: pipeline.id, label: pipeline.name }))
  return (
    <Select
      id={id}
      data={
        text === '' || known.some((one) => one.value === text)
          ? known
          : [...known, { value: text, label: text }]
      }
      value={text === '' ? null : text}
      onChange={(picked) => {
        const first = picked === null ? null : findPipeline(names.pipelines, kind, picked)?.stages[0]
        onChange(picked, { stage_id: first?.id ?? null })
      }}
      clearable
      clearButtonProps={{ 'aria-label': t('clear') }}
      error={error}
    />
  )
}

/** A stage of the pipeline that the record stands in; of all of the kind where it stands in none. */
export function StageEditor({ id, kind, value, onChange, error, names, values }: EditorProps) {
  const pipelineId = textOf(values.pipeline_id ?? null)
  const stages = names.pipelines
    .filter((pipeline) => pipeline.kind === kind && (pipelineId === '' || pipeline.id === pipelineId))
    .flatMap((pipeline) => pipeline.stages)
  const once = stages.filter((stage, index) => stages.findIndex((other) => other.id === stage.id) === index)
  return (
    <StageSelect
      id={id}
      stages={once}
      value={textOf(value) || null}
      onChange={(picked) => onChange(picked)}
      error={error}
      clearable
    />
  )
}

export function PersonEditor({ id, value, onChange, error, names }: EditorProps) {
  return (
    <PersonSelect
      id={id}
      users={names.users}
      value={textOf(value) || null}
      onChange={(picked) => onChange(picked)}
      error={error}
    />
  )
}
