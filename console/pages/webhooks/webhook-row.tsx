import { Anchor, Badge, Group, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useTimeZone } from '../../data/session.ts'
import { webhookStats } from '../../data/stats.ts'
import { shownStatus, type Webhook } from '../../data/webhooks.ts'
import { ActionsCell } from '../../parts/card-table.tsx'
import { EventName } from '../../parts/event-name.tsx'
import { HealthBars } from '../../parts/health-bars.tsx'
import { statusReasonText } from '../../parts/problem/text.ts'
import { StatusBadge } from '../../parts/status-badge.tsx'
import { Time } from '../../parts/time.tsx'
import { WebhookMenu } from './webhook-menu.tsx'
import classes from './list.module.css'

/** How many events are named before the rest is counted. */
const eventsShown = 2

/** One webhook of the list. */
export function WebhookRow({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation('webhooks')
  const timeZone = useTimeZone()
  const { id, name, events, request, last_delivery, status_reason, status } = webhook
  const stats = useQuery({ ...webhookStats(id, { bucket: 'hour' }), staleTime: 30_000 })
  return (
    <tr>
      <td className={classes['name']}>
        <Anchor component={Link} to={`/webhooks/${id}`} fw={600}>
          {name}
        </Anchor>
        <Text size="sm" c="dimmed" component="div">
          {events.slice(0, eventsShown).map((type) => (
            <div key={type}>
              <EventName type={type} />
            </div>
          ))}
          {events.length > eventsShown && t('list.moreEvents', { count: events.length - eventsShown })}
        </Text>
      </td>
      <td className={classes['request']}>
        <Group gap={6} wrap="nowrap" align="flex-start">
          <Badge variant="default" size="sm" radius="sm" style={{ flexShrink: 0 }}>
            {request.method}
          </Badge>
          <Text size="sm" ff="monospace" lh={1.35}>
            {request.url}
          </Text>
        </Group>
      </td>
      <td>
        {last_delivery ? (
          <>
            <Anchor component={Link} to={`/history/${last_delivery.id}`} size="sm">
              <Time at={last_delivery.at} />
            </Anchor>
            <Text size="xs" c="dimmed">
              {last_delivery.status_code ?? ''}
            </Text>
          </>
        ) : (
          <Text size="sm" c="dimmed">
            {t('list.neverRun')}
          </Text>
        )}
      </td>
      <td>{stats.data && <HealthBars items={stats.data.items} />}</td>
      <td>
        <StatusBadge status={shownStatus(webhook)} />
        {status === 'disabled' && status_reason && (
          <Text size="xs" c="dimmed" maw={180} mt={2}>
            {statusReasonText(status_reason, t, timeZone)}
          </Text>
        )}
      </td>
      <ActionsCell>
        <WebhookMenu webhook={webhook} />
      </ActionsCell>
    </tr>
  )
}
