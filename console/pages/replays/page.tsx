import { Button, Card, Loader, Stack } from '@mantine/core'
import { IconHistory, IconRotateClockwise2 } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { replayList } from '../../data/replays.ts'
import { useMay } from '../../data/session.ts'
import { Empty } from '../../parts/empty.tsx'
import { Page as Frame } from '../../parts/page.tsx'
import { ProblemAlert } from '../../parts/problem/alert.tsx'
import { ReplayRow } from './replay-row.tsx'

/** What was sent again in bulk, and how far it is. */
export function Page() {
  const { t } = useTranslation(['history', 'common'])
  const may = useMay()
  const list = useInfiniteQuery(replayList)
  const replays = list.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <Frame
      title={t('replays.title')}
      about={t('replays.about')}
      trail={[{ title: t('title'), to: '/history' }]}
    >
      {list.isPending && <Loader type="dots" aria-label={t('common:loading')} />}
      {list.error && <ProblemAlert problem={list.error} retry={() => void list.refetch()} />}
      {list.isSuccess && replays.length === 0 && (
        <Card withBorder>
          <Empty
            icon={IconRotateClockwise2}
            title={t('replays.empty')}
            action={
              <Button
                component={Link}
                to="/history?state=dead"
                variant="default"
                leftSection={<IconHistory size={16} />}
              >
                {t('replays.toHistory')}
              </Button>
            }
          >
            {t('replays.emptyAbout')}
          </Empty>
        </Card>
      )}
      <Stack gap="sm" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
        {replays.map((replay) => (
          <ReplayRow key={replay.id} replay={replay} mayStop={may.manage} />
        ))}
      </Stack>
      {list.hasNextPage && (
        <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('common:loadMore')}
        </Button>
      )}
    </Frame>
  )
}
