import { Button, Group, Progress, Select, Stack, Text, Title } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Backtest, backtestQuery, useCancelBacktest, useStartBacktest } from '../../../data/backtests.ts'
import type { WebhookSettings } from '../../../data/webhooks.ts'
import { ProblemAlert } from '../../../parts/problem/alert.tsx'
import { BacktestResultView } from './backtest-result.tsx'
import { DraftProblems } from './draft-problems.tsx'
import { problemsOf, useTriedWebhook, useUnfinished } from './use-preview.ts'

const spans = [1, 7, 30] as const

interface Props {
  draft: WebhookSettings
  savedId: string | null
  /** Tries the draft with this event. */
  onTry: (eventId: string) => void
}

/** How often the draft would have been sent over the last days. */
export function BacktestPanel({ draft, savedId, onTry }: Props) {
  const { t } = useTranslation('form')
  const webhook = useTriedWebhook(draft, savedId)
  const [days, setDays] = useState<number>(7)
  const [started, setStarted] = useState<{ id: string; webhook: unknown } | null>(null)
  const start = useStartBacktest()
  const cancel = useCancelBacktest()
  const { data: job, error } = useQuery({ ...backtestQuery(started?.id ?? ''), enabled: started !== null })
  const unfinished = useUnfinished(draft).length > 0
  const problems = problemsOf(start.error)
  const isRunning = start.isPending || job?.state === 'running'

  const run = () => start.mutate({ webhook, days }, { onSuccess: ({ id }) => setStarted({ id, webhook }) })
  const stop = () => {
    if (started) cancel.mutate(started.id)
    setStarted(null)
  }
  return (
    <Stack gap="xs">
      <Title order={3} size="sm" fw={600}>
        {t('try.backtest')}
      </Title>
      <Text size="sm" c="dimmed">
        {t('try.backtestAbout')}
      </Text>
      <Group gap="xs">
        <Select
          aria-label={t('try.span')}
          size="xs"
          w="10rem"
          value={String(days)}
          onChange={(chosen) => chosen && setDays(Number(chosen))}
          data={spans.map((count) => ({ value: String(count), label: t('try.lastDays', { count }) }))}
          allowDeselect={false}
          disabled={isRunning}
        />
        <Button
          size="xs"
          variant="light"
          leftSection={<IconHistory size={14} />}
          loading={start.isPending}
          disabled={isRunning || unfinished}
          onClick={run}
        >
          {t('try.run')}
        </Button>
      </Group>
      {problems.length > 0 && <DraftProblems problems={problems} draft={draft} />}
      {start.error && problems.length === 0 && <ProblemAlert problem={start.error} />}
      {error && <ProblemAlert problem={error} />}
      <div aria-live="polite">
        {started && job && <Job job={job} isOld={started.webhook !== webhook} onStop={stop} onTry={onTry} />}
      </div>
    </Stack>
  )
}

interface JobProps {
  job: Backtest
  /** The draft has been changed since. */
  isOld: boolean
  onStop: () => void
  onTry: (eventId: string) => void
}

function Job({ job, isOld, onStop, onTry }: JobProps) {
  const { t, i18n } = useTranslation(['form', 'common'])
  if (job.state === 'running') {
    const percent = new Intl.NumberFormat(i18n.language, { style: 'percent' }).format(job.progress)
    return (
      <Group gap="sm" wrap="nowrap">
        <Progress
          value={job.progress * 100}
          aria-label={t('try.progress', { percent })}
          animated
          style={{ flex: 1 }}
        />
        <Button size="compact-xs" variant="default" onClick={onStop}>
          {t('common:cancel')}
        </Button>
      </Group>
    )
  }
  if (job.state === 'failed' || !job.result) {
    return (
      <Stack gap={4}>
        <Text size="sm">{t('try.backtestFailed')}</Text>
        {job.failure && (
          <Text size="xs" c="dimmed" lang="en">
            {job.failure}
          </Text>
        )}
      </Stack>
    )
  }
  return (
    <Stack gap="sm">
      {isOld && <Text size="sm">{t('try.backtestOld')}</Text>}
      <BacktestResultView job={job} result={job.result} onTry={onTry} />
    </Stack>
  )
}
