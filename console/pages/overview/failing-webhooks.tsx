import { Anchor, Group, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { isFailing, type Webhook } from '../../data/webhooks.ts'
import { StatusBadge } from '../../parts/status-badge.tsx'
import { Time } from '../../parts/time.tsx'

/** Who needs a look, the longest failing first; switched off by failures counts too. */
export function FailingWebhooks({ webhooks }: { webhooks: Webhook[] }) {
  const { t } = useTranslation('overview')
  const failing = webhooks
    .filter(isFailing)
    .sort((a, b) => (a.health.failing_since ?? '9').localeCompare(b.health.failing_since ?? '9'))
  if (failing.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('failing.none')}
      </Text>
    )
  }
  return (
    <Stack gap="sm" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
      {failing.map(({ id, name, health, last_delivery }) => (
        <Group key={id} component="li" justify="space-between" wrap="nowrap" align="flex-start">
          <div style={{ minWidth: 0 }}>
            <Anchor component={Link} to={`/webhooks/${id}`} fw={600} style={{ overflowWrap: 'anywhere' }}>
              {name}
            </Anchor>
            <Text size="sm" c="dimmed">
              {t('failing.row', { count: health.failures_in_a_row })}
              {last_delivery?.status_code
                ? ` · ${t('failing.code', { code: last_delivery.status_code })}`
                : ''}
              {health.failing_since && (
                <>
                  {' · '}
                  {t('failing.since')} <Time at={health.failing_since} />
                </>
              )}
            </Text>
          </div>
          <StatusBadge status="failing" />
        </Group>
      ))}
    </Stack>
  )
}
