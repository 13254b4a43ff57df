import { Alert } from '@mantine/core'
import { useWindowEvent } from '@mantine/hooks'
import { IconPlugConnectedX } from '@tabler/icons-react'
import { type Query, useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { checkReachable, useReachable } from './data/connection.ts'

const askAgainMs = 3000
const check = () => void checkReachable()

/** Says on every page that the server does not answer, asks until it does, and then brings what is shown up to date. */
export function Unreachable() {
  const { t } = useTranslation()
  const reachable = useReachable()
  const client = useQueryClient()
  // Calls wait while the browser knows of no network; and a part that is not loaded makes none.
  useWindowEvent('offline', check)
  useWindowEvent('online', check)
  useWindowEvent('vite:preloadError', check)
  const wasAway = useRef(false)
  const refresh = useEffectEvent(() => {
    if (reachable && wasAway.current) void client.invalidateQueries({ predicate: isReadAgain })
    wasAway.current = !reachable
  })
  useEffect(() => {
    refresh()
    if (reachable) return
    const timer = setInterval(check, askAgainMs)
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
