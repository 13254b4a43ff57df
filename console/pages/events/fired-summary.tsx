import { Group, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { deliveryStates, eventDeliveries } from '../../data/deliveries.ts'

/** Rows that fly by while somebody scrolls ask for nothing. */
const dwellMs = 120
/** As many as one answer holds. */
const countedMax = 100

/** How many webhooks fired for an event, and how their deliveries stand. */
export function FiredSummary({ eventId }: { eventId: string }) {
  const { t } = useTranslation(['events', 'common'])
  const [stays, setStays] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setStays(true), dwellMs)
    return () => clearTimeout(timer)
  }, [])
  const { data } = useQuery({ ...eventDeliveries(eventId), enabled: stays, staleTime: 60_000 })
  if (!data) return null
  const fired = data.filter(({ purpose }) => purpose === 'event')
  if (fired.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('list.firedNone')}
      </Text>
    )
  }
  const counts = deliveryStates
    .map((state) => ({ state, count: fired.filter((delivery) => delivery.state === state).length }))
    .filter(({ count }) => count > 0)
  return (
    <div>
      <Text size="sm">
        {data.length >= countedMax
          ? t('list.firedMany', { count: fired.length })
          : t('list.firedCount', { count: fired.length })}
      </Text>
      <Group gap="0 8px">
        {counts.map(({ state, count }) => (
          <Text key={state} size="xs" c="dimmed" span>
            {counts.length === 1 ? t(`common:status.${state}`) : `${t(`common:status.${state}`)}: ${count}`}
          </Text>
        ))}
      </Group>
    </div>
  )
}
