import { Grid, Skeleton, Stack } from '@mantine/core'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import type { Webhook } from '../../data/webhooks.ts'
import { Panel } from '../../parts/panel.tsx'
import { AttemptsChart } from './attempts-chart.tsx'
import { DeliverySummary, IfSummary, SendSummary, WhenSummary } from './in-words.tsx'
import { LastDeliveries } from './last-deliveries.tsx'

/** What the webhook does in words, and what it has been doing. */
export function SummaryTab({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation('webhooks')
  return (
    <Grid gap="lg">
      <Grid.Col span={{ base: 12, md: 5 }}>
        <Stack gap="lg">
          <Panel title={t('summary.when')}>
            <WhenSummary webhook={webhook} />
          </Panel>
          <Panel title={t('summary.if')}>
            <IfSummary webhook={webhook} />
          </Panel>
          <Panel title={t('summary.send')}>
            <SendSummary webhook={webhook} />
          </Panel>
          <Panel title={t('summary.delivery')}>
            <DeliverySummary webhook={webhook} />
          </Panel>
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 7 }}>
        <Stack gap="lg">
          <Panel title={t('summary.attempts')}>
            <Suspense fallback={<Skeleton h={220} />}>
              <AttemptsChart webhookId={webhook.id} />
            </Suspense>
          </Panel>
          <LastDeliveries webhookId={webhook.id} />
        </Stack>
      </Grid.Col>
    </Grid>
  )
}
