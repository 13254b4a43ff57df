import { ActionIcon, Drawer, Group } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { unlessCovered } from '../../parts/uppermost.ts'
import { DeliveryDetail } from './delivery-detail.tsx'

interface Props {
  /** null: closed. */
  id: string | null
  /** The list that it stands in, to go through it. */
  ids: string[]
  onOpen: (id: string) => void
  onClose: () => void
}

/** One delivery beside the list; on a phone in its place. */
export function DeliveryDrawer({ id, ids, onOpen, onClose }: Props) {
  const { t } = useTranslation(['history', 'common'])
  const isWide = useMediaQuery('(min-width: 48em)', undefined, { getInitialValueInEffect: false })
  // What was shown last stays while the drawer goes away.
  const [shown, setShown] = useState(id)
  if (id !== null && id !== shown) setShown(id)
  const at = id === null ? -1 : ids.indexOf(id)
  const before = at > 0 ? ids[at - 1] : undefined
  const after = at >= 0 ? ids[at + 1] : undefined
  return (
    <Drawer.Root
      opened={id !== null}
      onClose={unlessCovered(onClose)}
      position="right"
      size={isWide ? 760 : '100%'}
      padding={isWide ? 'lg' : 'sm'}
    >
      <Drawer.Overlay backgroundOpacity={0.35} />
      <Drawer.Content>
        <Drawer.Header role="none">
          <Drawer.Title fw={650} fz="lg" component="h2">
            {t('detail.title')}
          </Drawer.Title>
          <Group gap={4} wrap="nowrap">
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('detail.previous')}
              title={t('detail.previous')}
              disabled={before === undefined}
              onClick={() => before !== undefined && onOpen(before)}
            >
              <IconChevronUp size={18} />
            </ActionIcon>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('detail.next')}
              title={t('detail.next')}
              disabled={after === undefined}
              onClick={() => after !== undefined && onOpen(after)}
            >
              <IconChevronDown size={18} />
            </ActionIcon>
            <Drawer.CloseButton aria-label={t('common:close')} ml={4} />
          </Group>
        </Drawer.Header>
        <Drawer.Body>
          {shown !== null && <DeliveryDetail key={shown} id={shown} onOpen={onOpen} />}
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  )
}
