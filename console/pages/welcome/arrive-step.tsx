import { Alert, Anchor, Card, Group, Loader, Stack, Text } from '@mantine/core'
import { useTimeout } from '@mantine/hooks'
import { IconCircleCheck, IconInfoCircle } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { decisionsQuery } from '../../data/events.ts'
import type { InspectorRequest } from '../../data/inspectors.ts'
import { ExchangeRequest } from '../../parts/exchange/request.tsx'
import { ProblemAlert } from '../../parts/problem/alert.tsx'
import { ReasonText } from '../../parts/verdict.tsx'
import type { Move } from './move-step.tsx'
import type { Guide } from './plan.ts'
import { SignatureLine } from './signature-line.tsx'
import { Step } from './step.tsx'

/** After so long without a request one wants to know why. */
const patienceMs = 4000

interface Props {
  guide: Guide
  move: Move | null
  requests: InspectorRequest[]
  /** The lead was moved, now or before. */
  isDue: boolean
  problem: Error | null
}

/** The request as it arrives: how long it took, whether it is signed, and all that it holds. */
export function ArriveStep({ guide, move, requests, isDue, problem }: Props) {
  const { t } = useTranslation('welcome')
  const [newest] = requests
  const hasArrived = newest !== undefined && newest.id !== move?.lastRequestId
  const state = newest ? 'done' : isDue ? 'now' : 'later'
  return (
    <Step
      number={4}
      title={t('arrive.title')}
      state={state}
      about={state === 'later' ? undefined : t('arrive.about')}
    >
      {state !== 'later' && (
        <Stack gap="sm">
          {problem && <ProblemAlert problem={problem} />}
          <div aria-live="polite">
            {move && hasArrived && <Arrived key={move.clickedAt} clickedAt={move.clickedAt} />}
            {move && !hasArrived && <Waiting key={move.clickedAt} move={move} guide={guide} />}
            {!move && !newest && <Text size="sm">{t('arrive.moveAgain')}</Text>}
          </div>
          {newest && (
            <Card withBorder padding="md" data-testid="arrived-request">
              <Stack gap="sm">
                <SignatureLine request={newest} webhookId={guide.webhook.id} />
                <ExchangeRequest request={newest} />
                <Text size="sm">
                  <Anchor component={Link} to={`/inspector/${guide.inspector.id}`}>
                    {t('arrive.inspector')}
                  </Anchor>
                </Text>
              </Stack>
            </Card>
          )}
        </Stack>
      )}
    </Step>
  )
}

function Arrived({ clickedAt }: { clickedAt: number }) {
  const { t, i18n } = useTranslation('welcome')
  // It is here as soon as it is first seen.
  const [tookMs] = useState(() => performance.now() - clickedAt)
  const seconds = new Intl.NumberFormat(i18n.language, { maximumSignificantDigits: 2 }).format(tookMs / 1000)
  return (
    <Group gap={8} wrap="nowrap" data-testid="arrived">
      <IconCircleCheck
        size={22}
        color="var(--mantine-color-green-text)"
        style={{ flexShrink: 0 }}
        aria-hidden
      />
      <Text fw={600}>{t('arrive.took', { seconds })}</Text>
    </Group>
  )
}

/** On its way, or the reason why nothing comes: what was decided is known at once. */
function Waiting({ move: { eventId }, guide: { webhook } }: { move: Move; guide: Guide }) {
  const { t } = useTranslation('welcome')
  const [isLate, setLate] = useState(false)
  useTimeout(() => setLate(true), patienceMs, { autoInvoke: true })
  const decisions = useQuery({ ...decisionsQuery(eventId ?? ''), enabled: eventId !== null })
  const decision = decisions.data?.find(({ webhook_id }) => webhook_id === webhook.id)
  const isSkipped = eventId === null || decision?.verdict === 'skipped'
  return (
    <Stack gap="sm">
      {!isSkipped && (
        <Group gap={10} wrap="nowrap">
          <Loader size="sm" aria-hidden />
          <Text>{t('arrive.waiting')}</Text>
        </Group>
      )}
      {decisions.error && <ProblemAlert problem={decisions.error} retry={() => void decisions.refetch()} />}
      {isSkipped && (
        <Alert color="gray" variant="light" title={t('why.skipped')} icon={<IconInfoCircle />}>
          <Text size="sm">{decision ? <ReasonText reason={decision.reason} /> : t('why.noEvent')}</Text>
          <WhereToLook eventId={eventId} webhookId={webhook.id} deliveryId={null} />
        </Alert>
      )}
      {!isSkipped && isLate && (
        <Alert color="yellow" variant="light" title={t('why.title')} icon={<IconInfoCircle />}>
          <Text size="sm">{t(webhook.status === 'active' ? 'why.fired' : `why.${webhook.status}`)}</Text>
          <WhereToLook eventId={eventId} webhookId={webhook.id} deliveryId={decision?.delivery_id ?? null} />
        </Alert>
      )}
    </Stack>
  )
}

interface WhereProps {
  eventId: string | null
  webhookId: string
  deliveryId: string | null
}

function WhereToLook({ eventId, webhookId, deliveryId }: WhereProps) {
  const { t } = useTranslation('welcome')
  const places = [
    ...(deliveryId === null ? [] : [{ to: `/history/${deliveryId}`, title: t('why.delivery') }]),
    ...(eventId === null ? [] : [{ to: `/events/${eventId}`, title: t('why.event') }]),
    { to: `/webhooks/${webhookId}`, title: t('why.webhook') },
  ]
  return (
    <Group gap="md" mt={6}>
      {places.map(({ to, title }) => (
        <Anchor key={to} component={Link} to={to} size="sm">
          {title}
        </Anchor>
      ))}
    </Group>
  )
}
