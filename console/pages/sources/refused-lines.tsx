import { Button, Code, Stack, Text } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { importErrors } from '../../data/imports.ts'
import { Loading } from '../../parts/loading.tsx'
import { ProblemAlert } from '../../parts/problem/alert.tsx'
import { detailText } from '../../parts/problem/text.ts'

/** The lines that were not taken, each with its reasons. */
export function RefusedLines({ id, failed }: { id: string; failed: number }) {
  const { t } = useTranslation(['sources', 'common'])
  const list = useInfiniteQuery({ ...importErrors(id, failed), placeholderData: keepPreviousData })
  const lines = list.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <Stack gap="sm">
      {list.error && <ProblemAlert problem={list.error} retry={() => void list.refetch()} />}
      {list.isPending && <Loading />}
      {lines.map(({ line, errors, content }) => (
        <div key={line}>
          <Text size="sm" fw={600}>
            {t('imports.line', { line })}
          </Text>
          {errors.map((detail) => (
            <Text key={`${detail.path} ${detail.message}`} size="sm">
              {detail.path !== '' && (
                <Text span inherit ff="monospace" fz="xs">
                  {detail.path}:{' '}
                </Text>
              )}
              {detailText(detail, t)}
            </Text>
          ))}
          <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
            {content}
          </Code>
        </div>
      ))}
      {list.hasNextPage && (
        <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('common:loadMore')}
        </Button>
      )}
    </Stack>
  )
}
