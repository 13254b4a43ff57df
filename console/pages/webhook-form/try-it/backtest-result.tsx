import { Group, Progress, Stack, Text, UnstyledButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Backtest, BacktestResult } from '../../../data/backtests.ts'
import { recordName, recordQuery } from '../../../data/records.ts'
import { useTimeZone } from '../../../data/session.ts'
import { EventName } from '../../../parts/event-name.tsx'
import { formatMoment, Time } from '../../../parts/time.tsx'
import { DaysChart } from './days-chart.tsx'
import { reasonTitle } from './reason-title.ts'
import classes from './try-it.module.css'

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
      {fired > 0 && days.length > 1 && <DaysChart days={days} />}
      <Reasons reasons={reasons} asked={asked} />
      {examples.length > 0 && <Examples examples={examples} onTry={onTry} />}
    </Stack>
  )
}

type Example = BacktestResult['examples'][number]

function Examples({ examples, onTry }: { examples: Example[]; onTry: (eventId: string) => void }) {
  const { t } = useTranslation('form')
  return (
    <Stack gap={4}>
      <Text size="sm" fw={600}>
        {t('try.newest')}
      </Text>
      <ul className={classes['examples']}>
        {examples.map((example) => (
          <li key={example.event_id}>
            <UnstyledButton className={classes['example']} onClick={() => onTry(example.event_id)}>
              <Text span size="sm" display="block" style={{ overflowWrap: 'anywhere' }}>
                <RecordTitle {...example.record} />
              </Text>
              <Text span size="xs" c="dimmed">
                <EventName type={example.type} /> · <Time at={example.received_at} />
              </Text>
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </Stack>
  )
}

/** What the record is called today; its id until that is known. */
function RecordTitle({ kind, id }: { kind: string; id: string }) {
  const { data } = useQuery({ ...recordQuery(kind, id), staleTime: 60_000, retry: false })
  return <>{data ? recordName(data) : id}</>
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
