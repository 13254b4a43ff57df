import { useDroppable } from '@dnd-kit/core'
import { Badge, Button, Group, Skeleton, Text, VisuallyHidden } from '@mantine/core'
import { useIntersection } from '@mantine/hooks'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemAlert } from '../../parts/problem/alert.tsx'
import { formatPrice, sumPrices } from '../../parts/record/price.ts'
import { StageSign } from '../../parts/stage/badge.tsx'
import { stageColor } from '../../parts/stage/color.ts'
import type { Pipeline, Stage } from '../../data/pipelines.ts'
import { type CrmRecord, recordList } from '../../data/records.ts'
import type { CrmUser } from '../../data/users.ts'
import type { Webhook } from '../../data/webhooks.ts'
import { BoardCard } from './board-card.tsx'
import type { BoardFilter } from './board-filter.ts'
import classes from './board.module.css'
import { AddTrigger, TriggerCard } from './trigger-card.tsx'

const pageSize = 25

interface Props {
  pipeline: Pipeline
  stage: Stage
  stages: Stage[]
  filter: BoardFilter
  /** Of all active records on the stage, whatever the filter. */
  count: number | undefined
  triggers: Webhook[]
  users: CrmUser[]
  mayMove: boolean
  onMove: (record: CrmRecord, stage: Stage) => void
  justMoved: (id: string) => boolean
}

/** A stage: how much stands on it, what fires there, and its records. */
export function Column({
  pipeline,
  stage,
  stages,
  filter,
  count,
  triggers,
  users,
  mayMove,
  onMove,
  justMoved,
}: Props) {
  const { t } = useTranslation('pipelines')
  const { kind, id: pipelineId } = pipeline
  const { setNodeRef, isOver } = useDroppable({ id: stage.id, data: { stage } })
  const list = useInfiniteQuery({
    ...recordList(
      kind,
      { pipeline_id: pipelineId, stage_id: stage.id, state: 'active', order: 'updated', ...filter },
      pageSize,
    ),
    placeholderData: keepPreviousData,
  })
  const records = list.data?.pages.flatMap(({ items }) => items) ?? []
  const filtered = Object.values(filter).some((value) => value !== undefined)
  const headId = `stage-${stage.id}`

  return (
    <section
      ref={setNodeRef}
      className={classes.column}
      data-over={isOver || undefined}
      aria-labelledby={headId}
      style={{ '--stage-color': stageColor(stage.color, stage.type) } as React.CSSProperties}
    >
      <ColumnHead
        id={headId}
        stage={stage}
        records={records}
        count={filtered ? (list.data ? records.length : undefined) : count}
        complete={list.isSuccess && !list.hasNextPage}
        open={filtered && list.hasNextPage}
      />
      <div className={classes.triggers}>
        <Triggers triggers={triggers} />
        {mayMove && <AddTrigger kind={kind} pipelineId={pipelineId} stage={stage} />}
      </div>
      <ul className={classes.cards} aria-busy={list.isPending}>
        {records.map((record) => (
          <BoardCard
            key={record.id}
            record={record}
            stage={stage}
            stages={stages}
            users={users}
            mayMove={mayMove}
            onMove={onMove}
            justMoved={justMoved}
          />
        ))}
        {list.isPending && [0, 1].map((row) => <Skeleton key={row} component="li" h={72} radius="sm" />)}
        {list.isError && (
          <li>
            <ProblemAlert problem={list.error} retry={() => void list.refetch()} />
          </li>
        )}
        {list.isSuccess && records.length === 0 && (
          <Text component="li" size="xs" c="dimmed" ta="center" py="sm">
            {filtered ? t('column.nothingFits') : t('column.empty')}
          </Text>
        )}
        {list.hasNextPage && (
          <li>
            <More
              loading={list.isFetchingNextPage}
              failed={list.isFetchNextPageError}
              load={() => void list.fetchNextPage()}
            />
          </li>
        )}
      </ul>
    </section>
  )
}

/** So many are shown at first: the cards below should be in sight. */
const triggersMax = 2

function Triggers({ triggers }: { triggers: Webhook[] }) {
  const { t } = useTranslation('pipelines')
  const [all, setAll] = useState(false)
  const hidden = all ? 0 : Math.max(0, triggers.length - triggersMax)
  return (
    <>
      {triggers.slice(0, triggers.length - hidden).map((webhook) => (
        <TriggerCard key={webhook.id} webhook={webhook} />
      ))}
      {(hidden > 0 || all) && (
        <Button
          variant="subtle"
          color="gray"
          size="compact-xs"
          aria-expanded={all}
          onClick={() => setAll(!all)}
        >
          {all ? t('trigger.fewer') : t('trigger.more', { count: hidden })}
        </Button>
      )}
    </>
  )
}

interface HeadProps {
  id: string
  stage: Stage
  records: CrmRecord[]
  count: number | undefined
  /** Everything is loaded: the sum is that of the stage. */
  complete: boolean
  /** There are more than were counted. */
  open: boolean
}

function ColumnHead({ id, stage, records, count, complete, open }: HeadProps) {
  const { t, i18n } = useTranslation('pipelines')
  const sum = sumPrices(records)
    .map((price) => formatPrice(price, i18n.language))
    .join(' + ')
  return (
    <header className={classes.head}>
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap="xs">
        <Group gap={6} wrap="nowrap" align="baseline" style={{ minWidth: 0 }}>
          <Text component="h2" id={id} fw={650} fz="sm" style={{ overflowWrap: 'anywhere' }}>
            {stage.name}
          </Text>
          <StageSign type={stage.type} />
        </Group>
        {count !== undefined && (
          <Badge variant="default" circle={count < 10 && !open} style={{ flexShrink: 0 }}>
            <span aria-hidden>{open ? `${count}+` : count}</span>
            <VisuallyHidden>{t('column.records', { count })}</VisuallyHidden>
          </Badge>
        )}
      </Group>
      {sum !== '' && (
        <Text size="xs" c="dimmed" mt={2}>
          {complete ? sum : t('column.sumOf', { sum, count: records.length })}
        </Text>
      )}
      {stage.origin === 'discovered' && (
        <Text size="xs" c="dimmed" mt={2}>
          {t('column.discovered')}
        </Text>
      )}
    </header>
  )
}

/** Loads the next page when it comes into sight; a button for when that failed. */
function More({ loading, failed, load }: { loading: boolean; failed: boolean; load: () => void }) {
  const { t } = useTranslation()
  const { ref, entry } = useIntersection({ rootMargin: '300px' })
  const wanted = entry?.isIntersecting === true && !loading && !failed
  const next = useEffectEvent(load)
  useEffect(() => {
    if (wanted) next()
  }, [wanted])
  return (
    <Button ref={ref} variant="subtle" color="gray" size="xs" fullWidth loading={loading} onClick={load}>
      {t('loadMore')}
    </Button>
  )
}
