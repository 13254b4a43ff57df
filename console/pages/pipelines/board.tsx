import { DndContext, DragOverlay } from '@dnd-kit/core'
import { useQuery } from '@tanstack/react-query'
import { useCallback, useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Pipeline, type Stage, type StageCount, stageCounts } from '../../data/pipelines.ts'
import { type CrmRecord, recordName, useMoveRecord } from '../../data/records.ts'
import { useMay } from '../../data/session.ts'
import type { CrmUser } from '../../data/users.ts'
import type { Webhook } from '../../data/webhooks.ts'
import type { BoardFilter } from './board-filter.ts'
import classes from './board.module.css'
import { CardFace } from './card-face.tsx'
import { Column } from './column.tsx'
import { columnUnder, draggedOf, stageOver, useCardSensors, useDragWords } from './drag.ts'
import { type Move, Outcomes } from './outcomes.tsx'
import type { Triggers } from './triggers.ts'

interface Props {
  pipeline: Pipeline
  filter: BoardFilter
  users: CrmUser[]
  triggers: Triggers<Webhook>
}

const outcomesMax = 3

/** The stages beside each other; records are dragged between them. */
export function Board({ pipeline, filter, users, triggers }: Props) {
  const { t } = useTranslation('pipelines')
  const { kind, id } = pipeline
  const may = useMay()
  const { data: counts } = useQuery(stageCounts(kind, id))
  const stages = withUnknown(pipeline.stages, counts ?? [])
  const [lifted, setLifted] = useState<CrmRecord | null>(null)
  const [moves, setMoves] = useState<Move[]>([])
  const { mutateAsync } = useMoveRecord()
  const moved = useRef<string | null>(null)
  const box = useRef<HTMLDivElement>(null)
  useHeightLeft(box)

  const onMove = useCallback(
    async (record: CrmRecord, to: Stage) => {
      moved.current = record.id
      try {
        const fields = { pipeline_id: id, stage_id: to.id }
        const { events } = await mutateAsync({ kind, id: record.id, fields })
        const move = { record, to, events, at: Date.now() }
        setMoves((old) => [...old.filter((other) => other.record.id !== record.id), move].slice(-outcomesMax))
      } catch {
        // Told already: the card is back where it was, and a notification says why.
      }
    },
    [kind, id, mutateAsync],
  )
  const justMoved = useCallback((recordId: string) => {
    if (moved.current !== recordId) return false
    moved.current = null
    return true
  }, [])
  const forget = useCallback((move: Move) => setMoves((old) => old.filter((other) => other !== move)), [])

  return (
    <>
      <DndContext
        sensors={useCardSensors(stages)}
        collisionDetection={columnUnder}
        accessibility={useDragWords()}
        autoScroll={{ threshold: { x: 0.15, y: 0.15 }, acceleration: 6 }}
        onDragStart={({ active }) => setLifted(draggedOf(active).record)}
        onDragCancel={() => setLifted(null)}
        onDragEnd={({ active, over }) => {
          setLifted(null)
          const { record, stage } = draggedOf(active)
          const to = stageOver(over)
          if (to && to.id !== stage.id) void onMove(record, to)
        }}
      >
        <div
          ref={box}
          className={classes.board}
          data-dragging={lifted ? true : undefined}
          role="group"
          aria-label={t('board', { pipeline: pipeline.name })}
        >
          {stages.map((stage) => (
            <Column
              key={`${id} ${stage.id}`}
              pipeline={pipeline}
              stage={stage}
              stages={stages}
              filter={filter}
              count={counts?.find(({ stage_id }) => stage_id === stage.id)?.records}
              triggers={triggers.byStage.get(stage.id) ?? []}
              users={users}
              mayMove={may.manage}
              onMove={onMove}
              justMoved={justMoved}
            />
          ))}
        </div>
        <DragOverlay dropAnimation={null}>
          {lifted && (
            <div className={classes.card} data-lifted aria-label={recordName(lifted)}>
              <CardFace record={lifted} users={users} />
            </div>
          )}
        </DragOverlay>
      </DndContext>
      <Outcomes
        moves={moves}
        onForget={forget}
        onUndo={(move) => {
          forget(move)
          const back = stages.find(({ id }) => id === move.record.fields.stage_id)
          if (back)
            void onMove({ ...move.record, fields: { ...move.record.fields, stage_id: move.to.id } }, back)
        }}
      />
    </>
  )
}

/** Records may stand on stages that the pipeline has no longer, or never had: they get a column, too. */
function withUnknown(stages: Stage[], counts: StageCount[]): Stage[] {
  const unknown = counts.flatMap(({ stage_id, records }) =>
    stage_id === null || records === 0 || stages.some(({ id }) => id === stage_id) ? [] : [stage_id],
  )
  return [
    ...stages,
    ...unknown.map((id): Stage => ({ id, name: id, type: 'open', color: null, origin: 'discovered' })),
  ]
}

/** The board takes what the window leaves below what stands above it. */
function useHeightLeft(box: React.RefObject<HTMLDivElement | null>): void {
  useLayoutEffect(() => {
    const element = box.current
    if (!element?.parentElement) return
    const measure = () => {
      const top = element.getBoundingClientRect().top + window.scrollY
      element.style.setProperty('--board-top', `${Math.round(top)}px`)
    }
    const observer = new ResizeObserver(measure)
    observer.observe(element.parentElement)
    measure()
    return () => observer.disconnect()
  }, [box])
}
