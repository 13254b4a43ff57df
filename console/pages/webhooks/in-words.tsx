import { Badge, Code, Group, List, Stack, Text } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useCatalogue } from '../../data/catalogue.ts'
import { allPipelines } from '../../data/pipelines.ts'
import type { ScopeEntry, Webhook } from '../../data/webhooks.ts'
import { conditionText } from '../../parts/condition/text.ts'
import { useConditionWords } from '../../parts/condition/words.ts'
import { formatDuration } from '../../parts/duration/duration.ts'
import { EventName } from '../../parts/event-name.tsx'
import { StageBadge } from '../../parts/stage/badge.tsx'

interface Props {
  webhook: Webhook
}

/** Its events, and where the record must stand. */
export function WhenSummary({ webhook: { events, scope, entering } }: Props) {
  const { t } = useTranslation('webhooks')
  return (
    <Stack gap="xs">
      <List size="sm" spacing={4}>
        {events.map((type) => (
          <List.Item key={type}>
            <EventName type={type} withCode />
          </List.Item>
        ))}
      </List>
      {scope.length > 0 && (
        <div>
          <Text size="sm" c="dimmed">
            {t(`summary.entering.${entering}`)}
          </Text>
          <Stack gap={6} mt={4}>
            {scope.map((entry) => (
              <Place key={JSON.stringify(entry)} entry={entry} />
            ))}
          </Stack>
        </div>
      )}
    </Stack>
  )
}

function Place({ entry: { pipeline_id, stage_ids, period_ids } }: { entry: ScopeEntry }) {
  const { t } = useTranslation('webhooks')
  const { data: pipelines } = useSuspenseQuery(allPipelines)
  const pipeline = pipelines.find(({ id }) => id === pipeline_id)
  return (
    <Group gap={6}>
      {pipeline_id && (
        <Text size="sm" fw={600}>
          {pipeline?.name ?? pipeline_id}
        </Text>
      )}
      {pipeline_id && !stage_ids && <Text size="sm">{t('summary.everyStage')}</Text>}
      {stage_ids?.map((stageId) => {
        const stage = pipeline?.stages.find(({ id }) => id === stageId)
        return stage ? (
          <StageBadge key={stageId} stage={stage} />
        ) : (
          <Badge key={stageId} variant="default" tt="none">
            {stageId}
          </Badge>
        )
      })}
      {period_ids?.map((periodId) => (
        <Badge key={periodId} variant="default" tt="none">
          {t('summary.period', { id: periodId })}
        </Badge>
      ))}
    </Group>
  )
}

/** Its conditions as a sentence, and how often it fires. */
export function IfSummary({ webhook: { events, conditions, fire, limits } }: Props) {
  const { t, i18n } = useTranslation('webhooks')
  const kinds = [...new Set(events.map((type) => type.split('.')[0]!))].filter((kind) => kind !== '*')
  const words = useConditionWords(kinds)
  const { per_record, min_interval_s, per } = limits
  return (
    <Stack gap={6}>
      <Text size="sm">{conditionText(conditions, words)}</Text>
      {fire === 'becomes_true' && <Text size="sm">{t('summary.becomesTrue')}</Text>}
      {per_record !== null && <Text size="sm">{t(`summary.limit.${per}`, { count: per_record })}</Text>}
      {min_interval_s !== null && (
        <Text size="sm">
          {t('summary.interval', { duration: formatDuration(min_interval_s, i18n.language) })}
        </Text>
      )}
    </Stack>
  )
}

/** Its request. */
export function SendSummary({ webhook: { request, delivery } }: Props) {
  const { t } = useTranslation('webhooks')
  const { formats } = useCatalogue()
  const { method, url, format, auth, headers } = request
  return (
    <Stack gap={6}>
      <Text size="sm" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
        <b>{method}</b> {url}
      </Text>
      <Facts
        facts={[
          [t('summary.format'), formats.find(({ name }) => name === format)?.title ?? format],
          [t('summary.auth'), t(`summary.authType.${auth.type}`)],
          [
            t('summary.signing'),
            delivery.signing === 'standard' ? 'Standard Webhooks' : t('summary.notSigned'),
          ],
        ]}
      />
      {headers.map(({ name }) => (
        <Code key={name}>{name}</Code>
      ))}
    </Stack>
  )
}

/** How it is delivered. */
export function DeliverySummary({ webhook: { delivery, delay_s, active_hours } }: Props) {
  const { t, i18n } = useTranslation('webhooks')
  const { retry_policies } = useCatalogue()
  const duration = (seconds: number) => formatDuration(seconds, i18n.language)
  const { retry, timeout_s, rate_per_s, order, expires_s, slots } = delivery
  const facts: [string, string][] = [
    [t('summary.retry'), retry_policies.find(({ name }) => name === retry.policy)?.title ?? retry.policy],
    [t('summary.timeout'), duration(timeout_s)],
    [t('summary.expires'), duration(expires_s)],
    [t('summary.slots'), String(slots)],
  ]
  if (rate_per_s !== null) facts.push([t('summary.rate'), t('summary.perSecond', { count: rate_per_s })])
  if (order === 'record') facts.push([t('summary.order'), t('summary.orderRecord')])
  if (delay_s > 0) facts.push([t('summary.delay'), duration(delay_s)])
  if (active_hours) {
    const days = new Intl.DateTimeFormat(i18n.language, { weekday: 'short', timeZone: 'UTC' })
    // 5 January 2026 is a Monday.
    const names = active_hours.days.map((day) => days.format(Date.UTC(2026, 0, 4 + day)))
    facts.push([
      t('summary.hours'),
      `${names.join(', ')} ${active_hours.from}–${active_hours.to} (${active_hours.time_zone})`,
    ])
  }
  return <Facts facts={facts} />
}

function Facts({ facts }: { facts: [string, string][] }) {
  return (
    <dl style={{ display: 'grid', gridTemplateColumns: 'auto 1fr', gap: '4px 16px', margin: 0 }}>
      {facts.map(([name, value]) => (
        <div key={name} style={{ display: 'contents' }}>
          <Text component="dt" size="sm" c="dimmed">
            {name}
          </Text>
          <Text component="dd" size="sm" m={0} style={{ overflowWrap: 'anywhere' }}>
            {value}
          </Text>
        </div>
      ))}
    </dl>
  )
}
