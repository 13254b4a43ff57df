import { Stack, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { eventDeliveries } from '../../data/deliveries.ts'
import { DeliveryLines } from '../../parts/delivery/lines.tsx'
import { useWebhookName } from './use-webhook-name.ts'

interface Props {
  eventId: string
  /** The one that is shown already. */
  id: string
  onOpen: (id: string) => void
}

/** What else was sent for the same event: to other webhooks, or again. */
export function OtherDeliveries({ eventId, id, onOpen }: Props) {
  const { t } = useTranslation('history')
  const { data = [] } = useQuery(eventDeliveries(eventId))
  const webhookName = useWebhookName()
  const others = data.filter((delivery) => delivery.id !== id)
  if (others.length === 0) return null
  return (
    <Stack gap="sm" component="section" aria-label={t('detail.others')}>
      <Title order={3} size="h4">
        {t('detail.others')}
      </Title>
      <DeliveryLines deliveries={others} webhookName={webhookName} onOpen={onOpen} />
    </Stack>
  )
}
