import { Button, Card, Skeleton, Stack } from '@mantine/core'
import { IconListSearch, IconPlus } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import { type Kind, useCatalogue } from '../../data/catalogue.ts'
import { recordList, useLiveRecords } from '../../data/records.ts'
import { useMay } from '../../data/session.ts'
import { Empty } from '../../parts/empty.tsx'
import { NotFound } from '../../parts/not-found.tsx'
import { Page as Frame } from '../../parts/page.tsx'
import { ProblemAlert } from '../../parts/problem/alert.tsx'
import { queryOf, useListFilter } from './list-filter.ts'
import { ListFilters } from './list-filters.tsx'
import { NewRecord } from './new-record.tsx'
import { RecordRows } from './record-rows.tsx'
import { useRecordNames } from './use-record-names.tsx'

/** The records of a kind: searched, filtered, the ones that changed last first. */
export function Page() {
  const { kind = '' } = useParams()
  const { kinds } = useCatalogue()
  const known = kinds.find(({ name }) => name === kind)
  return known ? <ListPage key={kind} kind={known} kinds={kinds} /> : <NotFound />
}

function ListPage({ kind, kinds }: { kind: Kind; kinds: Kind[] }) {
  const { t } = useTranslation(['pipelines', 'common'])
  const may = useMay()
  const navigate = useNavigate()
  const [filter, setFilter] = useListFilter()
  const [making, setMaking] = useState(false)
  const names = useRecordNames()
  const list = useInfiniteQuery({
    ...recordList(kind.name, queryOf(filter, kind.capabilities.includes('archivable'))),
    placeholderData: keepPreviousData,
  })
  const records = list.data?.pages.flatMap(({ items }) => items) ?? []
  const filtered = Object.entries(filter).some(([key, value]) =>
    key === 'state' ? value !== 'active' : value !== '',
  )
  useLiveRecords(kind.name)
  const newButton = may.manage && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setMaking(true)}>
      {t('record.newOf', { kind: kind.title })}
    </Button>
  )

  return (
    <Frame
      title={kind.plural}
      about={t('list.about')}
      trail={[{ title: t('title'), to: '/pipelines' }]}
      actions={newButton}
    >
      <Stack gap="sm">
        <ListFilters
          kind={kind}
          kinds={kinds}
          filter={filter}
          names={names}
          onChange={setFilter}
          onKind={(picked) => void navigate(`/records/${encodeURIComponent(picked)}`)}
        />
        <Card withBorder radius="md" p={0} aria-busy={list.isFetching}>
          {list.isPending && (
            <Stack gap="xs" p="md">
              {[0, 1, 2, 3, 4].map((row) => (
                <Skeleton key={row} h={32} />
              ))}
            </Stack>
          )}
          {list.isError && records.length === 0 && (
            <ProblemAlert problem={list.error} retry={() => void list.refetch()} />
          )}
          {list.isSuccess && records.length === 0 && (
            <Empty
              icon={IconListSearch}
              title={filtered ? t('list.nothing') : t('list.empty', { kind: kind.plural })}
              action={filtered ? undefined : newButton}
            >
              {filtered ? t('list.nothingAbout') : t('list.emptyAbout')}
            </Empty>
          )}
          {records.length > 0 && <RecordRows kind={kind} records={records} names={names} />}
        </Card>
        {list.hasNextPage && (
          <Button
            variant="default"
            mx="auto"
            loading={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
          >
            {t('common:loadMore')}
          </Button>
        )}
      </Stack>
      {making && (
        <NewRecord
          kind={kind.name}
          start={
            filter.pipeline === '' ? {} : { pipeline_id: filter.pipeline, stage_id: filter.stage || null }
          }
          onClose={() => setMaking(false)}
          onMade={(record) =>
            void navigate(`/records/${encodeURIComponent(kind.name)}/${encodeURIComponent(record.id)}`)
          }
        />
      )}
    </Frame>
  )
}
