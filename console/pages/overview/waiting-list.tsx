import { Anchor, Group, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Waiting } from '../../data/stats.ts'
import type { Webhook } from '../../data/webhooks.ts'
import { Time } from '../../parts/time.tsx'

const shownMax = 5

/** What has not arrived yet, the oldest first. */
export function WaitingList({ waiting, webhooks }: { waiting: Waiting; webhooks: Webhook[] }) {
  const { t } = useTranslation('overview')
  if (waiting.items.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('waiting.none')}
      </Text>
    )
  }
  return (
    <Stack gap="xs" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
      {waiting.items.slice(0, shownMax).map(({ webhook_id, deliveries, oldest }) => (
        <Group key={webhook_id} component="li" justify="space-between" wrap="nowrap" align="baseline">
          <Anchor
            component={Link}
            to={`/history?${new URLSearchParams({ webhook_id, state: 'pending,sending,waiting' })}`}
            style={{ overflowWrap: 'anywhere', minWidth: 0 }}
          >
            {webhooks.find(({ id }) => id === webhook_id)?.name ?? webhook_id}
          </Anchor>
          <Text size="sm" c="dimmed" ta="right" style={{ flexShrink: 0 }}>
            {t('waiting.row', { count: deliveries })}, <Time at={oldest.created_at} />
          </Text>
        </Group>
      ))}
    </Stack>
  )
}
