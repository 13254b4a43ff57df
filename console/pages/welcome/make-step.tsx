import { Badge, Box, Button, Group, Loader, Stack, Text } from '@mantine/core'
import { IconCheck, IconCircleDashed, IconX } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCatalogue } from '../../data/catalogue.ts'
import { allPipelines } from '../../data/pipelines.ts'
import { ProblemAlert } from '../../parts/problem/alert.tsx'
import { StageBadge } from '../../parts/stage/badge.tsx'
import { inputOf } from '../pipelines/pipeline-draft.ts'
import { useNewPipeline } from '../pipelines/use-new-pipeline.ts'
import { addsMoves, guideKind, wayOf } from './plan.ts'
import { Step } from './step.tsx'
import { type Part, useMake } from './use-make.ts'
import classes from './welcome.module.css'

interface Props {
  presetName: string
  onMade: (webhookId: string) => void
}

/** Says what will be made, makes it piece by piece, and goes on where a piece failed. */
export function MakeStep({ presetName, onMade }: Props) {
  const { t } = useTranslation('welcome')
  const { presets, events } = useCatalogue()
  const { data: pipelines } = useSuspenseQuery(allPipelines)
  const newPipeline = useNewPipeline()
  const preset = presets.find(({ name }) => name === presetName)
  // What is planned stays as it was when it was read, while the making changes what there is.
  const [{ starter, way }] = useState(() => {
    const starter = inputOf(newPipeline(guideKind))
    return { starter, way: wayOf(pipelines, starter) }
  })
  const make = useMake({ preset, starter, way, onMade })
  if (!preset) return null
  const moveTitle = events.find(({ type }) => type === `${guideKind}.stage_changed`)?.title ?? ''
  const lines: { part: Part; text: ReactNode }[] = [
    ...(way.exists
      ? []
      : [
          {
            part: 'pipeline' as const,
            text: (
              <>
                {t('make.pipeline', { name: way.pipeline.name })}
                <Group gap={6} mt={4}>
                  {(starter.stages ?? []).map(({ id, name = id, type = 'open', color = null }) => (
                    <Badge key={id} variant="default" tt="none" fw={500} style={{ height: 'auto' }} py={2}>
                      <StageBadge stage={{ name, type, color }} fz="xs" />
                    </Badge>
                  ))}
                </Group>
              </>
            ),
          },
        ]),
    {
      part: 'lead',
      text: t('make.lead', { name: t('lead.name'), stage: way.from.name, pipeline: way.pipeline.name }),
    },
    { part: 'inspector', text: t('make.inspector') },
    {
      part: 'webhook',
      text: (
        <>
          {t('make.webhook', { name: preset.title })}
          {addsMoves(preset) && (
            <Text size="xs" c="dimmed">
              {t('make.addsMoves', { event: moveTitle })}
            </Text>
          )}
        </>
      ),
    },
  ]
  return (
    <Step number={2} title={t('make.title')} state="now" isAsked about={t('make.about')}>
      <Stack gap="md">
        <Stack component="ul" gap="xs" className={classes['list'] ?? ''}>
          {lines.map(({ part, text }) => (
            <Group key={part} component="li" gap={10} wrap="nowrap" align="flex-start">
              <Box style={{ flexShrink: 0, display: 'flex' }} mt={2}>
                <PartSign state={make.stateOf(part)} />
              </Box>
              <Text size="sm" component="div" style={{ minWidth: 0 }}>
                {text}
              </Text>
            </Group>
          ))}
        </Stack>
        {make.problem && <ProblemAlert problem={make.problem} retry={make.run} />}
        {!make.problem && (
          <Group gap="xs">
            <Button loading={make.running} onClick={make.run}>
              {t('make.do')}
            </Button>
          </Group>
        )}
        <Text size="sm" c="dimmed">
          {t('make.later')}
        </Text>
      </Stack>
    </Step>
  )
}

function PartSign({ state }: { state: 'todo' | 'doing' | 'done' | 'failed' }) {
  const { t } = useTranslation('welcome')
  const label = t(`make.state.${state}`)
  if (state === 'doing') return <Loader size={16} aria-label={label} />
  const Icon = { todo: IconCircleDashed, done: IconCheck, failed: IconX }[state]
  const color = { todo: 'dimmed', done: 'green', failed: 'red' }[state]
  return (
    <Icon
      size={18}
      role="img"
      aria-label={label}
      color={state === 'todo' ? 'var(--mantine-color-dimmed)' : `var(--mantine-color-${color}-text)`}
    />
  )
}
