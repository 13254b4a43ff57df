import { useQuery } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { allWebhooks } from '../../data/webhooks.ts'

/** What webhooks are called; the same function until a name changes, since long lists are drawn anew by another; deleted ones stay in the history, and nobody knows their names any more. */
export function useWebhookName(): (id: string) => string {
  const { t } = useTranslation('history')
  const { data } = useQuery({ ...allWebhooks, staleTime: 30_000 })
  const names = useMemo(() => data && new Map(data.map(({ id, name }) => [id, name])), [data])
  return useCallback((id) => names?.get(id) ?? (names ? t('list.deletedWebhook') : '…'), [names, t])
}
