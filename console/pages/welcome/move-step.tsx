import { Box, Button, Card, Stack, Text } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { InspectorRequest } from '../../data/inspectors.ts'
import { recordName, useChangeRecord } from '../../data/records.ts'
import { ProblemAlert } from '../../parts/problem/alert.tsx'
import { formatPrice, recordPrice } from '../../parts/record/price.ts'
import { StageBadge } from '../../parts/stage/badge.tsx'
import { type Guide, guideKind, guideRecordId, type Way } from './plan.ts'
import { Step } from './step.tsx'
import classes from './welcome.module.css'

/** A move that was made here. */
export interface Move {
  /** By this page's own clock, in ms. */
  clickedAt: number
  /** The event that came of it; null where none did. */
  eventId: string | null
  /** The newest request that was there before. */
  lastRequestId: string | null
}

interface Props {
  guide: Guide
  isDone: boolean
  isAsked: boolean
  requests: InspectorRequest[]
  onMove: (move: Move) => void
}

/** A board of two stages with the one lead on it. */
export function MoveStep({ guide: { webhook, record, way }, isDone, isAsked, requests, onMove }: Props) {
  const { t } = useTranslation('welcome')
  const change = useChangeRecord()
  const [over, setOver] = useState<string | null>(null)
  const standsAt = record.fields['stage_id'] === way.to.id ? way.to : way.from
  const target = standsAt === way.to ? way.from : way.to
  const move = () => {
    if (change.isPending) return
    const clickedAt = performance.now()
    const lastRequestId = requests[0]?.id ?? null
    change.mutate(
      {
        kind: guideKind,
        id: guideRecordId,
        fields: { pipeline_id: way.pipeline.id, stage_id: target.id },
      },
      {
        onSuccess({ events }) {
          const event = events.find(({ type }) => type.endsWith('.stage_changed'))
          onMove({ clickedAt, eventId: event?.id ?? null, lastRequestId })
        },
      },
    )
  }
  const column = (stage: Way['to']) => (
    <Box
      key={stage.id}
      className={classes['column']}
      data-over={over === stage.id || undefined}
      role="group"
      aria-label={stage.name}
      onDragOver={(event) => {
        if (stage !== target) return
        event.preventDefault()
        setOver(stage.id)
      }}
      onDragLeave={() => setOver(null)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(null)
        if (stage === target) move()
      }}
    >
      <Box mb="xs">
        <StageBadge stage={stage} fw={600} />
      </Box>
      {standsAt === stage && (
        <Lead guide={{ record, way }} target={target} moving={change.isPending} onMove={move} />
      )}
    </Box>
  )
  return (
    <Step
      number={3}
      title={t('move.title')}
      state={isDone ? 'done' : 'now'}
      isAsked={isAsked}
      about={webhook.scope.length > 0 ? t('move.about', { stage: way.to.name }) : t('move.aboutAny')}
    >
      <Stack gap="sm">
        <div className={classes['board']}>{[way.from, way.to].map(column)}</div>
        {change.error && <ProblemAlert problem={change.error} retry={move} />}
      </Stack>
    </Step>
  )
}

interface LeadProps {
  guide: Pick<Guide, 'record' | 'way'>
  target: Way['to']
  moving: boolean
  onMove: () => void
}

function Lead({ guide: { record, way }, target, moving, onMove }: LeadProps) {
  const { t, i18n } = useTranslation('welcome')
  const price = recordPrice(record.fields)
  return (
    <Card
      withBorder
      padding="sm"
      draggable
      className={classes['card'] ?? ''}
      onDragStart={(event) => event.dataTransfer.setData('text/plain', record.id)}
    >
      <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
        {recordName(record)}
      </Text>
      {price && (
        <Text size="sm" c="dimmed">
          {formatPrice(price, i18n.language)}
        </Text>
      )}
      <Button
        // Back is possible, but not what this is about.
        variant={target === way.to ? 'filled' : 'default'}
        size="xs"
        mt="sm"
        h="auto"
        py={6}
        loading={moving}
        rightSection={<IconArrowRight size={14} aria-hidden />}
        styles={{ label: { whiteSpace: 'normal' } }}
        onClick={onMove}
      >
        {t('move.do', { stage: target.name })}
      </Button>
    </Card>
  )
}
