import '@mantine/charts/styles.css'
import { BarChart } from '@mantine/charts'
import { Table, VisuallyHidden } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { BacktestResult } from '../../../data/backtests.ts'

/** How often it would have been sent, day by day. */
export function DaysChart({ days }: Pick<BacktestResult, 'days'>) {
  const { t, i18n } = useTranslation('form')
  const language = i18n.language === 'en' ? 'en-GB' : i18n.language
  const format = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', timeZone: 'UTC' })
  const data = days.map(({ date, fired }) => ({ day: format.format(Date.parse(date)), fired }))
  return (
    <>
      <div aria-hidden>
        <BarChart
          h={150}
          data={data}
          dataKey="day"
          series={[{ name: 'fired', label: t('try.sentOnDay'), color: 'indigo.6' }]}
          tickLine="none"
          gridAxis="x"
          // The table below says it to those who do not see it.
          barChartProps={{ accessibilityLayer: false }}
          barProps={{ radius: 3, isAnimationActive: false }}
          yAxisProps={{ allowDecimals: false, width: 32 }}
          xAxisProps={{ interval: 'preserveStartEnd', minTickGap: 16 }}
        />
      </div>
      <VisuallyHidden>
        <Table>
          <caption>{t('try.sentByDay')}</caption>
          <tbody>
            {data.map(({ day, fired }) => (
              <tr key={day}>
                <th scope="row">{day}</th>
                <td>{fired}</td>
              </tr>
            ))}
          </tbody>
        </Table>
      </VisuallyHidden>
    </>
  )
}
