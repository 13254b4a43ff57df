import { useTranslation } from 'react-i18next'
import { useTimeZone } from '../../data/session.ts'
import type { ValueWords } from './value.ts'

/** How values are written here: in the console's language and the account's time zone. */
export function useValueWords(): ValueWords {
  const { t, i18n } = useTranslation()
  return { language: i18n.language, timeZone: useTimeZone(), yes: t('yes'), no: t('no') }
}
