import { Anchor, Box, Group, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Delivery } from '../../data/deliveries.ts'
import type { CrmEvent, Decision } from '../../data/events.ts'
import { useNames } from '../../data/names.ts'
import { useMay } from '../../data/session.ts'
import { DeliveryState } from '../../parts/delivery/state.tsx'
import { FailedRows } from '../../parts/trace/trace.tsx'
import { ReasonText, Verdict } from '../../parts/verdict.tsx'
import classes from './page.module.css'

interface Props {
  event: CrmEvent
  decision: Decision
  /** What it fired, as far as that is known. */
  delivery: Delivery | null
  /** The webhook has not been deleted since. */
  exists: boolean
}

/** What one webhook decided, why, and what to do about it. */
export function DecisionRow({ event, decision, delivery, exists }: Props) {
  const { t } = useTranslation(['events', 'history'])
  const may = useMay()
  const nameOf = useNames([event.record.kind])
  const { webhook_id, webhook_name, verdict, reason, failed, delivery_id } = decision
  // That it was skipped goes without saying where it is not meant for the event.
  const bare = verdict === 'fired' || reason === 'not_subscribed' || reason === 'other_stage'
  return (
    <Box py="sm" className={classes['decision'] ?? ''}>
      <Group justify="space-between" align="flex-start" gap="sm" wrap="nowrap">
        <Stack gap={6} style={{ minWidth: 0, flexGrow: 1 }}>
          {exists ? (
            <Anchor
              component={Link}
              to={`/webhooks/${webhook_id}`}
              size="sm"
              fw={600}
              style={{ overflowWrap: 'anywhere' }}
            >
              {webhook_name}
            </Anchor>
          ) : (
            <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
              {webhook_name}{' '}
              <Text span inherit fw={400} c="dimmed">
                ({t('why.deleted')})
              </Text>
            </Text>
          )}
          {bare ? (
            <Text size="sm" c="dimmed">
              <ReasonText reason={reason} />
            </Text>
          ) : (
            <Verdict verdict={verdict} reason={reason} />
          )}
          {failed.length > 0 && <FailedRows failed={failed} kinds={[event.record.kind]} nameOf={nameOf} />}
          <Group gap="md">
            {delivery_id !== null && (
              <Anchor component={Link} to={`/history/${delivery_id}`} size="sm">
                {t('why.delivery')}
              </Anchor>
            )}
            {exists && may.manage && reason !== 'not_subscribed' && (
              <Anchor
                component={Link}
                to={`/webhooks/${webhook_id}/edit?${new URLSearchParams({ try: event.id })}`}
                size="sm"
              >
                {t('why.try')}
              </Anchor>
            )}
          </Group>
        </Stack>
        {delivery && <DeliveryState delivery={delivery} />}
      </Group>
    </Box>
  )
}
