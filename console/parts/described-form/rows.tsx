import {
  closestCenter,
  DndContext,
  type DragEndEvent,
  type Modifier,
  PointerSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core'
import { SortableContext, useSortable, verticalListSortingStrategy } from '@dnd-kit/sortable'
import { CSS } from '@dnd-kit/utilities'
import { ActionIcon, Box, Group, Menu, Stack } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconGripVertical, IconTrash } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { focusAfterRemoval } from '../row-focus.ts'
import classes from './described-form.module.css'

interface Props<Row> {
  /** What the rows are: "Parameters". */
  label: string
  rows: Row[]
  onChange: (rows: Row[]) => void
  /** The inputs of one row; their places are `${index}`'s. */
  children: (row: Row, set: (row: Row) => void, index: number) => ReactNode
  disabled?: boolean
}

/** Rows that are edited, taken out, and brought into another order by dragging or by the menu on the handle. */
export function Rows<Row extends object>({ label, rows, onChange, children, disabled = false }: Props<Row>) {
  const { t } = useTranslation('form')
  const [keys, setKeys] = useKeys(rows.length)
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 5 } }))
  const move = (from: number, to: number) => {
    if (to < 0 || to >= rows.length || from === to) return
    onChange(moved(rows, from, to))
    setKeys(moved(keys, from, to))
  }
  const onDragEnd = ({ active, over }: DragEndEvent) => {
    if (over) move(keys.indexOf(Number(active.id)), keys.indexOf(Number(over.id)))
  }
  if (rows.length === 0) return null
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCenter}
      modifiers={[upAndDown]}
      onDragEnd={onDragEnd}
      accessibility={silent}
    >
      <SortableContext items={keys} strategy={verticalListSortingStrategy}>
        <Stack gap={8} component="ul" className={classes.rows} aria-label={label}>
          {rows.map((row, index) => (
            <Sorted key={keys[index]} id={keys[index]!}>
              {(handle) => (
                <>
                  {!disabled && rows.length > 1 && (
                    <Menu position="bottom-start" trigger="click">
                      <Menu.Target>
                        <ActionIcon
                          variant="subtle"
                          color="gray"
                          className={classes.handle}
                          aria-label={t('rows.move', { label, row: index + 1 })}
                          {...handle}
                        >
                          <IconGripVertical size={16} />
                        </ActionIcon>
                      </Menu.Target>
                      <Menu.Dropdown>
                        <Menu.Item
                          leftSection={<IconArrowUp size={14} />}
                          disabled={index === 0}
                          onClick={() => move(index, index - 1)}
                        >
                          {t('rows.up')}
                        </Menu.Item>
                        <Menu.Item
                          leftSection={<IconArrowDown size={14} />}
                          disabled={index === rows.length - 1}
                          onClick={() => move(index, index + 1)}
                        >
                          {t('rows.down')}
                        </Menu.Item>
                      </Menu.Dropdown>
                    </Menu>
                  )}
                  <Box className={classes.cells}>
                    {children(row, (changed) => onChange(rows.with(index, changed)), index)}
                  </Box>
                  {!disabled && (
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      mt={5}
                      aria-label={t('rows.remove', { label, row: index + 1 })}
                      data-remove
                      onClick={(click) => {
                        focusAfterRemoval(click.currentTarget)
                        onChange(rows.toSpliced(index, 1))
                        setKeys(keys.toSpliced(index, 1))
                      }}
                    >
                      <IconTrash size={16} />
                    </ActionIcon>
                  )}
                </>
              )}
            </Sorted>
          ))}
        </Stack>
      </SortableContext>
    </DndContext>
  )
}

type Handle = ReturnType<typeof useSortable>['listeners'] & { ref: (node: HTMLElement | null) => void }

function Sorted({ id, children }: { id: number; children: (handle: Handle) => ReactNode }) {
  const { listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } = useSortable({
    id,
  })
  return (
    <Group
      component="li"
      ref={setNodeRef}
      gap={4}
      wrap="nowrap"
      align="flex-start"
      className={classes.row}
      data-dragging={isDragging || undefined}
      style={{ transform: CSS.Translate.toString(transform), transition }}
    >
      {children({ ...listeners, ref: setActivatorNodeRef })}
    </Group>
  )
}

/** Rows have no ids of their own: each gets one while it is edited, which goes where it goes. */
function useKeys(count: number): [number[], (keys: number[]) => void] {
  const [keys, setKeys] = useState<number[]>([])
  if (keys.length === count) return [keys, setKeys]
  const next = Math.max(-1, ...keys) + 1
  const fitting = Array.from({ length: count }, (_, index) => keys[index] ?? next + index)
  setKeys(fitting)
  return [fitting, setKeys]
}

function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const item = list[from] as T
  return list.toSpliced(from, 1).toSpliced(to, 0, item)
}

const upAndDown: Modifier = ({ transform }) => ({ ...transform, x: 0 })

/** Dragging is for those who see it; the menu on the handle says and does the same for everybody. */
const nothing = () => undefined
const silent = {
  announcements: { onDragStart: nothing, onDragOver: nothing, onDragEnd: nothing, onDragCancel: nothing },
  screenReaderInstructions: { draggable: '' },
}
