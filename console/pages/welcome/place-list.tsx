import { Anchor, Stack, Text } from '@mantine/core'
import type { Icon } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import classes from './welcome.module.css'

export interface Place {
  to: string
  icon: Icon
  /** Where its words stand. */
  words:
    | `next.${'url' | 'source' | 'token' | 'members'}`
    | `tour.${'overview' | 'board' | 'history' | 'failed' | 'why'}`
}

/** Where one may go from here. */
export function PlaceList({ places }: { places: Place[] }) {
  const { t } = useTranslation('welcome')
  return (
    <Stack component="ul" gap="xs" className={classes['list'] ?? ''}>
      {places.map(({ to, icon: Icon, words }) => (
        <li key={words} style={{ display: 'flex', gap: 10 }}>
          <Icon size={20} stroke={1.7} style={{ flexShrink: 0, marginTop: 2 }} aria-hidden />
          <div>
            <Anchor component={Link} to={to} fw={600} size="sm">
              {t(`${words}.title`)}
            </Anchor>
            <Text size="sm" c="dimmed">
              {t(`${words}.about`)}
            </Text>
          </div>
        </li>
      ))}
    </Stack>
  )
}
