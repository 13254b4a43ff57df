import { Stack } from '@mantine/core'
import { IconKey, IconPlugConnected, IconSend, IconUsersPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../../data/session.ts'
import { Alerts } from './alerts.tsx'
import { type Place, PlaceList } from './place-list.tsx'
import { Step, type StepState } from './step.tsx'

interface Props {
  number: number
  /** The webhook of the guide; null where only demo data was loaded. */
  webhookId: string | null
  state: StepState
}

/** What comes after the first minute. */
export function NextStep({ number, webhookId, state }: Props) {
  const { t } = useTranslation('welcome')
  const may = useMay()
  if (state === 'later') return <Step number={number} title={t('next.title')} state="later" />
  const places: Place[] = [
    ...(webhookId === null
      ? []
      : [{ to: `/webhooks/${webhookId}/edit`, icon: IconSend, words: 'next.url' } as const]),
    { to: '/sources/new', icon: IconPlugConnected, words: 'next.source' },
    ...(may.administer
      ? ([
          { to: '/settings/tokens', icon: IconKey, words: 'next.token' },
          { to: '/settings/members', icon: IconUsersPlus, words: 'next.members' },
        ] as const)
      : []),
  ]
  return (
    <Step number={number} title={t('next.title')} state={state} isQuiet>
      <Stack gap="xl">
        <PlaceList places={places} />
        <Alerts />
      </Stack>
    </Step>
  )
}
