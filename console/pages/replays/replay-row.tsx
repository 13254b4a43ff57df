import { Anchor, Box, Button, Card, Group, SimpleGrid, Stack, Text } from '@mantine/core'
import { IconHandStop } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { findEventType, useCatalogue } from '../../data/catalogue.ts'
import { type Replay, useCancelReplay } from '../../data/replays.ts'
import { recordName, recordQuery } from '../../data/records.ts'
import { useTimeZone } from '../../data/session.ts'
import { allWebhooks } from '../../data/webhooks.ts'
import { confirmDanger } from '../../parts/confirm.tsx'
import { ReplayProgress } from '../../parts/delivery/replay-progress.tsx'
import { formatMoment, Time } from '../../parts/time.tsx'
import { Made } from './made.tsx'
import { madeAddress } from './made-address.ts'

/** One replay: what it goes over, how far it is, and what it made. */
export function ReplayRow({ replay, mayStop }: { replay: Replay; mayStop: boolean }) {
  const { t } = useTranslation('history')
  const cancel = useCancelReplay()
  const { id, state, of, mode, pace_per_s, deliveries, created_at, webhook_id } = replay
  const { data: webhooks } = useQuery({ ...allWebhooks, staleTime: 30_000 })
  const webhook =
    webhook_id === null
      ? t('replays.allWebhooks')
      : (webhooks?.find((known) => known.id === webhook_id)?.name ??
        (webhooks ? t('list.deletedWebhook') : '…'))
  const parts = useFilterWords(replay)
  const details = [
    t(`mode.${mode}`),
    pace_per_s === null ? null : t('replays.pace', { count: pace_per_s }),
    ...parts,
  ].filter(Boolean)
  const askStop = () =>
    confirmDanger({
      title: t('replays.stopTitle'),
      about: t('replays.stopAbout'),
      yes: t('replays.stop'),
      no: t('replays.goOn'),
      onYes: () => cancel.mutate(id),
    })
  return (
    <Card withBorder component="li" padding="md">
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg">
        <Stack gap={4}>
          <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
            {t(`replays.what.${of}`)}
            {of !== 'deliveries' && <> · {webhook}</>}
          </Text>
          <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {details.join(' · ')}
          </Text>
          <Text size="sm" c="dimmed" component="div">
            {t('replays.startedBy')} <Time at={created_at} />
          </Text>
        </Stack>
        <Box>
          <ReplayProgress replay={replay} />
          <Group gap="sm" mt="xs">
            <Made replay={replay} />
            {Object.values(deliveries).some((count) => count > 0) && (
              <Anchor component={Link} to={madeAddress(id)} size="sm">
                {t('replays.made')}
              </Anchor>
            )}
            {mayStop && state === 'running' && (
              <Button
                size="compact-sm"
                variant="default"
                leftSection={<IconHandStop size={14} />}
                loading={cancel.isPending}
                onClick={askStop}
              >
                {t('replays.stop')}
              </Button>
            )}
          </Group>
        </Box>
      </SimpleGrid>
    </Card>
  )
}

/** The filter of a replay in words. */
function useFilterWords({ filter }: Replay): string[] {
  const { t, i18n } = useTranslation(['history', 'common'])
  const catalogue = useCatalogue()
  const timeZone = useTimeZone()
  const record = filter?.record
  const { data } = useQuery({
    ...recordQuery(record?.kind ?? '', record?.id ?? ''),
    enabled: record !== undefined,
    retry: false,
  })
  if (!filter) return []
  const { event_type, states, status_code, replay_id, sent_again, since, until } = filter
  const at = (text: string) => formatMoment(text, i18n.language, timeZone)
  return [
    event_type === undefined ? '' : (findEventType(catalogue, event_type)?.title ?? event_type),
    record ? (data ? recordName(data) : record.id) : '',
    states ? states.map((state) => t(`common:status.${state}`)).join(', ') : '',
    status_code === undefined ? '' : `HTTP ${status_code}`,
    replay_id === undefined ? '' : t('replays.ofReplay'),
    sent_again === undefined ? '' : sent_again ? t('replays.sentAgain') : t('replays.notSentAgain'),
    since === undefined ? '' : t('filter.since', { at: at(since) }),
    until === undefined ? '' : t('filter.until', { at: at(until) }),
  ].filter((part) => part !== '')
}
