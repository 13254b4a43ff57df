import { Anchor, Stack, Text } from '@mantine/core'
import {
  IconAlertTriangle,
  IconHistory,
  IconLayoutDashboard,
  IconLayoutKanban,
  IconZoomQuestion,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { failedDelivery, skippedEvent } from './examples.ts'
import classes from './welcome.module.css'

/** Where there is something to see: the board, the history, something that failed, and why something was not sent. */
export function Tour({ withIntro = false }: { withIntro?: boolean }) {
  const { t } = useTranslation('welcome')
  const failed = useQuery(failedDelivery)
  const skipped = useQuery(skippedEvent)
  const places = [
    { to: '/', icon: IconLayoutDashboard, key: 'overview' },
    { to: '/pipelines', icon: IconLayoutKanban, key: 'board' },
    { to: '/history', icon: IconHistory, key: 'history' },
    {
      to: failed.data ? `/history/${failed.data.id}` : '/history?state=dead',
      icon: IconAlertTriangle,
      key: 'failed',
    },
    { to: skipped.data ? `/events/${skipped.data.id}` : '/events', icon: IconZoomQuestion, key: 'why' },
  ] as const
  return (
    <div>
      {withIntro && (
        <Text size="sm" mb="xs">
          {t('tour.intro')}
        </Text>
      )}
      <Stack component="ul" gap="xs" className={classes['list'] ?? ''}>
        {places.map(({ to, icon: Icon, key }) => (
          <li key={key} style={{ display: 'flex', gap: 10 }}>
            <Icon size={20} stroke={1.7} style={{ flexShrink: 0, marginTop: 2 }} aria-hidden />
            <div>
              <Anchor component={Link} to={to} fw={600} size="sm">
                {t(`tour.${key}.title`)}
              </Anchor>
              <Text size="sm" c="dimmed">
                {t(`tour.${key}.about`)}
              </Text>
            </div>
          </li>
        ))}
      </Stack>
    </div>
  )
}
