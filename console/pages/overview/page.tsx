import { Button, Grid, SegmentedControl, Skeleton, Stack } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { keepPreviousData, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import { useMay } from '../../data/session.ts'
import { statsQuery, waitingQuery } from '../../data/stats.ts'
import { allWebhooks } from '../../data/webhooks.ts'
import { Page as Frame } from '../../parts/page.tsx'
import { Panel } from '../../parts/panel.tsx'
import { ProblemAlert } from '../../parts/problem/alert.tsx'
import { Charts } from './charts.tsx'
import { FailingWebhooks } from './failing-webhooks.tsx'
import { Figures } from './figures.tsx'
import { Headline } from './headline.tsx'
import { LiveFeed } from './live-feed.tsx'
import { NothingYet } from './nothing-yet.tsx'
import { spanNames, spanOf, type SpanName } from './spans.ts'
import { sumUp } from './sum-up.ts'
import { useFresh } from './use-fresh.ts'
import { WaitingList } from './waiting-list.tsx'

/** Is everything arriving? */
export function Page() {
  const { t } = useTranslation('overview')
  const may = useMay()
  const client = useQueryClient()
  const [params, setParams] = useSearchParams()
  const name: SpanName = spanNames.find((known) => known === params.get('span')) ?? 'day'
  const [asked, setAsked] = useState(() => Date.now())
  const stats = useQuery({ ...statsQuery(spanOf(name, asked)), placeholderData: keepPreviousData })
  const { data: webhooks } = useSuspenseQuery(allWebhooks)
  const { data: waiting } = useSuspenseQuery(waitingQuery)
  useFresh(() => {
    setAsked(Date.now())
    void client.invalidateQueries({ queryKey: ['webhooks', 'all'] })
    void client.invalidateQueries({ queryKey: waitingQuery.queryKey })
  })

  const total = stats.data ? sumUp(stats.data.items) : null
  return (
    <Frame
      title={t('title')}
      about={t('about')}
      actions={
        <>
          <SegmentedControl
            size="sm"
            aria-label={t('span.label')}
            value={name}
            onChange={(value) => setParams({ span: value }, { replace: true })}
            data={spanNames.map((value) => ({ value, label: t(`span.${value}`) }))}
          />
          {may.manage && (
            <Button component={Link} to="/webhooks/new" leftSection={<IconPlus size={16} />}>
              {t('newWebhook')}
            </Button>
          )}
        </>
      }
    >
      {stats.error && <ProblemAlert problem={stats.error} retry={() => void stats.refetch()} />}
      {webhooks.length === 0 && <NothingYet />}
      {total && <Headline webhooks={webhooks} total={total} span={name} />}
      {total && <Figures total={total} waiting={waiting} span={name} />}
      {stats.data && <Charts stats={stats.data} />}
      {stats.isPending && (
        <>
          <Skeleton h={104} radius="md" />
          <Skeleton h={320} radius="md" />
        </>
      )}
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, lg: 6 }}>
          <Stack gap="lg">
            <Panel title={t('failing.title')}>
              <FailingWebhooks webhooks={webhooks} />
            </Panel>
            <Panel title={t('waiting.title')} about={t('waiting.about')}>
              <WaitingList waiting={waiting} webhooks={webhooks} />
            </Panel>
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 6 }}>
          <Panel title={t('live.title')} about={t('live.about')}>
            <LiveFeed webhooks={webhooks} />
          </Panel>
        </Grid.Col>
      </Grid>
    </Frame>
  )
}
