import { ActionIcon } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'

const Palette = lazy(() =>
  import('./search-palette.tsx').then(({ SearchPalette }) => ({ default: SearchPalette })),
)

/** Finds pages, webhooks and records; opened by the button or Ctrl+K. Loaded when it is first used. */
export function Search() {
  const { t } = useTranslation()
  const [opened, setOpened] = useState<'never' | 'open' | 'closed'>('never')
  useHotkeys([['mod+K', () => setOpened('open')]], [])
  return (
    <>
      <ActionIcon
        variant="default"
        size="lg"
        aria-label={t('nav.search')}
        title={`${t('nav.search')} (Ctrl+K)`}
        onClick={() => setOpened('open')}
      >
        <IconSearch size={18} stroke={1.7} />
      </ActionIcon>
      {opened !== 'never' && (
        <Suspense>
          <Palette opened={opened === 'open'} onClose={() => setOpened('closed')} />
        </Suspense>
      )}
    </>
  )
}
