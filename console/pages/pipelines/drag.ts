/** How cards are dragged: by which means, onto what, and what is said of it. */
import {
  type Active,
  type Announcements,
  closestCenter,
  type CollisionDetection,
  type KeyboardCoordinateGetter,
  KeyboardSensor,
  MouseSensor,
  type Over,
  pointerWithin,
  TouchSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core'
import { useTranslation } from 'react-i18next'
import type { Stage } from '../../data/pipelines.ts'
import { type CrmRecord, recordName } from '../../data/records.ts'

export interface Dragged {
  record: CrmRecord
  stage: Stage
}

export const draggedOf = (active: Active) => active.data.current as Dragged
export const stageOver = (over: Over | null) => (over?.data.current as { stage: Stage } | undefined)?.stage

/** A pointer means the column under it; the keyboard has none, and means the nearest. */
export const columnUnder: CollisionDetection = (args) =>
  args.pointerCoordinates ? pointerWithin(args) : closestCenter(args)

export function useCardSensors(stages: Stage[]) {
  return useSensors(
    // A click stays a click.
    useSensor(MouseSensor, { activationConstraint: { distance: 6 } }),
    // A swipe scrolls.
    useSensor(TouchSensor, { activationConstraint: { delay: 220, tolerance: 8 } }),
    useSensor(KeyboardSensor, { coordinateGetter: nextColumn(stages) }),
  )
}

const edge = 12

function nextColumn(stages: Stage[]): KeyboardCoordinateGetter {
  return (event, { currentCoordinates, context: { active, over, droppableRects } }) => {
    const step = event.code === 'ArrowRight' ? 1 : event.code === 'ArrowLeft' ? -1 : 0
    if (!active || step === 0) return
    event.preventDefault()
    const at = stages.findIndex(({ id }) => id === (over?.id ?? draggedOf(active).stage.id))
    const target = stages[at + step]
    const rect = target && droppableRects.get(target.id)
    return rect ? { x: rect.left + edge, y: currentCoordinates.y } : undefined
  }
}

/** What a screen reader says, in the reader's language. */
export function useDragWords(): {
  announcements: Announcements
  screenReaderInstructions: { draggable: string }
} {
  const { t } = useTranslation('pipelines')
  const name = (active: Active) => recordName(draggedOf(active).record)
  return {
    screenReaderInstructions: { draggable: t('drag.help') },
    announcements: {
      onDragStart: ({ active }) =>
        t('drag.start', { name: name(active), stage: draggedOf(active).stage.name }),
      onDragOver: ({ active, over }) => {
        const stage = stageOver(over)
        return stage ? t('drag.over', { name: name(active), stage: stage.name }) : t('drag.nowhere')
      },
      onDragEnd: ({ active, over }) => {
        const stage = stageOver(over)
        return stage ? t('drag.end', { name: name(active), stage: stage.name }) : t('drag.cancel')
      },
      onDragCancel: () => t('drag.cancel'),
    },
  }
}
