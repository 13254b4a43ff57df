import {
  Alert,
  Anchor,
  Button,
  Card,
  Group,
  Loader,
  SegmentedControl,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core'
import { IconBell, IconCircleCheck } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { type Preset, useCatalogue } from '../../data/catalogue.ts'
import { ApiProblem } from '../../data/client.ts'
import { useSendTest } from '../../data/preview.ts'
import { allWebhooks, useMakeWebhook, type Webhook } from '../../data/webhooks.ts'
import { ExchangeResponse } from '../../parts/exchange/response.tsx'
import { GuideLink } from '../../parts/guide-link.tsx'
import { ProblemAlert } from '../../parts/problem/alert.tsx'
import { detailText } from '../../parts/problem/text.ts'
import { isAlert } from './plan.ts'

/** Tells somebody when a webhook fails: one address, one click, and a test at once. */
export function Alerts() {
  const { t } = useTranslation('welcome')
  const { presets, system_events } = useCatalogue()
  const { data: webhooks } = useSuspenseQuery(allWebhooks)
  const ofServer = system_events.map(({ type }) => type)
  const alerts = presets.filter((preset) => isAlert(preset, ofServer))
  const [name, setName] = useState(
    alerts.find(({ system }) => system !== null)?.name ?? alerts[0]?.name ?? '',
  )
  const [made, setMade] = useState<Webhook | null>(null)
  const test = useSendTest()
  const preset = alerts.find((one) => one.name === name)
  const there = webhooks.filter(
    ({ events, id }) => id !== made?.id && events.some((type) => ofServer.includes(type)),
  )
  if (!preset) return null
  return (
    <Card withBorder padding="md">
      <Stack gap="sm">
        <Group gap={8} wrap="nowrap">
          <IconBell size={20} stroke={1.7} aria-hidden />
          <Title order={3} size="h5">
            {t('alerts.title')}
          </Title>
        </Group>
        <Text size="sm">
          {t('alerts.about')} <GuideLink name="alert" />
        </Text>
        {there.length > 0 && (
          <Text size="sm" c="dimmed">
            {t('alerts.there')}{' '}
            {there.map(({ id, name }, index) => (
              <span key={id}>
                {index > 0 && ', '}
                <Anchor component={Link} to={`/webhooks/${id}`} inherit>
                  {name}
                </Anchor>
              </span>
            ))}
          </Text>
        )}
        {made ? (
          <Made webhook={made} test={test} onMore={() => setMade(null)} />
        ) : (
          <>
            <SegmentedControl
              aria-label={t('alerts.where')}
              value={name}
              onChange={setName}
              data={alerts.map((one) => ({ value: one.name, label: one.system ?? t('alerts.anyUrl') }))}
            />
            <AlertForm
              key={preset.name}
              preset={preset}
              onMade={(webhook) => {
                setMade(webhook)
                test.reset()
                test.mutate(testOf(webhook.id))
              }}
            />
          </>
        )}
      </Stack>
    </Card>
  )
}

function AlertForm({ preset, onMade }: { preset: Preset; onMade: (webhook: Webhook) => void }) {
  const { t } = useTranslation('welcome')
  const make = useMakeWebhook()
  const [url, setUrl] = useState('')
  const ask = preset.asks.find(({ path }) => path === 'request.url')
  const wrong =
    make.error instanceof ApiProblem
      ? make.error.errors.find(({ path }) => path === 'request.url')
      : undefined
  const submit = (event: FormEvent) => {
    event.preventDefault()
    make.mutate(
      { preset: preset.name, name: preset.title, request: { url: url.trim() } },
      { onSuccess: onMade },
    )
  }
  return (
    // The server says what is wrong, in the reader's language.
    <form onSubmit={submit} noValidate>
      <Stack gap="sm" align="flex-start">
        <TextInput
          w="100%"
          type="url"
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
          label={ask?.title ?? 'URL'}
          description={ask?.hint}
          required
          withAsterisk={false}
          value={url}
          error={wrong && detailText(wrong, t)}
          onChange={(event) => setUrl(event.currentTarget.value)}
        />
        {make.error && !wrong && <ProblemAlert problem={make.error} />}
        <Button type="submit" variant="default" loading={make.isPending} disabled={url.trim() === ''}>
          {t('alerts.do')}
        </Button>
      </Stack>
    </form>
  )
}

const testOf = (id: string) => ({ webhook: { id }, subject: { sample: true } as const })

interface MadeProps {
  webhook: Webhook
  test: ReturnType<typeof useSendTest>
  onMore: () => void
}

/** The alert is there; a test shows whether it arrives. */
function Made({ webhook: { id, name }, test, onMore }: MadeProps) {
  const { t } = useTranslation('welcome')
  const send = () => test.mutate(testOf(id))
  const attempt = test.data?.attempt
  return (
    <Stack gap="sm">
      <Alert color="green" variant="light" title={t('alerts.made', { name })} icon={<IconCircleCheck />}>
        <Text size="sm">{t('alerts.testAbout')}</Text>
      </Alert>
      {test.isPending && (
        <Group gap={10}>
          <Loader size="sm" aria-hidden />
          <Text size="sm" role="status">
            {t('alerts.testing')}
          </Text>
        </Group>
      )}
      {attempt && (
        <Card withBorder padding="sm">
          <ExchangeResponse
            response={attempt.response}
            outcome={attempt.outcome}
            reason={attempt.reason}
            durationMs={attempt.duration_ms}
            detail={attempt.detail}
          />
        </Card>
      )}
      {test.error && <ProblemAlert problem={test.error} retry={send} />}
      <Group gap="xs">
        {!test.isPending && <Button onClick={send}>{t('alerts.testAgain')}</Button>}
        <Button component={Link} to={`/webhooks/${id}/edit`} variant="default">
          {t('alerts.edit')}
        </Button>
        <Button variant="default" onClick={onMore}>
          {t('alerts.more')}
        </Button>
      </Group>
    </Stack>
  )
}
