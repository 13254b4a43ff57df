import { ActionIcon } from '@mantine/core'
import { useHotkeys, useWindowEvent } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'

const load = () => import('./search-palette.tsx').then(({ SearchPalette }) => ({ default: SearchPalette }))
const Palette = lazy(load)

const ignore = () => undefined
const prepare = () => void load().catch(ignore)

/** Ctrl comes before K: what is typed right after them must not be lost. */
const announces = ({ key }: KeyboardEvent) => key === 'Control' || key === 'Meta'

/** Finds pages, webhooks and records; opened by the button or Ctrl+K. Loaded when it is about to be used. */
export function Search() {
  const { t } = useTranslation()
  const [opened, setOpened] = useState<'never' | 'open' | 'closed'>('never')
  // Without the server it cannot be loaded, which the shell says already.
  const open = () => void load().then(() => setOpened('open'), ignore)
  useWindowEvent('keydown', (event) => announces(event) && prepare())
  useHotkeys([['mod+K', open]], [])
  return (
    <>
      <ActionIcon
        variant="default"
        size="lg"
        aria-label={t('nav.search')}
        title={`${t('nav.search')} (Ctrl+K)`}
        onPointerEnter={prepare}
        onClick={open}
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
