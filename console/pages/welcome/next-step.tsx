import { Anchor, Stack, Text } from '@mantine/core'
import { IconKey, IconPlugConnected, IconSend, IconUsersPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useMay } from '../../data/session.ts'
import { Alerts } from './alerts.tsx'
import { Step, type StepState } from './step.tsx'
import classes from './welcome.module.css'

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
  const places = [
    ...(webhookId === null
      ? []
      : ([{ to: `/webhooks/${webhookId}/edit`, icon: IconSend, key: 'url' }] as const)),
    { to: '/sources/new', icon: IconPlugConnected, key: 'source' },
    ...(may.administer
      ? ([
          { to: '/settings/tokens', icon: IconKey, key: 'token' },
          { to: '/settings/members', icon: IconUsersPlus, key: 'members' },
        ] as const)
      : []),
  ] as const
  return (
    <Step number={number} title={t('next.title')} state={state} isQuiet>
      <Stack gap="xl">
        <Stack component="ul" gap="xs" className={classes['list'] ?? ''}>
          {places.map(({ to, icon: Icon, key }) => (
            <li key={key} style={{ display: 'flex', gap: 10 }}>
              <Icon size={20} stroke={1.7} style={{ flexShrink: 0, marginTop: 2 }} aria-hidden />
              <div>
                <Anchor component={Link} to={to} fw={600} size="sm">
                  {t(`next.${key}.title`)}
                </Anchor>
                <Text size="sm" c="dimmed">
                  {t(`next.${key}.about`)}
                </Text>
              </div>
            </li>
          ))}
        </Stack>
        <Alerts />
      </Stack>
    </Step>
  )
}
