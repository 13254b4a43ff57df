import { ActionIcon, Anchor, Menu } from '@mantine/core'
import { useMergedRef } from '@mantine/hooks'
import { useDraggable } from '@dnd-kit/core'
import { IconDots, IconGripVertical } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'react-router'
import type { Stage } from '../../data/pipelines.ts'
import { type CrmRecord, recordName } from '../../data/records.ts'
import type { CrmUser } from '../../data/users.ts'
import { StageBadge } from '../../parts/stage/badge.tsx'
import classes from './board.module.css'
import { CardFace } from './card-face.tsx'

interface Props {
  record: CrmRecord
  stage: Stage
  stages: Stage[]
  users: CrmUser[]
  mayMove: boolean
  onMove: (record: CrmRecord, stage: Stage) => void
  /** Says once that this record was moved by hand: in its new column its handle has the focus again. */
  justMoved: (id: string) => boolean
}

/**
 * A record in its column. The mouse and the finger take it anywhere, the keyboard by its handle; the menu moves it without
 * dragging.
 */
export function BoardCard({ record, stage, stages, users, mayMove, onMove, justMoved }: Props) {
  const { t } = useTranslation('pipelines')
  const { search } = useLocation()
  const name = recordName(record)
  const { setNodeRef, setActivatorNodeRef, attributes, listeners, isDragging } = useDraggable({
    id: record.id,
    data: { record, stage },
    disabled: !mayMove,
    attributes: { roleDescription: t('drag.role') },
  })
  const handle = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (justMoved(record.id)) handle.current?.focus({ preventScroll: true })
  }, [justMoved, record.id])
  const handleRef = useMergedRef(setActivatorNodeRef, handle)
  const { onKeyDown, ...pointer } = listeners ?? {}
  const query = new URLSearchParams(search)
  query.set('record', record.id)

  return (
    <li
      ref={setNodeRef}
      className={classes.card}
      data-movable={mayMove || undefined}
      data-gone={isDragging || undefined}
      {...pointer}
    >
      <CardFace
        record={record}
        users={users}
        name={
          <Anchor
            component={Link}
            to={`?${query}`}
            inherit
            c="bright"
            underline="never"
            draggable={false}
            preventScrollReset
            className={classes.cardLink}
          >
            {name}
          </Anchor>
        }
        tools={
          mayMove && (
            <div className={classes.cardTools}>
              <ActionIcon
                ref={handleRef}
                {...attributes}
                onKeyDown={onKeyDown as React.KeyboardEventHandler | undefined}
                variant="subtle"
                color="gray"
                size="sm"
                aria-label={t('drag.handle', { name })}
                style={{ cursor: 'grab' }}
              >
                <IconGripVertical size={15} stroke={1.7} />
              </ActionIcon>
              <MoveMenu record={record} stage={stage} stages={stages} onMove={onMove} />
            </div>
          )
        }
      />
    </li>
  )
}

function MoveMenu({ record, stage, stages, onMove }: Pick<Props, 'record' | 'stage' | 'stages' | 'onMove'>) {
  const { t } = useTranslation('pipelines')
  return (
    <Menu position="bottom-end" width={260} shadow="md">
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          aria-label={t('card.menu', { name: recordName(record) })}
        >
          <IconDots size={16} stroke={1.7} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflowY: 'auto' }}>
        <Menu.Item
          component={Link}
          to={`/records/${encodeURIComponent(record.kind)}/${encodeURIComponent(record.id)}`}
        >
          {t('card.open')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{t('card.moveTo')}</Menu.Label>
        {stages.map((other) => (
          <Menu.Item key={other.id} disabled={other.id === stage.id} onClick={() => onMove(record, other)}>
            <StageBadge stage={other} />
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
