import { Badge, Group, List, Stack, Text } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { type Option, useCatalogue } from '../../data/catalogue.ts'
import { allPipelines } from '../../data/pipelines.ts'
import type { ScopeEntry, Webhook } from '../../data/webhooks.ts'
import { conditionText } from '../../parts/condition/text.ts'
import { useConditionWords } from '../../parts/condition/words.ts'
import { areParams, type Param } from '../../parts/described-form/params.ts'
import { EventName } from '../../parts/event-name.tsx'
import { useFieldNames } from '../../parts/field-name.ts'
import { StageBadge } from '../../parts/stage/badge.tsx'
import { deliverySummaries } from '../webhook-form/delivery-summaries.ts'

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

/** Its conditions as a sentence. */
export function IfSummary({ webhook: { events, conditions } }: Props) {
  const words = useConditionWords(kindsOf(events))
  return <Text size="sm">{conditionText(conditions, words)}</Text>
}

function kindsOf(events: readonly string[]): string[] {
  return [...new Set(events.map((type) => type.split('.')[0]!))].filter((kind) => kind !== '*')
}

/** Its request. */
export function SendSummary({ webhook }: Props) {
  const { t } = useTranslation(['webhooks', 'form'])
  const { formats } = useCatalogue()
  const { method, url, format, auth, headers } = webhook.request
  const described = formats.find(({ name }) => name === format)
  const params = described?.options.find(areParams)
  return (
    <Stack gap={6}>
      <Text size="sm" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
        <b>{method}</b> {url}
      </Text>
      <Facts
        facts={[
          [t('summary.format'), described?.title ?? format],
          [t('summary.auth'), t(`summary.authType.${auth.type}`)],
          [
            t('summary.signing'),
            webhook.delivery.signing === 'standard' ? 'Standard Webhooks' : t('summary.notSigned'),
          ],
          ...(headers.length > 0
            ? [[t('form:field.headers'), headers.map(({ name }) => name).join(', ')] as [string, string]]
            : []),
        ]}
      />
      {params && <ParamsSummary webhook={webhook} option={params} />}
    </Stack>
  )
}

/** What each parameter carries. */
function ParamsSummary({ webhook: { events, request }, option }: Props & { option: Option }) {
  const { t } = useTranslation('exchange')
  const { nameOf } = useFieldNames(kindsOf(events))
  const rows = request.options[option.name]
  if (!Array.isArray(rows) || rows.length === 0) return null
  return (
    <>
      <Text size="sm" fw={600} mt={6}>
        {option.title}
      </Text>
      <Facts
        ofCode
        facts={(rows as unknown as Param[]).map(({ name, from, value }) => [
          name,
          from === 'field' ? nameOf(value) : t('condition.quote', { text: value }),
        ])}
      />
    </>
  )
}

/** How it is delivered, in the form's own words. */
export function DeliverySummary({ webhook }: Props) {
  const { t, i18n } = useTranslation('form')
  const { retry_policies } = useCatalogue()
  const said = deliverySummaries(webhook, { t, language: i18n.language, policies: retry_policies })
  return (
    <Facts
      facts={(['retries', 'pace', 'firing', 'hours', 'off'] as const).map((part) => [
        t(`delivery.${part}`),
        said[part],
      ])}
    />
  )
}

/** `ofCode`: their names are as they stand in the request. */
function Facts({ facts, ofCode = false }: { facts: [string, string][]; ofCode?: boolean }) {
  return (
    <dl style={{ display: 'grid', gridTemplateColumns: 'fit-content(45%) 1fr', gap: '4px 16px', margin: 0 }}>
      {facts.map(([name, value]) => (
        <div key={name} style={{ display: 'contents' }}>
          <Text
            component="dt"
            size="sm"
            c="dimmed"
            style={{ overflowWrap: 'anywhere' }}
            {...(ofCode ? { ff: 'monospace' } : {})}
          >
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
