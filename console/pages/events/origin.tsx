import { Anchor, Group, List, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useCatalogue } from '../../data/catalogue.ts'
import type { CrmEvent } from '../../data/events.ts'
import { useNames } from '../../data/names.ts'
import { allWebhooks } from '../../data/webhooks.ts'
import { recordTitle } from '../../parts/change-table/fields.ts'
import { CopyButton } from '../../parts/copy-button.tsx'
import { DeliveryFacts } from '../../parts/delivery/facts.tsx'
import { Panel } from '../../parts/panel.tsx'
import { Time } from '../../parts/time.tsx'

/** Where an event came from: who did it, when, by what, and what caused it. */
export function Origin({ event }: { event: CrmEvent }) {
  const { t } = useTranslation('events')
  const { record, occurred_at, received_at, sequence, external_id, bulk, caused_by, id } = event
  const kinds = useCatalogue().kinds
  const kind = kinds.find(({ name }) => name === record.kind)
  return (
    <Panel title={t('detail.title')}>
      <Stack gap="md">
        <DeliveryFacts
          facts={[
            {
              title: t('detail.record'),
              value: kind ? (
                <>
                  <Anchor
                    component={Link}
                    to={`/records/${record.kind}/${encodeURIComponent(record.id)}`}
                    inherit
                  >
                    {recordTitle(event)}
                  </Anchor>
                  <Text size="xs" c="dimmed">
                    {kind.title} {record.id}
                  </Text>
                </>
              ) : record.kind === 'webhook' ? (
                <Anchor component={Link} to={`/webhooks/${record.id}`} inherit>
                  {recordTitle(event)}
                </Anchor>
              ) : record.kind === 'delivery' ? (
                <Anchor component={Link} to={`/history/${record.id}`} inherit>
                  {record.id}
                </Anchor>
              ) : (
                recordTitle(event)
              ),
            },
            { title: t('detail.when'), value: <Time at={occurred_at} show="moment" /> },
            {
              title: t('detail.received'),
              value: occurred_at !== received_at && <Time at={received_at} show="moment" />,
            },
            { title: t('detail.actor'), value: <Actor event={event} /> },
            { title: t('detail.source'), value: <Source source={event.source} /> },
            { title: t('detail.bulk'), value: bulk && t('detail.yes') },
            { title: t('detail.sequence'), value: sequence > 0 && String(sequence) },
            { title: t('detail.externalId'), value: external_id },
            {
              title: t('detail.id'),
              value: (
                <Group gap={4} wrap="nowrap">
                  <Text span ff="monospace" size="xs" style={{ overflowWrap: 'anywhere' }}>
                    {id}
                  </Text>
                  <CopyButton value={id} />
                </Group>
              ),
            },
          ]}
        />
        {caused_by && <Cause cause={caused_by} />}
      </Stack>
    </Panel>
  )
}

function Actor({ event: { actor } }: { event: CrmEvent }) {
  const { t } = useTranslation('events')
  const nameOf = useNames()
  const { kind, id } = actor
  if (id === null) return t(`actor.${kind}`)
  if (kind === 'user') return nameOf('user', id, 'actor.id') ?? `${t('actor.user')} (${id})`
  if (id.startsWith('mem_')) return t('actor.member')
  if (id.startsWith('src_')) {
    return (
      <Anchor component={Link} to={`/sources/${id}`} inherit>
        {t('actor.source')}
      </Anchor>
    )
  }
  return t(`actor.${kind}`)
}

const sources = ['ui', 'api', 'import', 'system'] as const

function Source({ source }: { source: string }) {
  const { t } = useTranslation('events')
  const catalogue = useCatalogue()
  const known = sources.find((name) => name === source)
  return known
    ? t(`source.${known}`)
    : (catalogue.sources.find(({ name }) => name === source)?.title ?? source)
}

/** The webhooks whose requests led to this, the first one first, and the event that it began with. */
function Cause({ cause }: { cause: NonNullable<CrmEvent['caused_by']> }) {
  const { t } = useTranslation(['events', 'history'])
  const { data } = useQuery({ ...allWebhooks, staleTime: 30_000 })
  return (
    <div>
      <Text size="sm" fw={600}>
        {t('detail.cause')}
      </Text>
      <Text size="sm" c="dimmed">
        {t('detail.causeAbout')}
      </Text>
      <List size="sm" my={4} type="ordered">
        {cause.chain.map((id) => {
          const webhook = data?.find((known) => known.id === id)
          return (
            <List.Item key={id}>
              {webhook ? (
                <Anchor component={Link} to={`/webhooks/${id}`} inherit>
                  {webhook.name}
                </Anchor>
              ) : (
                t('history:list.deletedWebhook')
              )}
            </List.Item>
          )
        })}
      </List>
      <Anchor component={Link} to={`/events/${cause.event_id}`} size="sm">
        {t('detail.causeEvent')}
      </Anchor>
    </div>
  )
}
