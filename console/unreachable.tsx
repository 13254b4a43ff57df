import { Alert, Button } from '@mantine/core'
import { IconPlugConnectedX } from '@tabler/icons-react'
import { type Query, useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { checkReachable, useReachable } from './data/connection.ts'
import { Empty } from './parts/empty.tsx'

const askAgainMs = 3000
/** A page that was opened just now and lacks a part would lack it again. */
const youngMs = 20_000

/** Says on every page that the server does not answer, asks until it does, and then brings what is shown up to date. */
export function Unreachable() {
  const { t } = useTranslation()
  const reachable = useReachable()
  const client = useQueryClient()
  const wasAway = useRef(false)
  const refresh = useEffectEvent(() => {
    if (reachable && wasAway.current) void client.invalidateQueries({ predicate: isReadAgain })
    wasAway.current = !reachable
  })
  useEffect(() => {
    refresh()
    if (reachable) return
    const timer = setInterval(() => void checkReachable(), askAgainMs)
    return () => clearInterval(timer)
  }, [reachable])
  return (
    <div role="status">
      {!reachable && (
        <Alert
          color="orange"
          variant="light"
          mb="md"
          icon={<IconPlugConnectedX />}
          title={t('offline.title')}
        >
          {t('offline.about')}
        </Alert>
      )}
    </div>
  )
}

/** Lists of many pages follow the live stream: to read all their pages at once again would be much. */
function isReadAgain({ state }: Query): boolean {
  const { data } = state
  return state.status === 'error' || !(typeof data === 'object' && data !== null && 'pages' in data)
}

/**
 * In the place of a page whose program could not be fetched: the server is away, or became another version since this window
 * was opened. Either way the window is loaded anew as soon as the server answers.
 */
export function PageMissing() {
  const { t } = useTranslation()
  const reachable = useReachable()
  const [asked, setAsked] = useState(false)
  useEffect(() => {
    void checkReachable().then(() => setAsked(true))
  }, [])
  useEffect(() => {
    if (asked && reachable && performance.now() > youngMs) window.location.reload()
  }, [asked, reachable])
  return (
    <Empty
      wholePage
      icon={IconPlugConnectedX}
      title={t('offline.page')}
      action={reachable && <Button onClick={() => window.location.reload()}>{t('retry')}</Button>}
    >
      {t('offline.pageAbout')}
    </Empty>
  )
}
