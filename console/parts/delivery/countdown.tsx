import { Text, Tooltip } from '@mantine/core'
import { useInterval } from '@mantine/hooks'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useTimeZone } from '../../data/session.ts'
import { formatDuration } from '../duration/duration.ts'
import { formatMoment } from '../time.tsx'

/** How long until a moment, counted down: "in 4 min 12 sec"; then that it is due. */
export function DeliveryCountdown({ at }: { at: string }) {
  const { t, i18n } = useTranslation('history')
  const timeZone = useTimeZone()
  const [now, setNow] = useState(() => Date.now())
  useInterval(() => setNow(Date.now()), 1000, { autoInvoke: true })
  const seconds = Math.round((Date.parse(at) - now) / 1000)
  const moment = formatMoment(at, i18n.language, timeZone)
  return (
    <Tooltip label={`${moment} (${timeZone})`}>
      <Text span inherit fw={600} style={{ fontVariantNumeric: 'tabular-nums' }}>
        <time dateTime={at}>
          {seconds > 0
            ? t('next.in', { duration: formatDuration(seconds, i18n.language, 'short') })
            : t('next.now')}
        </time>
      </Text>
    </Tooltip>
  )
}
