import '@mantine/charts/styles.css'
import { AreaChart, BarChart, LineChart } from '@mantine/charts'
import { Grid, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useTimeZone } from '../../data/session.ts'
import type { Bucket, Stats } from '../../data/stats.ts'
import { formatMs } from '../../parts/format-ms.ts'
import { Panel } from '../../parts/panel.tsx'

/** Deliveries by what became of them, events, and how long receivers took; over the same time. */
export function Charts({ stats }: { stats: Stats }) {
  const { t, i18n } = useTranslation('overview')
  const timeZone = useTimeZone()
  const label = labelOf(stats.bucket, i18n.language, timeZone, Date.parse(stats.to) - Date.parse(stats.from))
  const number = (value: number) => value.toLocaleString(i18n.language)
  const rows = stats.items.map(({ start, deliveries, events = 0, latency_ms }) => ({
    at: label(start),
    events,
    delivered: deliveries.delivered,
    dead: deliveries.dead,
    pending: deliveries.pending,
    p50: latency_ms?.p50 ?? null,
    p95: latency_ms?.p95 ?? null,
    p99: latency_ms?.p99 ?? null,
  }))
  const shared = {
    data: rows,
    dataKey: 'at',
    valueFormatter: number,
    withLegend: true,
    gridAxis: 'x' as const,
    xAxisProps: { minTickGap: 24 },
    tooltipAnimationDuration: 0,
  }
  return (
    <Grid gap="lg">
      <Grid.Col span={12}>
        <Panel title={t('chart.deliveries')}>
          <div role="img" aria-label={t('chart.deliveriesLabel', summary(rows))}>
            <BarChart
              {...shared}
              h={240}
              type="stacked"
              series={[
                { name: 'delivered', label: t('chart.delivered'), color: 'teal.6' },
                { name: 'pending', label: t('chart.pending'), color: 'yellow.5' },
                { name: 'dead', label: t('chart.dead'), color: 'red.6' },
              ]}
            />
          </div>
        </Panel>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 6 }}>
        <Panel title={t('chart.events')}>
          <div role="img" aria-label={t('chart.events')}>
            <AreaChart
              {...shared}
              withLegend={false}
              h={180}
              withDots={false}
              curveType="monotone"
              series={[{ name: 'events', label: t('chart.events'), color: 'indigo.6' }]}
            />
          </div>
        </Panel>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 6 }}>
        <Panel title={t('chart.latency')}>
          {rows.some(({ p50 }) => p50 !== null) ? (
            <div role="img" aria-label={t('chart.latency')}>
              <LineChart
                {...shared}
                h={180}
                withDots={false}
                connectNulls
                curveType="monotone"
                valueFormatter={(value) => formatMs(value, i18n.language)}
                yAxisProps={{ width: 72 }}
                series={[
                  { name: 'p50', label: t('chart.p50'), color: 'teal.6' },
                  { name: 'p95', label: t('chart.p95'), color: 'yellow.6' },
                  { name: 'p99', label: t('chart.p99'), color: 'red.6' },
                ]}
              />
            </div>
          ) : (
            <Text c="dimmed" size="sm">
              {t('chart.noLatency')}
            </Text>
          )}
        </Panel>
      </Grid.Col>
    </Grid>
  )
}

function summary(rows: { delivered: number; dead: number; pending: number }[]) {
  const sum = (read: (row: (typeof rows)[number]) => number) =>
    rows.reduce((total, row) => total + read(row), 0)
  return {
    delivered: sum(({ delivered }) => delivered),
    dead: sum(({ dead }) => dead),
    pending: sum(({ pending }) => pending),
  }
}

/** Hours alone repeat themselves over a week. */
function labelOf(bucket: Bucket, language: string, timeZone: string, ms: number): (start: string) => string {
  const time = { hour: '2-digit', minute: '2-digit' } as const
  const day = { day: 'numeric', month: 'short' } as const
  const parts = bucket === 'day' ? day : ms > 25 * 3_600_000 ? { ...day, ...time } : time
  const format = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, { ...parts, timeZone })
  return (start) => format.format(new Date(start))
}
