import {
  Box,
  Button,
  Checkbox,
  Group,
  Input,
  Pill,
  Stack,
  TagsInput,
  Text,
  UnstyledButton,
} from '@mantine/core'
import { IconCheck, IconCircleX, IconTrophy } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCatalogue } from '../../data/catalogue.ts'
import type { Pipeline, Stage } from '../../data/pipelines.ts'
import type { ScopeEntry } from '../../data/webhooks.ts'
import { stageColor } from '../stage/color.ts'
import { StagesById } from './by-id.tsx'
import { addPlace, type PickedScope, readScope, togglePipeline, toggleStage, writeScope } from './scope.ts'
import classes from './stage-picker.module.css'

interface Props {
  label: string
  description?: ReactNode
  error?: ReactNode
  required?: boolean
  disabled?: boolean
  /** Those of the kinds that matter here. */
  pipelines: Pipeline[]
  /** Whether one of the kinds has periods. */
  periodic: boolean
  value: ScopeEntry[]
  onChange: (scope: ScopeEntry[]) => void
  'data-field'?: string
}

/** How many pipelines are shown before somebody asks for the rest. */
const shownMax = 4

/** Stages picked on a miniature of their pipelines; nothing picked means everywhere. */
export function StagePicker({
  label,
  description,
  error,
  required,
  disabled,
  pipelines,
  periodic,
  value,
  onChange,
  ...rest
}: Props) {
  const { t } = useTranslation('form')
  const [all, setAll] = useState(false)
  const picked = readScope(value)
  const change = (next: PickedScope) => onChange(writeScope(next))
  const shown = withUnknown(pipelines, picked)
  const isPicked = ({ id }: Pipeline) => picked.places.some(({ pipeline_id }) => pipeline_id === id)
  const few = shown.filter((pipeline, index) => index < shownMax || isPicked(pipeline))
  const several = new Set(shown.map(({ kind }) => kind)).size > 1

  return (
    <Input.Wrapper
      label={label}
      labelElement="div"
      description={description}
      error={error}
      required={required}
    >
      <Stack gap="xs" mt={8} mb={error ? 6 : 0} role="group" aria-label={label} {...rest}>
        {(all ? shown : few).map((pipeline) => (
          <Miniature
            key={`${pipeline.kind} ${pipeline.id}`}
            pipeline={pipeline}
            several={several}
            picked={picked}
            disabled={disabled}
            onChange={change}
          />
        ))}
        {shown.length === 0 && (
          <Text size="sm" c="dimmed">
            {t('stages.none')}
          </Text>
        )}
        {!all && few.length < shown.length && (
          <Button
            variant="subtle"
            size="compact-sm"
            onClick={() => setAll(true)}
            style={{ alignSelf: 'flex-start' }}
          >
            {t('stages.more', { count: shown.length - few.length })}
          </Button>
        )}
        {picked.other.length > 0 && (
          <Pill.Group>
            {picked.other.map((entry, index) => (
              <Pill
                key={JSON.stringify(entry)}
                withRemoveButton={!disabled}
                onRemove={() => change({ ...picked, other: picked.other.toSpliced(index, 1) })}
              >
                {[entry.pipeline_id, ...(entry.stage_ids ?? []), ...(entry.period_ids ?? [])].join(' · ')}
              </Pill>
            ))}
          </Pill.Group>
        )}
        {!disabled && (
          <StagesById onAdd={(pipelineId, stageIds) => change(addPlace(picked, pipelineId, stageIds))} />
        )}
        {(picked.periods.length > 0 || (periodic && !disabled)) && (
          <Periods
            value={picked.periods}
            disabled={disabled}
            onChange={(periods) => change({ ...picked, periods })}
          />
        )}
      </Stack>
    </Input.Wrapper>
  )
}

interface PeriodsProps {
  value: string[]
  disabled: boolean | undefined
  onChange: (periods: string[]) => void
}

