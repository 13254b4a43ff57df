import { Group, Progress, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Replay } from '../../data/replays.ts'
import { StatusBadge } from '../status-badge.tsx'

/** How far a replay is: of how many, what was made, what was passed over. */
export function ReplayProgress({ replay }: { replay: Replay }) {
  const { t, i18n } = useTranslation('history')
  const { state, total, done, created, skipped } = replay
  const running = state === 'running'
  const share = !running && state === 'done' ? 100 : total ? (done / Math.max(total, 1)) * 100 : 0
  const number = new Intl.NumberFormat(i18n.language)
  const far =
    total === null
      ? t('replays.counting', { done: number.format(done) })
      : t('replays.far', { done: number.format(done), total: number.format(total) })
  return (
    <Stack gap={6}>
      <Group justify="space-between" gap="xs">
        <Text size="sm" fw={600} style={{ fontVariantNumeric: 'tabular-nums' }}>
          {far}
        </Text>
        <StatusBadge status={state} />
      </Group>
      <Progress
        value={running && total === null ? 100 : share}
        animated={running}
        color={state === 'canceled' ? 'gray' : undefined}
        aria-label={t('replays.progress')}
      />
      <Text size="sm" c="dimmed">
        {t('replays.created', { count: created })}
        {skipped > 0 && <> · {t('replays.skipped', { count: skipped })}</>}
      </Text>
    </Stack>
  )
}
