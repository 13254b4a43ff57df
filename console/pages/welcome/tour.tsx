import { Text } from '@mantine/core'
import {
  IconAlertTriangle,
  IconHistory,
  IconLayoutDashboard,
  IconLayoutKanban,
  IconZoomQuestion,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { failedDelivery, skippedEvent } from './examples.ts'
import { type Place, PlaceList } from './place-list.tsx'

/** Where there is something to see: the board, the history, something that failed, and why something was not sent. */
export function Tour({ withIntro = false }: { withIntro?: boolean }) {
  const { t } = useTranslation('welcome')
  const failed = useQuery(failedDelivery)
  const skipped = useQuery(skippedEvent)
  const places: Place[] = [
    { to: '/', icon: IconLayoutDashboard, words: 'tour.overview' },
    { to: '/pipelines', icon: IconLayoutKanban, words: 'tour.board' },
    { to: '/history', icon: IconHistory, words: 'tour.history' },
    {
      to: failed.data ? `/history/${failed.data.id}` : '/history?state=dead',
      icon: IconAlertTriangle,
      words: 'tour.failed',
    },
    {
      to: skipped.data ? `/events/${skipped.data.id}` : '/events',
      icon: IconZoomQuestion,
      words: 'tour.why',
    },
  ]
  return (
    <div>
      {withIntro && (
        <Text size="sm" mb="xs">
          {t('tour.intro')}
        </Text>
      )}
      <PlaceList places={places} />
    </div>
  )
}
