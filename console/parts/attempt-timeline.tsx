import { Accordion, Badge, Group, Stack, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Attempt } from '../data/deliveries.ts'
import { DeliveryMoment } from './delivery/moment.tsx'
import { formatMs } from './format-ms.ts'
import { ExchangeRequest } from './exchange/request.tsx'
import { ExchangeResponse } from './exchange/response.tsx'
import { StatusBadge } from './status-badge.tsx'

const failures = ['guard', 'dns', 'connect', 'tls', 'timeout', 'reset', 'template'] as const

interface Props {
  /** In their order. */
  attempts: Attempt[]
  /** The webhook's version of today; null where it is deleted. */
  version: number | null
}

/** Every attempt with what was sent and what came back; the last one is open. */
export function AttemptTimeline({ attempts, version }: Props) {
  const lastId = attempts.at(-1)?.id ?? null
  const [opened, setOpened] = useState<string[]>(lastId === null ? [] : [lastId])
  const [seen, setSeen] = useState(lastId)
  // A new attempt opens, as the last one did before it.
  if (lastId !== null && lastId !== seen) {
    setSeen(lastId)
    setOpened((before) => [...before.filter((id) => id !== seen), lastId])
  }
  return (
    <Accordion multiple variant="separated" order={4} value={opened} onChange={setOpened} radius="md">
      {attempts.toReversed().map((attempt) => (
        <Accordion.Item key={attempt.id} value={attempt.id}>
          <Accordion.Control>
            <Line attempt={attempt} />
          </Accordion.Control>
          <Accordion.Panel>
            {opened.includes(attempt.id) && <Exchange attempt={attempt} version={version} />}
          </Accordion.Panel>
        </Accordion.Item>
      ))}
    </Accordion>
  )
}

function Line({ attempt }: { attempt: Attempt }) {
  const { t, i18n } = useTranslation('history')
  const { number, outcome, reason, response, duration_ms, started_at, late, probe } = attempt
  const failure = failures.find((known) => known === reason)
  const what = response ? `HTTP ${response.status_code}` : failure ? t(`attempt.failure.${failure}`) : null
  return (
    <Group gap="xs" justify="space-between">
      <Group gap="xs">
        <Text size="sm" fw={600}>
          {t('attempt.number', { number })}
        </Text>
        <StatusBadge status={outcome} />
        {what && <Text size="sm">{what}</Text>}
        {probe && (
          <Badge size="sm" variant="default" tt="none" title={t('attempt.probeAbout')}>
            {t('attempt.probe')}
          </Badge>
        )}
        {late && (
          <Badge size="sm" variant="default" tt="none" title={t('attempt.lateAbout')}>
            {t('attempt.late')}
          </Badge>
        )}
      </Group>
      <Group gap="xs">
        <Text size="xs" c="dimmed">
          {formatMs(duration_ms, i18n.language)}
        </Text>
        <DeliveryMoment at={started_at} inline />
      </Group>
    </Group>
  )
}

function Exchange({ attempt, version }: { attempt: Attempt; version: number | null }) {
  const { t } = useTranslation(['history', 'exchange'])
  const { outcome, reason, detail, duration_ms, request, response, webhook_version, late, probe } = attempt
  const old = version !== null && version !== webhook_version
  return (
    <Stack gap="md">
      {late && <Text size="sm">{t('attempt.lateAbout')}</Text>}
      {probe && <Text size="sm">{t('attempt.probeAbout')}</Text>}
      <section>
        <Title order={5} size="h5" mb={6}>
          {t('exchange:response.title')}
        </Title>
        <ExchangeResponse
          response={response}
          outcome={outcome}
          reason={reason}
          durationMs={duration_ms}
          detail={detail}
        />
      </section>
      <section>
        <Title order={5} size="h5" mb={6}>
          {t('exchange:request.title')}
        </Title>
        <ExchangeRequest request={request} />
      </section>
      <Text size="xs" c="dimmed">
        {old
          ? t('attempt.versionOld', { version: webhook_version, now: version })
          : t('attempt.version', { version: webhook_version })}
      </Text>
    </Stack>
  )
}
