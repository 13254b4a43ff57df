import { Button, Skeleton, Stack, Text, TextInput, Title } from '@mantine/core'
import { IconPlus, IconSearch } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { eventDeliveries } from '../../data/deliveries.ts'
import { type CrmEvent, type Decision, decisionsQuery } from '../../data/events.ts'
import { useLive } from '../../data/live.ts'
import { useMay } from '../../data/session.ts'
import { allWebhooks } from '../../data/webhooks.ts'
import { DeliveryLines } from '../../parts/delivery/lines.tsx'
import { Panel } from '../../parts/panel.tsx'
import { ProblemAlert } from '../../parts/problem/alert.tsx'
import { DecisionRow } from './decision-row.tsx'
import { Fold } from './fold.tsx'
import { sortDecisions } from './sort-decisions.ts'

/** What each webhook decided about an event, and why. */
export function Why({ event }: { event: CrmEvent }) {
  const { t } = useTranslation(['events', 'history'])
  const client = useQueryClient()
  const decisions = useQuery(decisionsQuery(event.id))
  const { data: deliveries = [] } = useQuery(eventDeliveries(event.id))
  const { data: webhooks } = useQuery({ ...allWebhooks, staleTime: 30_000 })
  useLive({
    attempt({ event_id }) {
      if (event_id !== event.id) return
      void client.invalidateQueries({ queryKey: eventDeliveries(event.id).queryKey })
    },
  })
  const row = (decision: Decision) => (
    <DecisionRow
      key={decision.webhook_id}
      event={event}
      decision={decision}
      delivery={deliveries.find(({ id }) => id === decision.delivery_id) ?? null}
      exists={!webhooks || webhooks.some(({ id }) => id === decision.webhook_id)}
    />
  )
  const nameOf = (id: string) =>
    webhooks?.find((webhook) => webhook.id === id)?.name ??
    decisions.data?.find(({ webhook_id }) => webhook_id === id)?.webhook_name ??
    t('history:list.deletedWebhook')
  const replays = deliveries.filter(({ purpose }) => purpose === 'replay')

  if (decisions.error) {
    return (
      <Panel title={t('why.title')}>
        <ProblemAlert problem={decisions.error} retry={() => void decisions.refetch()} />
      </Panel>
    )
  }
  if (!decisions.data) {
    return (
      <Panel title={t('why.title')}>
        <Stack>
          <Skeleton height={48} />
          <Skeleton height={48} />
        </Stack>
      </Panel>
    )
  }
  const { fired, nearly, others } = sortDecisions(decisions.data)
  if (decisions.data.length === 0) return <NoWebhooks type={event.type} />
  return (
    <Panel title={t('why.title')} about={t('why.about')}>
      <Stack gap="lg">
        {fired.length > 0 ? (
          <Section title={t('why.summaryFired', { count: fired.length })}>{fired.map(row)}</Section>
        ) : (
          <Text size="sm" fw={600}>
            {t('why.summaryNone')}
          </Text>
        )}
        {replays.length > 0 && (
          <Section title={t('why.replays')}>
            <DeliveryLines deliveries={replays} webhookName={nameOf} />
          </Section>
        )}
        {nearly.length > 0 && <Section title={t('why.nearly')}>{nearly.map(row)}</Section>}
        {others.length > 0 && (
          <Fold title={t('why.othersAbout', { count: others.length })}>
            <Others decisions={others} row={row} />
          </Fold>
        )}
      </Stack>
    </Panel>
  )
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <Title order={3} size="h5" mb={4}>
        {title}
      </Title>
      {children}
    </section>
  )
}

/** From so many on they can be searched. */
const searchableFrom = 6
const shownMax = 100

function Others({ decisions, row }: { decisions: Decision[]; row: (decision: Decision) => ReactNode }) {
  const { t } = useTranslation('events')
  const [search, setSearch] = useState('')
  const needle = search.trim().toLowerCase()
  const found = decisions.filter(({ webhook_name }) => webhook_name.toLowerCase().includes(needle))
  return (
    <Stack gap={4}>
      {decisions.length >= searchableFrom && (
        <TextInput
          size="xs"
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          aria-label={t('why.search')}
          placeholder={t('why.search')}
          leftSection={<IconSearch size={14} />}
        />
      )}
      <div>{found.slice(0, shownMax).map(row)}</div>
      {found.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('why.searchNothing')}
        </Text>
      )}
      {found.length > shownMax && (
        <Text size="sm" c="dimmed">
          {t('why.moreOthers', { count: found.length - shownMax })}
        </Text>
      )}
    </Stack>
  )
}

function NoWebhooks({ type }: { type: string }) {
  const { t } = useTranslation('events')
  const may = useMay()
  return (
    <Panel title={t('why.title')}>
      <Stack align="flex-start" gap="sm">
        <Text size="sm">{t('why.noWebhooks')}</Text>
        {may.manage && (
          <Button
            component={Link}
            to={`/webhooks/new?${new URLSearchParams({ event: type })}`}
            size="xs"
            leftSection={<IconPlus size={14} />}
          >
            {t('why.noWebhooksAction')}
          </Button>
        )}
      </Stack>
    </Panel>
  )
}
