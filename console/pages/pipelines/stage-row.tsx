import { useSortable } from '@dnd-kit/sortable'
import { CSS } from '@dnd-kit/utilities'
import { ActionIcon, Group, Select, Text, TextInput } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconGripVertical, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { StageType } from '../../data/pipelines.ts'
import { focusAfterRemoval } from '../../parts/row-focus.ts'
import classes from './editor.module.css'
import type { DraftMistake, StageDraft } from './pipeline-draft.ts'
import { StageColorPicker } from './stage-color-picker.tsx'

interface Props {
  stage: StageDraft
  mistake: DraftMistake | undefined
  isFirst: boolean
  isLast: boolean
  onRename: (name: string) => void
  onChange: (change: Partial<StageDraft>) => void
  onShift: (by: 1 | -1) => void
  onRemove: () => void
}

/** One stage of the pipeline that is being edited. */
export function StageRow({ stage, mistake, isFirst, isLast, onRename, onChange, onShift, onRemove }: Props) {
  const { t } = useTranslation('pipelines')
  const { setNodeRef, setActivatorNodeRef, attributes, listeners, transform, transition, isDragging } =
    useSortable({ id: stage.key, attributes: { roleDescription: t('drag.role') } })
  const name = stage.name || t('editor.newStage')
  return (
    <li
      ref={setNodeRef}
      className={classes.stage}
      data-dragging={isDragging || undefined}
      style={{ transform: CSS.Translate.toString(transform), transition }}
    >
      <ActionIcon
        ref={setActivatorNodeRef}
        {...attributes}
        {...listeners}
        variant="subtle"
        color="gray"
        size={36}
        className={classes.grip}
        aria-label={t('drag.handle', { name })}
      >
        <IconGripVertical size={18} stroke={1.7} />
      </ActionIcon>
      <StageColorPicker stage={stage} onChange={(color) => onChange({ color })} />
      <TextInput
        aria-label={t('editor.stageName')}
        placeholder={t('editor.stageName')}
        value={stage.name}
        maxLength={200}
        onChange={({ currentTarget }) => onRename(currentTarget.value)}
        error={mistake === 'name' ? t('editor.nameNeeded') : undefined}
        // One that was added just now is named first.
        autoFocus={stage.fresh && stage.name === ''}
        className={classes.name}
      />
      <Select
        aria-label={t('editor.typeOf', { stage: name })}
        data={(['open', 'won', 'lost'] as const).map((type) => ({
          value: type,
          label: t(`stageType.${type}`),
        }))}
        value={stage.type}
        allowDeselect={false}
        onChange={(type) => onChange({ type: (type ?? 'open') as StageType })}
        className={classes.type}
      />
      <div className={classes.id}>
        {stage.fresh ? (
          <TextInput
            aria-label={t('editor.idOf', { stage: name })}
            placeholder={t('editor.id')}
            value={stage.id}
            maxLength={200}
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
            onChange={({ currentTarget }) => onChange({ id: currentTarget.value, idTyped: true })}
            error={
              mistake === 'twice' ? t('editor.idTwice') : mistake === 'id' ? t('editor.idNeeded') : undefined
            }
          />
        ) : (
          <Text size="xs" c="dimmed" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
            {stage.id}
          </Text>
        )}
      </div>
      <Group gap={2} wrap="nowrap" className={classes.tools}>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('editor.up', { stage: name })}
          // Once it is at the end the keyboard stays here.
          aria-disabled={isFirst}
          data-disabled={isFirst || undefined}
          className={classes.arrow}
          onClick={() => isFirst || onShift(-1)}
        >
          <IconArrowUp size={16} stroke={1.8} />
        </ActionIcon>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('editor.down', { stage: name })}
          aria-disabled={isLast}
          data-disabled={isLast || undefined}
          className={classes.arrow}
          onClick={() => isLast || onShift(1)}
        >
          <IconArrowDown size={16} stroke={1.8} />
        </ActionIcon>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('editor.remove', { stage: name })}
          data-remove
          onClick={(click) => {
            focusAfterRemoval(click.currentTarget)
            onRemove()
          }}
        >
          <IconTrash size={16} stroke={1.8} />
        </ActionIcon>
      </Group>
    </li>
  )
}
