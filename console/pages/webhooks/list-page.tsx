import { Button, Card, Group, SegmentedControl, Stack, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconPlus, IconSearch, IconWebhook } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import { useMay } from '../../data/session.ts'
import { webhookList } from '../../data/webhooks.ts'
import { CardTable } from '../../parts/card-table.tsx'
import { Empty } from '../../parts/empty.tsx'
import { Loading } from '../../parts/loading.tsx'
import { NothingFound } from '../../parts/nothing-found.tsx'
import { Page as Frame } from '../../parts/page.tsx'
import { ProblemAlert } from '../../parts/problem/alert.tsx'
import { WebhookRow } from './webhook-row.tsx'
import classes from './list.module.css'

const statuses = ['all', 'active', 'failing', 'paused', 'disabled'] as const
const isStatus = (value: string | null) => statuses.find((status) => status === value) ?? 'all'

/** Every webhook: what it is for, where it goes, and how it has been doing. */
export function Page() {
  const { t } = useTranslation(['webhooks', 'common'])
  const may = useMay()
  const [params, setParams] = useSearchParams()
  const status = isStatus(params.get('status'))
  const [search, setSearch] = useState(params.get('search') ?? '')
  const [wanted] = useDebouncedValue(search.trim(), 250)
  useEffect(() => {
    setParams(
      (known) => {
        if (wanted) known.set('search', wanted)
        else known.delete('search')
        return known
      },
      { replace: true },
    )
  }, [wanted, setParams])

  const list = useInfiniteQuery({
    ...webhookList({ search: wanted || undefined, status: status === 'all' ? undefined : status }),
    placeholderData: keepPreviousData,
  })
  const webhooks = list.data?.pages.flatMap(({ items }) => items) ?? []
  const filtered = wanted !== '' || status !== 'all'

  return (
    <Frame
      title={t('list.title')}
      about={t('list.about')}
      actions={
        may.manage && (
          <Button component={Link} to="/webhooks/new" leftSection={<IconPlus size={16} />}>
            {t('list.new')}
          </Button>
        )
      }
    >
      <Group gap="sm">
        <TextInput
          className={classes['search']}
          leftSection={<IconSearch size={16} />}
          aria-label={t('list.search')}
          placeholder={t('list.search')}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <SegmentedControl
          style={{ maxWidth: '100%', overflowX: 'auto' }}
          classNames={{ label: classes['status'] ?? '' }}
          aria-label={t('list.status')}
          value={status}
          onChange={(value) =>
            setParams(
              (known) => {
                if (value === 'all') known.delete('status')
                else known.set('status', value)
                return known
              },
              { replace: true },
            )
          }
          data={statuses.map((value) => ({
            value,
            label: value === 'all' ? t('list.all') : t(`common:status.${value}`),
          }))}
        />
      </Group>
      {list.error && <ProblemAlert problem={list.error} retry={() => void list.refetch()} />}
      {list.isPending && <Loading />}
      {list.isSuccess && webhooks.length === 0 && (
        <Card withBorder>
          {filtered ? (
            <NothingFound
              title={t('list.nothingFound')}
              clear={t('list.clear')}
              onClear={() => {
                setSearch('')
                setParams({}, { replace: true })
              }}
            />
          ) : (
            <Empty
              icon={IconWebhook}
              title={t('list.empty')}
              action={
                may.manage && (
                  <Group justify="center">
                    <Button component={Link} to="/webhooks/new">
                      {t('list.new')}
                    </Button>
                    <Button component={Link} to="/welcome" variant="default">
                      {t('list.guide')}
                    </Button>
                  </Group>
                )
              }
            >
              {t('list.emptyAbout')}
            </Empty>
          )}
        </Card>
      )}
      {webhooks.length > 0 && (
        <Stack gap="sm">
          <Card withBorder padding={0} className={classes['card'] ?? ''}>
            <CardTable
              className={classes['table']}
              columns={[
                t('list.name'),
                t('list.request'),
                t('list.lastRun'),
                t('list.health'),
                t('list.statusColumn'),
              ]}
              withActions
            >
              {webhooks.map((webhook) => (
                <WebhookRow key={webhook.id} webhook={webhook} />
              ))}
            </CardTable>
          </Card>
          {list.hasNextPage && (
            <Button
              variant="default"
              loading={list.isFetchingNextPage}
              onClick={() => void list.fetchNextPage()}
            >
              {t('common:loadMore')}
            </Button>
          )}
        </Stack>
      )}
    </Frame>
  )
}
