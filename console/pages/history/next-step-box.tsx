import { Alert, Anchor, Text } from '@mantine/core'
import { useInterval } from '@mantine/hooks'
import { IconClock, IconHandStop, IconSend } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Trans, useTranslation } from 'react-i18next'
import { Link, useLocation } from 'react-router'
import { type Delivery, recordLine } from '../../data/deliveries.ts'
import type { ActiveHours, Webhook } from '../../data/webhooks.ts'
import { DeliveryCountdown } from '../../parts/delivery/countdown.tsx'
import { Time } from '../../parts/time.tsx'
import { nextStep } from './next-step.ts'

interface Props {
  delivery: Delivery
  /** null where it was deleted. */
  webhook: Webhook | null
}

/** What happens next to a delivery that is under way, when, and why not now. */
export function NextStepBox({ delivery, webhook }: Props) {
  const { t } = useTranslation('history')
  const line = useQuery({
    ...recordLine(delivery.webhook_id, delivery.record),
    enabled: webhook?.delivery.order === 'record',
  })
  const [now, setNow] = useState(() => Date.now())
  useInterval(() => setNow(Date.now()), 5000, { autoInvoke: true })
  const next = nextStep(delivery, webhook, line.data ?? [], now)
  if (next.step === 'settled') return null
  const held = next.step === 'paused' || next.step === 'order' || next.step === 'off'
  const Icon = next.step === 'sending' || next.step === 'turn' ? IconSend : held ? IconHandStop : IconClock
  return (
    <Alert
      variant="light"
      color={held || next.step === 'circuit' || next.step === 'blocked' ? 'yellow' : 'blue'}
      icon={<Icon />}
      title={t(`next.title.${next.step}`)}
    >
      <Text size="sm" component="div">
        <Sentence next={next} webhookId={delivery.webhook_id} number={delivery.attempt_count + 1} />
      </Text>
      <Text size="xs" c="dimmed" mt={4}>
        {t('next.expires')} <Time at={delivery.expires_at} show="moment" />
      </Text>
    </Alert>
  )
}

interface SentenceProps {
  next: ReturnType<typeof nextStep>
  webhookId: string
  number: number
}

function Sentence({ next, webhookId, number }: SentenceProps) {
  const { t } = useTranslation('history')
  const { search } = useLocation()
  switch (next.step) {
    case 'paused':
      return (
        <Trans
          t={t}
          i18nKey="next.paused"
          components={{
            to: (
              <Anchor component={Link} to={`/webhooks/${webhookId}`} inherit c="bright" underline="always" />
            ),
          }}
        />
      )
    case 'order':
      return (
        <Trans
          t={t}
          i18nKey="next.order"
          components={{
            to: (
              <Anchor
                component={Link}
                to={{ pathname: `/history/${next.first.id}`, search }}
                state="opened"
                replace
                inherit
                c="bright"
                underline="always"
              />
            ),
          }}
        />
      )
    case 'blocked':
      return (
        <>
          {t('next.blocked')} <DeliveryCountdown at={next.until} />
        </>
      )
    case 'circuit':
      return (
        <>
          {t('next.circuit')} {next.until !== null && <DeliveryCountdown at={next.until} />}
        </>
      )
    case 'hours':
      return (
        <>
          <HoursSentence hours={next.hours} /> <DeliveryCountdown at={next.at} />
        </>
      )
    case 'delay':
    case 'retry':
      return (
        <>
          {t(`next.${next.step}`, { number })} <DeliveryCountdown at={next.at} />
        </>
      )
    case 'turn':
      return next.ratePerS === null ? t('next.turn') : t('next.rate', { count: next.ratePerS })
    case 'off':
      return t('next.off')
    case 'sending':
      return t('next.sending', { number })
    case 'settled':
      return null
  }
}

/** "It is sent Mon, Tue, Wed from 09:00 to 18:00 (Europe/Warsaw)." */
function HoursSentence({ hours: { days, from, to, time_zone } }: { hours: ActiveHours }) {
  const { t, i18n } = useTranslation('history')
  const name = new Intl.DateTimeFormat(i18n.language, { weekday: 'short', timeZone: 'UTC' })
  // 5 January 2026 is a Monday.
  const named = days.toSorted((a, b) => a - b).map((day) => name.format(Date.UTC(2026, 0, 4 + day)))
  return <>{t('next.hours', { days: named.join(', '), from, to, timeZone: time_zone })}</>
}
