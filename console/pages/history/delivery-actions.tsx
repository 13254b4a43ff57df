import { Button, Group, Tooltip } from '@mantine/core'
import { IconBan, IconHelpCircle, IconRotateClockwise2 } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { type DeliveryWithAttempts, isSettled, useCancelDelivery } from '../../data/deliveries.ts'
import { useMay } from '../../data/session.ts'
import type { Webhook } from '../../data/webhooks.ts'
import { confirmDanger } from '../../parts/confirm.tsx'
import { ReplayOne } from './replay-one.tsx'

interface Props {
  delivery: DeliveryWithAttempts
  webhook: Webhook | null
  onOpen: (id: string) => void
}

/** Why it was sent; and for those who may: again, or not at all. */
export function DeliveryActions({ delivery, webhook, onOpen }: Props) {
  const { t } = useTranslation(['history', 'common'])
  const may = useMay()
  const [replaying, setReplaying] = useState(false)
  const cancel = useCancelDelivery()
  const refused =
    webhook === null
      ? t('detail.noReplayDeleted')
      : webhook.status === 'disabled'
        ? t('detail.noReplayDisabled')
        : null
  const askCancel = () =>
    confirmDanger({
      title: t('cancelOne.title'),
      about: t('cancelOne.about'),
      yes: t('cancelOne.yes'),
      no: t('cancelMany.keep'),
      onYes: () => cancel.mutate(delivery.id),
    })
  return (
    <Group gap="xs">
      <Button
        component={Link}
        to={`/events/${delivery.event_id}`}
        size="xs"
        variant="default"
        leftSection={<IconHelpCircle size={15} />}
      >
        {t('detail.why')}
      </Button>
      {may.manage && !isSettled(delivery) && (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconBan size={15} />}
          loading={cancel.isPending}
          onClick={askCancel}
        >
          {t('detail.cancel')}
        </Button>
      )}
      {may.manage && isSettled(delivery) && (
        <Tooltip label={refused} disabled={refused === null} multiline maw={280}>
          <Button
            size="xs"
            leftSection={<IconRotateClockwise2 size={15} />}
            data-disabled={refused !== null || undefined}
            aria-disabled={refused !== null}
            onClick={() => refused === null && setReplaying(true)}
          >
            {t('detail.replay')}
          </Button>
        </Tooltip>
      )}
      <ReplayOne delivery={delivery} opened={replaying} onClose={() => setReplaying(false)} onMade={onOpen} />
    </Group>
  )
}
