import { Grid, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { localeOf } from '../../i18n/languages.ts'
import { useTimeZone } from '../../data/session.ts'
import type { Bucket, Stats } from '../../data/stats.ts'
import { formatMs } from '../../parts/format-ms.ts'
import { Panel } from '../../parts/panel.tsx'
import { TimeChart } from '../../parts/time-chart/time-chart.tsx'
import { sumUp } from './sum-up.ts'

/** Deliveries by what became of them, events, and how long receivers took; over the same time. */
export function Charts({ stats }: { stats: Stats }) {
  const { t, i18n } = useTranslation('overview')
  const timeZone = useTimeZone()
  const at = labelOf(stats.bucket, i18n.language, timeZone, Date.parse(stats.to) - Date.parse(stats.from))
  const number = (value: number) => value.toLocaleString(i18n.language)
  const { delivered, dead, pending } = sumUp(stats.items)
  const { items } = stats
  const navigate = useNavigate()
  const open = (page: string) => (index: number) => {
    const { start, end } = items[index]!
    void navigate(`${page}?${new URLSearchParams({ since: start, until: end })}`)
  }
  return (
    <Grid gap="lg">
      <Grid.Col span={12}>
        <Panel title={t('chart.deliveries')}>
          <TimeChart
            label={t('chart.deliveriesLabel', { delivered, dead, pending })}
            type="bars"
            height={240}
            format={number}
            onPick={open('/history')}
            pickHint={t('chart.pick')}
            series={[
              { name: 'delivered', label: t('chart.delivered'), color: 'teal.6' },
              { name: 'pending', label: t('chart.pending'), color: 'yellow.5' },
              { name: 'dead', label: t('chart.dead'), color: 'red.6' },
            ]}
            rows={items.map(({ start, deliveries }) => ({
              at: at(start),
              values: [deliveries.delivered, deliveries.pending, deliveries.dead],
            }))}
          />
        </Panel>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 6 }}>
        <Panel title={t('chart.events')}>
          <TimeChart
            label={t('chart.events')}
            type="bars"
            height={180}
            format={number}
            onPick={open('/events')}
            pickHint={t('chart.pick')}
            series={[{ name: 'events', label: t('chart.events'), color: 'indigo.5' }]}
            rows={items.map(({ start, events = 0 }) => ({ at: at(start), values: [events] }))}
          />
        </Panel>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 6 }}>
        <Panel title={t('chart.latency')}>
          {items.some(({ latency_ms }) => latency_ms !== null) ? (
            <TimeChart
              label={t('chart.latency')}
              type="lines"
              height={180}
              format={(value) => formatMs(value, i18n.language)}
              series={[
                { name: 'p50', label: t('chart.p50'), color: 'teal.6' },
                { name: 'p95', label: t('chart.p95'), color: 'yellow.6' },
                { name: 'p99', label: t('chart.p99'), color: 'red.6' },
              ]}
              rows={items.map(({ start, latency_ms }) => ({
                at: at(start),
                values: latency_ms ? [latency_ms.p50, latency_ms.p95, latency_ms.p99] : [null, null, null],
              }))}
            />
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

/** Hours alone repeat themselves over a week. */
function labelOf(bucket: Bucket, language: string, timeZone: string, ms: number): (start: string) => string {
  const time = { hour: '2-digit', minute: '2-digit' } as const
  const day = { day: 'numeric', month: 'short' } as const
  const parts = bucket === 'day' ? day : ms > 25 * 3_600_000 ? { ...day, ...time } : time
  const format = new Intl.DateTimeFormat(localeOf(language), { ...parts, timeZone })
  return (start) => format.format(new Date(start))
}
