import { useTranslation } from 'react-i18next'
import { localeOf } from '../../../i18n/languages.ts'
import type { BacktestResult } from '../../../data/backtests.ts'
import { TimeChart } from '../../../parts/time-chart/time-chart.tsx'

/** How often it would have been sent, day by day. */
export function DaysChart({ days }: Pick<BacktestResult, 'days'>) {
  const { t, i18n } = useTranslation('form')
  const language = localeOf(i18n.language)
  const format = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', timeZone: 'UTC' })
  return (
    <TimeChart
      label={t('try.sentByDay')}
      type="bars"
      height={150}
      format={(value) => value.toLocaleString(i18n.language)}
      series={[{ name: 'fired', label: t('try.sentOnDay'), color: 'indigo.6' }]}
      rows={days.map(({ date, fired }) => ({ at: format.format(Date.parse(date)), values: [fired] }))}
    />
  )
}
