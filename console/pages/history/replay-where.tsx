import { List, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { allWebhooks } from '../../data/webhooks.ts'

const webhooksShown = 6

/** The webhooks that it goes to, and which of them send nothing now. */
export function ReplayWhere({ byWebhook, partly }: { byWebhook: Map<string, number>; partly: boolean }) {
  const { t, i18n } = useTranslation('history')
  const { data } = useQuery({ ...allWebhooks, staleTime: 30_000 })
  const rows = [...byWebhook].toSorted(([, a], [, b]) => b - a)
  const number = new Intl.NumberFormat(i18n.language)
  return (
    <List size="sm" mt={6} spacing={2}>
      {rows.slice(0, webhooksShown).map(([id, count]) => {
        const webhook = data?.find((known) => known.id === id)
        const off = data && (webhook === undefined || webhook.status === 'disabled')
        return (
          <List.Item key={id}>
            <Text span inherit fw={600}>
              {webhook?.name ?? (data ? t('list.deletedWebhook') : '…')}
            </Text>
            {': '}
            {partly ? t('replayMany.orMore', { count: number.format(count) }) : number.format(count)}
            {off && (
              <Text span inherit c="dimmed">
                {' · '}
                {webhook ? t('replayMany.disabled') : t('replayMany.deleted')}
              </Text>
            )}
            {webhook?.status === 'paused' && (
              <Text span inherit c="dimmed">
                {' · '}
                {t('replayMany.paused')}
              </Text>
            )}
          </List.Item>
        )
      })}
      {rows.length > webhooksShown && (
        <List.Item>{t('replayMany.moreWebhooks', { count: rows.length - webhooksShown })}</List.Item>
      )}
    </List>
  )
}
