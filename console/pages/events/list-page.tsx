import { Anchor, Button, Card, Center, Group, Loader, Stack, Text } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconBolt } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import { useTimeZone } from '../../data/session.ts'
import { Empty } from '../../parts/empty.tsx'
import { FilterBar } from '../../parts/filter/bar.tsx'
import { FilterEvent } from '../../parts/filter/event.tsx'
import { FilterTime } from '../../parts/filter/time.tsx'
import { NewOnes } from '../../parts/new-ones.tsx'
import { NothingFound } from '../../parts/nothing-found.tsx'
import { Page as Frame } from '../../parts/page.tsx'
import { ProblemAlert } from '../../parts/problem/alert.tsx'
import { RowsLoading } from '../../parts/rows-loading.tsx'
import { RecordFilter } from '../history/record-filter.tsx'
import { type EventsFilter, readEventsFilter, toEventFilter, writeEventsFilter } from './event-filter.ts'
import { EventCards, EventTable } from './event-rows.tsx'
import { type Events, useEvents } from './use-events.ts'

/** What happened, newest first. */
export function Page() {
  const { t } = useTranslation('events')
  const timeZone = useTimeZone()
  const [params, setParams] = useSearchParams()
  const text = params.toString()
  const filter = useMemo(() => readEventsFilter(new URLSearchParams(text)), [text])
  // A span that ends now is counted from the moment at which it was chosen: else the list would be another one each minute.
  const [chosenAt, setChosenAt] = useState(() => Date.now())
  const asked = useMemo(() => toEventFilter(filter, chosenAt, timeZone), [filter, chosenAt, timeZone])
  const choose = (next: EventsFilter) => {
    setChosenAt(Date.now())
    setParams(writeEventsFilter(next), { replace: true })
  }
  const change = (part: Partial<EventsFilter>) => choose({ ...filter, ...part })
  const count = [filter.type, filter.record, filter.span].filter(Boolean).length
  const clear = count > 0 ? () => choose({ type: null, record: null, span: null }) : null
  const found = useEvents(asked)
  return (
    <Frame title={t('title')} about={t('about')}>
      <FilterBar count={count} onClear={clear}>
        <FilterEvent value={filter.type} onChange={(type) => change({ type })} />
        <RecordFilter value={filter.record} onChange={(record) => change({ record })} />
        <FilterTime value={filter.span} onChange={(span) => change({ span })} />
      </FilterBar>
      <Card withBorder padding={0} style={{ overflow: 'visible' }}>
        <List found={found} onClear={clear} />
      </Card>
    </Frame>
  )
}

function List({ found, onClear }: { found: Events; onClear: (() => void) | null }) {
  const { t } = useTranslation(['events', 'common'])
  const isWide = useMediaQuery('(min-width: 62em)', undefined, { getInitialValueInEffect: false })
  const { events, waiting, error } = found
  if (found.isPending) return <RowsLoading />
  const failed = error && (
    <Stack p="md">
      <ProblemAlert problem={error} retry={found.retry} />
    </Stack>
  )
  if (events.length === 0) return failed ?? <Nothing onClear={onClear} />
  const Rows = isWide ? EventTable : EventCards
  return (
    <>
      {waiting && <NewOnes waiting={waiting} onShow={found.show} />}
      <Rows events={events} onEnd={found.wantMore} />
      {failed}
      {found.isLookingOn && (
        <Center p="md" role="status" aria-label={t('common:loading')}>
          <Loader type="dots" size="sm" />
        </Center>
      )}
      {found.isAll && (
        <Text size="xs" c="dimmed" ta="center" p="sm">
          {t('list.end', { count: events.length })}
        </Text>
      )}
    </>
  )
}

function Nothing({ onClear }: { onClear: (() => void) | null }) {
  const { t } = useTranslation(['events', 'history'])
  if (onClear) {
    return (
      <NothingFound title={t('empty.filtered')} clear={t('history:filter.clearAll')} onClear={onClear}>
        {t('empty.filteredAbout')}
      </NothingFound>
    )
  }
  return (
    <Empty
      icon={IconBolt}
      title={t('empty.none')}
      action={
        <Group justify="center">
          <Button component={Link} to="/pipelines">
            {t('empty.toPipelines')}
          </Button>
          <Button component={Link} to="/sources" variant="default">
            {t('empty.toSources')}
          </Button>
          <Anchor href="/docs" target="_blank" size="sm">
            {t('empty.toReference')}
          </Anchor>
        </Group>
      }
    >
      {t('empty.noneAbout')}
    </Empty>
  )
}
