import { useTranslation } from 'react-i18next'
import { useMay } from '../../data/session.ts'
import { Page as Frame } from '../../parts/page.tsx'
import { AuditList } from './audit/audit-list.tsx'
import { OwnersOnly } from './owners-only.tsx'

/** Who changed what, and when. */
export function Page() {
  const { t } = useTranslation('settings')
  const may = useMay()
  return (
    <Frame title={t('audit.title')} about={t('audit.about')}>
      {may.administer ? <AuditList /> : <OwnersOnly title={t('audit.ownersOnly')} />}
    </Frame>
  )
}
