import { useTranslation } from 'react-i18next'
import { confirmDanger } from '../../../parts/confirm.tsx'

/** Asks before something is deleted. */
export function useDeleteWithQuestion() {
  const { t } = useTranslation()
  return (title: string, about: string, onYes: () => void) =>
    confirmDanger({ title, about, yes: t('delete'), no: t('cancel'), onYes })
}
