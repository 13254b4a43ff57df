import { Button, Stack, Text, Timeline } from '@mantine/core'
import { useThrottledCallback } from '@mantine/hooks'
import { IconHistory } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useCatalogue } from '../../data/catalogue.ts'
import { deliveryList } from '../../data/deliveries.ts'
import { eventList } from '../../data/events.ts'
import { useLive } from '../../data/live.ts'
import { allWebhooks } from '../../data/webhooks.ts'
import { Empty } from '../../parts/empty.tsx'
import { Loading } from '../../parts/loading.tsx'
import { ProblemAlert } from '../../parts/problem/alert.tsx'
import type { RecordNames } from '../../parts/record/value.tsx'
import { ChapterBody, ChapterTitle, chapterIcon } from './chapter.tsx'
import { chaptersOf, deliveriesOf } from './story.ts'

interface Props {
  kind: string
  id: string
  names: RecordNames
}

/** What happened to a record and around it, newest first, and what was sent because of it. */
export function RecordTimeline({ kind, id, names }: Props) {
  const { t } = useTranslation(['pipelines', 'common'])
  const catalogue = useCatalogue()
  const record = { record_kind: kind, record_id: id }
  const events = useInfiniteQuery(eventList(record))
  const { data: webhooks } = useQuery(allWebhooks)
  const shown = events.data?.pages.flatMap(({ items }) => items) ?? []
  const deliveries = useDeliveries(kind, id, shown.at(-1)?.received_at)
  const fields = catalogue.kinds.find(({ name }) => name === kind)?.fields ?? []

  if (events.isPending) return <Loading />
  if (events.isError && shown.length === 0)
    return <ProblemAlert problem={events.error} retry={() => void events.refetch()} />
  if (shown.length === 0) {
    return (
      <Empty icon={IconHistory} title={t('timeline.empty')}>
        {t('timeline.emptyAbout')}
      </Empty>
    )
  }
  return (
    <Stack gap="md">
      <Timeline bulletSize={26} lineWidth={2} color="gray">
        {chaptersOf(shown).map((chapter) => (
          <Timeline.Item
            key={chapter.id}
            bullet={chapterIcon(chapter, catalogue)}
            title={<ChapterTitle chapter={chapter} />}
          >
            <ChapterBody
              chapter={chapter}
              fields={fields}
              names={names}
              deliveries={deliveriesOf(chapter, deliveries)}
              webhooks={webhooks}
            />
          </Timeline.Item>
        ))}
      </Timeline>
      {events.hasNextPage && (
        <Button
          variant="default"
          size="xs"
          loading={events.isFetchingNextPage}
          onClick={() => void events.fetchNextPage()}
        >
          {t('common:loadMore')}
        </Button>
      )}
      {events.isFetchNextPageError && (
        <Text size="sm" role="alert">
          {t('common:problem.title')}
        </Text>
      )}
    </Stack>
  )
}

/** The record's deliveries, back to the oldest event that is shown; read again as attempts are made. */
function useDeliveries(kind: string, id: string, back: string | undefined) {
  const client = useQueryClient()
  const options = deliveryList({ record_kind: kind, record_id: id })
  const { data, hasNextPage, isFetching, isError, fetchNextPage } = useInfiniteQuery(options)
  const items = data?.pages.flatMap((page) => page.items) ?? []
  const oldest = items.at(-1)?.created_at
  const wanting =
    hasNextPage && !isFetching && !isError && back !== undefined && oldest !== undefined && oldest > back
  useEffect(() => {
    if (wanting) void fetchNextPage()
  }, [wanting, fetchNextPage])

  const refresh = useThrottledCallback(
    () => void client.invalidateQueries({ queryKey: options.queryKey }),
    700,
  )
  // Decisions do not say whose event they are about; the event itself comes before them.
  const own = useRef(new Set<string>())
  useLive({
    event({ id: eventId, record }) {
      if (record.kind === kind && record.id === id) own.current.add(eventId)
    },
    decisions({ event_id, fired }) {
      if (fired > 0 && own.current.has(event_id)) refresh()
    },
    attempt({ delivery_id }) {
      if (items.some((delivery) => delivery.id === delivery_id)) refresh()
    },
    missed: refresh,
  })
  return items
}
