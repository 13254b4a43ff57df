import { ActionIcon, Button, Popover } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPlus, IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

interface Props {
  /** What it filters by. */
  label: string
  /** What is set, in words; null where nothing is. */
  value: string | null
  onClear: () => void
  /** What is set is chosen in here. */
  children: (close: () => void) => ReactNode
  width?: number
}

/** One filter: a button that opens its choices, and says what is chosen; a cross beside it takes it away. */
export function FilterPill({ label, value, onClear, children, width = 300 }: Props) {
  const { t } = useTranslation('history')
  const [opened, { toggle, close }] = useDisclosure()
  const isSet = value !== null
  return (
    <Popover
      opened={opened}
      onChange={(open) => !open && close()}
      width={width}
      position="bottom-start"
      shadow="md"
      trapFocus
      returnFocus
    >
      <Button.Group>
        <Popover.Target>
          <Button
            variant={isSet ? 'light' : 'default'}
            size="xs"
            h="auto"
            mih={32}
            py={4}
            px={isSet ? 'sm' : 'xs'}
            fw={isSet ? 600 : 500}
            c={isSet ? 'bright' : undefined}
            leftSection={isSet ? undefined : <IconPlus size={14} aria-hidden />}
            onClick={toggle}
            aria-haspopup="dialog"
            styles={{ label: { whiteSpace: 'normal', overflowWrap: 'anywhere', textAlign: 'left' } }}
          >
            {isSet ? t('filter.is', { label, value }) : label}
          </Button>
        </Popover.Target>
        {isSet && (
          <ActionIcon
            variant="light"
            h="auto"
            mih={32}
            w={32}
            style={{ borderInlineStart: 0 }}
            aria-label={t('filter.clear', { label })}
            onClick={onClear}
          >
            <IconX size={14} />
          </ActionIcon>
        )}
      </Button.Group>
      <Popover.Dropdown p="xs" aria-label={label}>
        {children(close)}
      </Popover.Dropdown>
    </Popover>
  )
}
