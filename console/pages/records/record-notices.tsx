import { Alert, Button, Group, Text } from '@mantine/core'
import { IconArchive, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { type CrmRecord, useChangeRecord } from '../../data/records.ts'
import { useMay } from '../../data/session.ts'
import { ProblemAlert } from '../../parts/problem/alert.tsx'

/** Says over the fields that a record is deleted or put away, and why; a deleted one can be brought back. */
export function RecordNotices({ record }: { record: CrmRecord }) {
  const { t } = useTranslation('pipelines')
  const may = useMay()
  const change = useChangeRecord()
  const { kind, id, state, fields } = record
  if (state === 'deleted') {
    return (
      <Alert color="red" variant="light" icon={<IconTrash />} title={t('record.isDeleted')}>
        <Text size="sm">{t('record.isDeletedAbout')}</Text>
        {may.manage && (
          <Group mt="xs">
            <Button
              size="xs"
              variant="default"
              loading={change.isPending}
              // The next write restores it, and this one changes nothing else.
              onClick={() => change.mutate({ kind, id, fields: { name: fields.name ?? null } })}
            >
              {t('record.restore')}
            </Button>
          </Group>
        )}
        {change.isError && <ProblemAlert problem={change.error} />}
      </Alert>
    )
  }
  const { state: kept, state_reason: reason } = fields
  if ((kept !== 'archived' && kept !== 'discarded') || typeof reason !== 'string') return null
  return (
    <Alert color="gray" variant="light" icon={<IconArchive />} title={t(`state.${kept}`)}>
      {reason}
    </Alert>
  )
}