/** Few ask for periods: one click away. */
function Periods({ value, disabled, onChange }: PeriodsProps) {
  const { t } = useTranslation('form')
  const [opened, setOpened] = useState(value.length > 0)
  if (!opened) {
    return (
      <Button
        variant="subtle"
        size="compact-sm"
        style={{ alignSelf: 'flex-start' }}
        onClick={() => setOpened(true)}
      >
        {t('stages.byPeriod')}
      </Button>
    )
  }
  return (
    <TagsInput
      label={t('stages.periods')}
      description={t('stages.periodsAbout')}
      value={value}
      disabled={disabled}
      onChange={onChange}
      maxLength={200}
      maw={460}
    />
  )
}

/** What the scope names and nobody has made yet stands there by its ids. */
function withUnknown(pipelines: Pipeline[], { places }: PickedScope): Pipeline[] {
  const known = new Set(pipelines.map(({ id }) => id))
  const unknown = places.filter(({ pipeline_id }) => !known.has(pipeline_id))
  return [
    ...pipelines,
    ...unknown.map(({ pipeline_id }) => ({
      kind: '',
      id: pipeline_id,
      name: pipeline_id,
      origin: 'discovered' as const,
      stages: [],
    })),
  ]
}

interface MiniatureProps {
  pipeline: Pipeline
  /** Pipelines of several kinds stand there: each says its own. */
  several: boolean
  picked: PickedScope
  disabled: boolean | undefined
  onChange: (picked: PickedScope) => void
}

function Miniature({ pipeline, several, picked, disabled, onChange }: MiniatureProps) {
  const { t } = useTranslation('form')
  const { kinds } = useCatalogue()
  const place = picked.places.find(({ pipeline_id }) => pipeline_id === pipeline.id)
  const whole = place?.stage_ids === null
  const known = new Set(pipeline.stages.map(({ id }) => id))
  const missing = (place?.stage_ids ?? []).filter((id) => !known.has(id))
  const stages: Stage[] = [
    ...pipeline.stages,
    ...missing.map((id) => ({
      id,
      name: id,
      type: 'open' as const,
      color: null,
      origin: 'discovered' as const,
    })),
  ]
  return (
    <Box
      className={classes.pipeline}
      data-picked={place !== undefined || undefined}
      role="group"
      aria-label={pipeline.name}
    >
      <Group justify="space-between" gap="xs" mb={6}>
        <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
          {pipeline.name || pipeline.id}
          {several && (
            <Text span size="xs" c="dimmed" fw={400}>
              {' · '}
              {kinds.find(({ name }) => name === pipeline.kind)?.plural}
            </Text>
          )}
        </Text>
        <Checkbox
          size="xs"
          label={t('stages.whole')}
          aria-label={t('stages.wholeOf', { pipeline: pipeline.name || pipeline.id })}
          checked={whole}
          disabled={disabled}
          onChange={() => onChange(togglePipeline(picked, pipeline.id))}
        />
      </Group>
      <div className={classes.stages}>
        {stages.map((stage) => {
          const on = whole || (place?.stage_ids?.includes(stage.id) ?? false)
          return (
            <UnstyledButton
              key={stage.id}
              className={classes.stage}
              aria-pressed={on}
              data-on={on || undefined}
              data-whole={whole || undefined}
              disabled={disabled}
              onClick={() => onChange(toggleStage(picked, pipeline.id, stage.id))}
            >
              <span className={classes.bar} style={{ background: stageColor(stage.color, stage.type) }} />
              <Group gap={4} wrap="nowrap" align="flex-start" justify="space-between">
                <span className={classes.name}>{stage.name || stage.id}</span>
                {on ? <IconCheck size={14} className={classes.sign} /> : <StageSign type={stage.type} />}
              </Group>
            </UnstyledButton>
          )
        })}
      </div>
    </Box>
  )
}

function StageSign({ type }: { type: Stage['type'] }) {
  const { t } = useTranslation('form')
  if (type === 'won')
    return <IconTrophy size={14} className={classes.sign} aria-label={t('stages.won')} role="img" />
  if (type === 'lost')
    return <IconCircleX size={14} className={classes.sign} aria-label={t('stages.lost')} role="img" />
  return null
}
