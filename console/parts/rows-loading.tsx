import { Skeleton, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'

/** In place of a list's rows until they are there. */
export function RowsLoading() {
  const { t } = useTranslation()
  return (
    <Stack gap="md" p="md" role="status" aria-label={t('loading')}>
      {Array.from({ length: 8 }, (_, index) => (
        <Skeleton key={index} height={36} radius="sm" />
      ))}
    </Stack>
  )
}
