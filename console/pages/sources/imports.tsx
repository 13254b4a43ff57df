import { Button, Stack } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { importList } from '../../data/imports.ts'
import { useMay } from '../../data/session.ts'
import { Empty } from '../../parts/empty.tsx'
import { Loading } from '../../parts/loading.tsx'
import { Panel } from '../../parts/panel.tsx'
import { ProblemAlert } from '../../parts/problem/alert.tsx'
import { ImportForm } from './import-form.tsx'
import { ImportRow } from './import-row.tsx'

/** Files with records: a new one, and how those that were sent are going. */
export function Imports() {
  const { t } = useTranslation(['sources', 'common'])
  const may = useMay()
  const list = useInfiniteQuery(importList)
  const imports = list.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <Stack gap="lg">
      {may.manage && <ImportForm />}
      <Panel title={t('imports.list')}>
        {list.error && <ProblemAlert problem={list.error} retry={() => void list.refetch()} />}
        {list.isPending && <Loading />}
        {list.isSuccess && imports.length === 0 && (
          <Empty icon={IconFileImport} title={t('imports.empty')}>
            {may.manage ? t('imports.emptyAbout') : null}
          </Empty>
        )}
        <Stack gap="sm">
          {imports.map((one) => (
            <ImportRow key={one.id} one={one} />
          ))}
        </Stack>
        {list.hasNextPage && (
          <Button
            mt="sm"
            fullWidth
            variant="default"
            loading={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
          >
            {t('common:loadMore')}
          </Button>
        )}
      </Panel>
    </Stack>
  )
}
