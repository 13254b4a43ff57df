import { Group, Progress, Skeleton, Stack, Text, UnstyledButton } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import type { Backtest, BacktestResult } from '../../../data/backtests.ts'
import { useTimeZone } from '../../../data/session.ts'
import { EventName } from '../../../parts/event-name.tsx'
import { formatMoment, Time } from '../../../parts/time.tsx'
import { reasonTitle } from './reason-title.ts'
import classes from './try-it.module.css'

const DaysChart = lazy(() => import('./days-chart.tsx').then(({ DaysChart }) => ({ default: DaysChart })))

interface Props {
  job: Backtest
  result: BacktestResult
  onTry: (eventId: string) => void
}

/** How often, on which days, why not, and the newest that would have been sent. */
export function BacktestResultView({ job, result, onTry }: Props) {
  const { t, i18n } = useTranslation('form')
  const timeZone = useTimeZone()
  const { fired, evaluated, reasons, days, examples, reached } = result
  // Events of other types say nothing about the draft.
  const asked = evaluated - (reasons['not_subscribed'] ?? 0)
  const number = new Intl.NumberFormat(i18n.language)
  return (
    <Stack gap="sm">
      <Text size="sm">
        <b>{t('try.wouldFire', { count: fired, shown: number.format(fired) })}</b>{' '}
        {t('try.ofEvents', { count: asked, shown: number.format(asked) })}
      </Text>
      {Date.parse(reached) > Date.parse(job.since) && (
        <Text size="xs" c="dimmed">
          {t('try.reached', { moment: formatMoment(reached, i18n.language, timeZone) })}
        </Text>
      )}
      {fired > 0 && days.length > 1 && (
        <Suspense fallback={<Skeleton h={150} />}>
          <DaysChart days={days} />
        </Suspense>
      )}
      <Reasons reasons={reasons} asked={asked} />
      {examples.length > 0 && (
        <Stack gap={4}>
          <Text size="sm" fw={600}>
            {t('try.newest')}
          </Text>
          <ul className={classes['examples']}>
            {examples.map((example) => (
              <li key={example.event_id}>
                <UnstyledButton className={classes['example']} onClick={() => onTry(example.event_id)}>
                  <Text span size="sm" display="block" style={{ overflowWrap: 'anywhere' }}>
                    <EventName type={example.type} /> · {example.record.id}
                  </Text>
                  <Text span size="xs" c="dimmed">
                    <Time at={example.received_at} />
                  </Text>
                </UnstyledButton>
              </li>
            ))}
          </ul>
        </Stack>
      )}
    </Stack>
  )
}

function Reasons({ reasons, asked }: { reasons: BacktestResult['reasons']; asked: number }) {
  const { t, i18n } = useTranslation('exchange')
  const rows = Object.entries(reasons)
    .flatMap(([reason, count]) => (reason === 'not_subscribed' || !count ? [] : [{ reason, count }]))
    .toSorted((a, b) => b.count - a.count)
  if (rows.length === 0) return null
  return (
    <ul className={classes['reasons']}>
      {rows.map(({ reason, count }) => (
        <li key={reason}>
          <Group justify="space-between" gap="xs" wrap="nowrap">
            <Text size="sm">{reasonTitle(reason, t)}</Text>
            <Text size="sm" fw={600}>
              {new Intl.NumberFormat(i18n.language).format(count)}
            </Text>
          </Group>
          <Progress
            size={4}
            value={(count / Math.max(asked, 1)) * 100}
            color={reason === 'fired' ? 'green.7' : 'gray.5'}
            aria-hidden
          />
        </li>
      ))}
    </ul>
  )
}
