import {
  closestCenter,
  DndContext,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core'
import {
  arrayMove,
  SortableContext,
  sortableKeyboardCoordinates,
  verticalListSortingStrategy,
} from '@dnd-kit/sortable'
import { useTranslation } from 'react-i18next'
import classes from './editor.module.css'
import { type DraftMistake, renamed, type StageDraft } from './pipeline-draft.ts'
import { StageRow } from './stage-row.tsx'

interface Props {
  stages: StageDraft[]
  mistakes: Map<string, DraftMistake>
  onChange: (stages: StageDraft[]) => void
}

/** The stages in their order: dragged, or moved by the arrows. */
export function StageList({ stages, mistakes, onChange }: Props) {
  const { t } = useTranslation('pipelines')
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  )
  const indexOf = (key: unknown) => stages.findIndex((stage) => stage.key === key)
  const name = (key: unknown) => stages.find((stage) => stage.key === key)?.name || t('editor.newStage')
  const place = (over: { id: unknown } | null) =>
    t('drag.place', { place: over ? indexOf(over.id) + 1 : 0, count: stages.length })

  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCenter}
      accessibility={{
        screenReaderInstructions: { draggable: t('drag.sortHelp') },
        announcements: {
          onDragStart: ({ active }) => t('drag.lifted', { name: name(active.id) }),
          onDragOver: ({ over }) => place(over),
          onDragEnd: ({ active, over }) => `${name(active.id)}: ${place(over)}`,
          onDragCancel: () => t('drag.cancel'),
        },
      }}
      onDragEnd={({ active, over }) => {
        if (over && over.id !== active.id) onChange(arrayMove(stages, indexOf(active.id), indexOf(over.id)))
      }}
    >
      <SortableContext items={stages.map(({ key }) => key)} strategy={verticalListSortingStrategy}>
        <ol className={classes.stages}>
          {stages.map((stage, index) => (
            <StageRow
              key={stage.key}
              stage={stage}
              mistake={mistakes.get(stage.key)}
              isFirst={index === 0}
              isLast={index === stages.length - 1}
              onRename={(to) => onChange(renamed(stages, stage.key, to))}
              onChange={(change) =>
                onChange(stages.map((one) => (one.key === stage.key ? { ...one, ...change } : one)))
              }
              onShift={(by) => onChange(arrayMove(stages, index, index + by))}
              onRemove={() => onChange(stages.filter(({ key }) => key !== stage.key))}
            />
          ))}
        </ol>
      </SortableContext>
    </DndContext>
  )
}
