import { Anchor, Button, Group, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { lastDeliveries } from '../../data/deliveries.ts'
import { EventName } from '../../parts/event-name.tsx'
import { Panel } from '../../parts/panel.tsx'
import { StatusBadge } from '../../parts/status-badge.tsx'
import { Time } from '../../parts/time.tsx'
import { RecordLabel } from '../history/record-label.tsx'
import { useWebhookName } from '../history/use-webhook-name.ts'

const shown = 8

/** The newest deliveries, and the way to all of them. */
export function LastDeliveries({ webhookId }: { webhookId: string }) {
  const { t } = useTranslation('webhooks')
  const webhookName = useWebhookName()
  const { data } = useQuery({ ...lastDeliveries(webhookId, shown), refetchInterval: 10_000 })
  return (
    <Panel
      title={t('summary.last')}
      actions={
        <Button component={Link} to={`/history?webhook_id=${webhookId}`} variant="default" size="xs">
          {t('menu.history')}
        </Button>
      }
    >
      {data?.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('summary.noDeliveries')}
        </Text>
      )}
      <Stack gap="xs" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
        {data?.map((delivery) => (
          <Group key={delivery.id} component="li" justify="space-between" wrap="nowrap">
            <div style={{ minWidth: 0 }}>
              <Anchor component={Link} to={`/history/${delivery.id}`} size="sm">
                <EventName type={delivery.event_type} />
              </Anchor>
              <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
                <RecordLabel record={delivery.record} webhookName={webhookName} /> ·{' '}
                <Time at={delivery.created_at} />
              </Text>
            </div>
            <StatusBadge status={delivery.state} />
          </Group>
        ))}
      </Stack>
    </Panel>
  )
}
