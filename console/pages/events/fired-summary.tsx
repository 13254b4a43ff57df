import { Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { deliveryStates } from '../../data/deliveries.ts'
import type { ListedEvent } from '../../data/events.ts'

/** How many webhooks fired for an event, and how their deliveries stand. */
export function FiredSummary({ event: { decisions, deliveries } }: { event: ListedEvent }) {
  const { t } = useTranslation(['events', 'common'])
  const { fired } = decisions
  if (fired === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('list.firedNone')}
      </Text>
    )
  }
  const counts = deliveryStates
    .map((state) => ({ state, count: deliveries.filter((delivery) => delivery.state === state).length }))
    .filter(({ count }) => count > 0)
  return (
    <div>
      <Text size="sm">{t('list.firedCount', { count: fired })}</Text>
      <Group gap="0 8px">
        {counts.map(({ state, count }) => (
          <Text key={state} size="xs" c="dimmed" span>
            {count === fired ? t(`common:status.${state}`) : `${t(`common:status.${state}`)}: ${count}`}
          </Text>
        ))}
      </Group>
    </div>
  )
}
