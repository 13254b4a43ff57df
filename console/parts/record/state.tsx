import { Badge } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { CrmRecord } from '../../data/records.ts'
import { isState } from './value.tsx'

/** Says that a record is put away or gone; nothing of one that is active. */
export function RecordState({ record: { state, fields } }: { record: Pick<CrmRecord, 'state' | 'fields'> }) {
  const { t } = useTranslation('pipelines')
  const kept = fields.state ?? null
  if (state !== 'deleted' && (kept === null || kept === 'active')) return null
  const text = state === 'deleted' ? t('state.deleted') : isState(kept) ? t(`state.${kept}`) : String(kept)
  return (
    <Badge variant="default" tt="none" style={{ flexShrink: 0 }}>
      {text}
    </Badge>
  )
}
