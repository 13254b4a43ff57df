import { useTranslation } from 'react-i18next'

const named = [
  'from', 'to', 'subject', 'text', 'duration_s', 'recording_url', 'channel', 'url', 'title', 'referrer', 'method', 'result',
  'next_at', 'user_id',
] as const // prettier-ignore

/** What people call the data of activities; those that an account declared are called by their names. */
export function useDataTitle(): (name: string) => string {
  const { t } = useTranslation('pipelines')
  return (name) => {
    const known = named.find((one) => one === name)
    return known ? t(`data.${known}`) : name
  }
}
