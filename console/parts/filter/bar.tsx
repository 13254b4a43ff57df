import { Anchor, Box, Button, Collapse, Group, Stack } from '@mantine/core'
import { useDisclosure, useMediaQuery } from '@mantine/hooks'
import { IconFilter } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

interface Props {
  /** Stands first, also where the others are folded. */
  search?: ReactNode
  /** How many filters are set, the text aside. */
  count: number
  /** null where nothing is set. */
  onClear: (() => void) | null
  children: ReactNode
}

/** The filters of a list in a row; on a phone they are folded behind a button. */
export function FilterBar({ search, count, onClear, children }: Props) {
  const { t } = useTranslation('history')
  const isWide = useMediaQuery('(min-width: 48em)', undefined, { getInitialValueInEffect: false })
  const [opened, { toggle }] = useDisclosure(count > 0)
  const clear = onClear && (
    <Anchor component="button" type="button" size="sm" onClick={onClear}>
      {t('filter.clearAll')}
    </Anchor>
  )
  if (isWide) {
    return (
      <Group gap={8} role="search" aria-label={t('filter.label')}>
        {search && <Box w={260}>{search}</Box>}
        {children}
        {clear}
      </Group>
    )
  }
  return (
    <Stack gap={8} role="search" aria-label={t('filter.label')}>
      <Group gap={8} wrap="nowrap">
        {search && <Box style={{ flexGrow: 1 }}>{search}</Box>}
        <Button
          variant={count > 0 ? 'light' : 'default'}
          c={count > 0 ? 'bright' : undefined}
          size="xs"
          mih={32}
          style={{ flexShrink: 0 }}
          leftSection={<IconFilter size={14} aria-hidden />}
          aria-expanded={opened}
          onClick={toggle}
        >
          {count > 0 ? t('filter.some', { count }) : t('filter.label')}
        </Button>
      </Group>
      <Collapse expanded={opened}>
        <Group gap={8}>
          {children}
          {clear}
        </Group>
      </Collapse>
    </Stack>
  )
}
