import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { StatsItem } from '../data/stats.ts'

const width = 120
const height = 28
const gap = 1

/** Recent attempts as small bars, one for each span of time: what failed stands on what arrived. */
export function HealthBars({ items }: { items: StatsItem[] }) {
  const { t } = useTranslation()
  const bars = items.map(({ start, attempts }) => ({
    start,
    good: attempts.delivered,
    bad: attempts.retry + attempts.rejected + attempts.gone,
  }))
  const most = Math.max(...bars.map(({ good, bad }) => good + bad), 0)
  const good = bars.reduce((sum, bar) => sum + bar.good, 0)
  const bad = bars.reduce((sum, bar) => sum + bar.bad, 0)
  if (most === 0) {
    return (
      <Text size="xs" c="dimmed">
        {t('health.none')}
      </Text>
    )
  }
  const step = width / bars.length
  // One attempt is seen beside a thousand.
  const heightOf = (count: number) => (count === 0 ? 0 : Math.max(3, (count / most) * height))
  return (
    <svg
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={t('health.label', { good, bad })}
    >
      <title>{t('health.label', { good, bad })}</title>
      <line
        x1={0}
        x2={width}
        y1={height - 0.5}
        y2={height - 0.5}
        stroke="var(--mantine-color-default-border)"
      />
      {bars.map((bar, index) => {
        const [up, down] = [heightOf(bar.good), heightOf(bar.bad)]
        const x = index * step
        return (
          <g key={bar.start}>
            <rect x={x} y={height - up} width={step - gap} height={up} fill="var(--mantine-color-teal-6)" />
            <rect
              x={x}
              y={Math.max(0, height - up - down)}
              width={step - gap}
              height={down}
              fill="var(--mantine-color-red-6)"
            />
          </g>
        )
      })}
    </svg>
  )
}
