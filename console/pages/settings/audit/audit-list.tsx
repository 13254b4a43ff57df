import { Button, Card, Skeleton, Stack, Title } from '@mantine/core'
import { IconListSearch } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { localeOf } from '../../../i18n/languages.ts'
import { auditList } from '../../../data/audit.ts'
import { useTimeZone } from '../../../data/session.ts'
import { Empty } from '../../../parts/empty.tsx'
import { NothingFound } from '../../../parts/nothing-found.tsx'
import { ProblemAlert } from '../../../parts/problem/alert.tsx'
import classes from './audit.module.css'
import { AuditRow } from './audit-entry.tsx'
import { type AuditSearch, readAuditSearch, toAuditFilter, writeAuditSearch } from './audit-filter.ts'
import { AuditFilters } from './audit-filters.tsx'
import { byDay } from './by-day.ts'
import { useAuditNames } from './use-audit-names.ts'

/** The log with its filters, newest first, day by day. */
export function AuditList() {
  const { t, i18n } = useTranslation(['settings', 'common'])
  const timeZone = useTimeZone()
  const [params, setParams] = useSearchParams()
  const text = params.toString()
  const search = useMemo(() => readAuditSearch(new URLSearchParams(text)), [text])
  // A span that ends now is counted from the moment at which it was chosen.
  const [chosenAt, setChosenAt] = useState(() => Date.now())
  const filter = useMemo(() => toAuditFilter(search, chosenAt, timeZone), [search, chosenAt, timeZone])
  const list = useInfiniteQuery(auditList(filter))
  const names = useAuditNames()
  const entries = list.data?.pages.flatMap(({ items }) => items) ?? []
  // Newest first: the last name that something had.
  const once = new Map(
    entries
      .toReversed()
      .flatMap(({ subject: { kind, id }, detail: { name } }) =>
        name === undefined ? [] : [[`${kind} ${id}`, name] as const],
      ),
  )
  const isFiltered = text !== ''
  const clear = () => setParams(new URLSearchParams(), { replace: true })
  const day = new Intl.DateTimeFormat(localeOf(i18n.language), {
    dateStyle: 'full',
    timeZone: 'UTC',
  })

  return (
    <Stack gap="md">
      <AuditFilters
        search={search}
        names={names}
        onChange={(part: Partial<AuditSearch>) => {
          setChosenAt(Date.now())
          setParams(writeAuditSearch({ ...search, ...part }), { replace: true })
        }}
        onClear={isFiltered ? clear : null}
      />
      {list.error && <ProblemAlert problem={list.error} retry={() => void list.refetch()} />}
      {list.isPending && <Waiting />}
      {list.isSuccess && entries.length === 0 && (
        <Card withBorder>
          {isFiltered ? (
            <NothingFound title={t('audit.nothingFound')} clear={t('audit.showAll')} onClear={clear} />
          ) : (
            <Empty icon={IconListSearch} title={t('audit.empty')}>
              {t('audit.emptyAbout')}
            </Empty>
          )}
        </Card>
      )}
      {byDay(entries, timeZone).map(({ day: date, entries: ofDay }) => (
        <section key={date}>
          <Title order={2} size="sm" mb={6} c="dimmed">
            {capital(day.format(Date.parse(date)))}
          </Title>
          <Card withBorder padding={0}>
            <ol className={classes['list']}>
              {ofDay.map((entry) => (
                <AuditRow key={entry.id} entry={entry} names={names} once={once} />
              ))}
            </ol>
          </Card>
        </section>
      ))}
      {list.hasNextPage && (
        <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('common:loadMore')}
        </Button>
      )}
    </Stack>
  )
}

/** As a heading begins. */
function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1)
}

function Waiting() {
  const { t } = useTranslation()
  return (
    <Card withBorder padding="md" role="status" aria-label={t('loading')}>
      <Stack gap="md">
        {[1, 2, 3, 4].map((row) => (
          <Skeleton key={row} height={34} radius="sm" />
        ))}
      </Stack>
    </Card>
  )
}
