import { Accordion, Badge, Button, Group, Stack, Text } from '@mantine/core'
import { useThrottledCallback } from '@mantine/hooks'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type InspectorRequest, inspectorRequests } from '../../data/inspectors.ts'
import { useLive } from '../../data/live.ts'
import { Empty } from '../../parts/empty.tsx'
import { ExchangeRequest } from '../../parts/exchange/request.tsx'
import { Loading } from '../../parts/loading.tsx'
import { Panel } from '../../parts/panel.tsx'
import { ProblemAlert } from '../../parts/problem/alert.tsx'
import { Time } from '../../parts/time.tsx'
import { IconRadar } from '@tabler/icons-react'

/** What others send is told by nobody, so it is looked for. */
const lookMs = 1500
/** What this server sends is told at once; of hundreds a second that are told, few are for this address. */
const toldMs = 500

/** What arrived, newest first; new ones appear by themselves. */
export function Requests({ inspectorId, actions }: { inspectorId: string; actions: ReactNode }) {
  const { t } = useTranslation(['inspector', 'common'])
  const client = useQueryClient()
  const query = inspectorRequests(inspectorId)
  const list = useInfiniteQuery({
    ...query,
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 1) === 1 ? lookMs : false),
  })
  const look = useThrottledCallback(() => void client.invalidateQueries({ queryKey: query.queryKey }), toldMs)
  useLive({ attempt: look, missed: look })
  const [opened, setOpened] = useState<string | null | undefined>(undefined)
  const requests = list.data?.pages.flatMap(({ items }) => items) ?? []
  // The newest one stands open until another is chosen.
  const shown = opened === undefined ? (requests[0]?.id ?? null) : opened

  return (
    <Panel title={t('requests.title')} about={t('requests.about')} actions={requests.length > 0 && actions}>
      {list.error && <ProblemAlert problem={list.error} retry={() => void list.refetch()} />}
      {list.isPending && <Loading />}
      {list.isSuccess && requests.length === 0 && (
        <Empty icon={IconRadar} title={t('requests.none')}>
          {t('requests.noneAbout')}
        </Empty>
      )}
      <div aria-live="polite">
        <Accordion value={shown} onChange={setOpened} variant="separated" order={3}>
          {requests.map((request) => (
            <Accordion.Item key={request.id} value={request.id} data-testid="inspector-request">
              <Accordion.Control>
                <Group gap="sm" justify="space-between" wrap="nowrap">
                  <Group gap="xs" style={{ minWidth: 0 }}>
                    <Badge variant="default" radius="sm">
                      {request.method}
                    </Badge>
                    <Text size="sm" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
                      {pathOf(request)}
                    </Text>
                  </Group>
                  <Time at={request.at} size="sm" c="dimmed" mr="xs" style={{ flexShrink: 0 }} />
                </Group>
              </Accordion.Control>
              <Accordion.Panel>
                {shown === request.id && <ExchangeRequest request={request} />}
              </Accordion.Panel>
            </Accordion.Item>
          ))}
        </Accordion>
      </div>
      {list.hasNextPage && (
        <Stack mt="sm">
          <Button
            variant="default"
            loading={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
          >
            {t('common:loadMore')}
          </Button>
        </Stack>
      )}
    </Panel>
  )
}

/** The address's own token says nothing here. */
function pathOf({ url }: InspectorRequest): string {
  return url.replace(/^\/i\/[^/?]+/, '') || '/'
}
