import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { demoQuery } from '../../data/demo.ts'
import { inspectorList } from '../../data/inspectors.ts'
import { allPipelines } from '../../data/pipelines.ts'
import { recordQuery } from '../../data/records.ts'
import { sessionQuery } from '../../data/session.ts'
import { allWebhooks } from '../../data/webhooks.ts'
import { findGuide, type Guide, guideKind, guideRecordId } from './plan.ts'

const keyOf = (accountId: string) => `hookline.welcome.${accountId}`

/** What an earlier visit has made, and a way to remember what this one makes. */
export function useGuide(): {
  guide: Guide | null
  isLoading: boolean
  remember: (webhookId: string) => void
} {
  const { data: session } = useSuspenseQuery(sessionQuery)
  const { data: demo } = useSuspenseQuery(demoQuery)
  const { data: webhooks } = useSuspenseQuery(allWebhooks)
  const { data: inspectors } = useSuspenseQuery(inspectorList)
  const { data: pipelines } = useSuspenseQuery(allPipelines)
  const key = keyOf(session.account?.id ?? '')
  const [remembered, setRemembered] = useState(() => localStorage.getItem(key))
  // Before the first visit it is not there, and need not be asked for.
  const enabled =
    (remembered !== null || !demo.loaded) &&
    webhooks.some(({ request }) => inspectors.items.some(({ url }) => url === request.url))
  const record = useQuery({ ...recordQuery(guideKind, guideRecordId), retry: false, enabled })
  const guide = findGuide({
    webhooks,
    inspectors: inspectors.items,
    pipelines,
    record: record.data ?? null,
    remembered,
    demoLoaded: demo.loaded,
  })
  const remember = (webhookId: string) => {
    localStorage.setItem(key, webhookId)
    setRemembered(webhookId)
  }
  return { guide, isLoading: enabled && record.isPending, remember }
}
