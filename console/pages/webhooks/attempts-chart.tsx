import { useSuspenseQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { localeOf } from '../../i18n/languages.ts'
import { useTimeZone } from '../../data/session.ts'
import { webhookStats } from '../../data/stats.ts'
import { TimeChart } from '../../parts/time-chart/time-chart.tsx'

/** Attempts of the last two weeks, by day. */
export function AttemptsChart({ webhookId }: { webhookId: string }) {
  const { t, i18n } = useTranslation('webhooks')
  const timeZone = useTimeZone()
  const { data } = useSuspenseQuery(webhookStats(webhookId, { bucket: 'day' }))
  const format = new Intl.DateTimeFormat(localeOf(i18n.language), {
    day: 'numeric',
    month: 'short',
    timeZone,
  })
  return (
    <TimeChart
      label={t('summary.attempts')}
      type="bars"
      height={220}
      format={(value) => value.toLocaleString(i18n.language)}
      series={[
        { name: 'arrived', label: t('summary.arrived'), color: 'teal.6' },
        { name: 'failed', label: t('summary.failed'), color: 'red.6' },
      ]}
      rows={data.items.slice(-14).map(({ start, attempts }) => ({
        at: format.format(new Date(start)),
        values: [attempts.delivered, attempts.retry + attempts.rejected + attempts.gone],
      }))}
    />
  )
}
