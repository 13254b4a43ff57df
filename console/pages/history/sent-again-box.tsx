import { Alert, Anchor, Text } from '@mantine/core'
import { IconRotateClockwise2 } from '@tabler/icons-react'
import { Trans, useTranslation } from 'react-i18next'
import { useTimeZone } from '../../data/session.ts'
import { isSettled, type SentAgain } from '../../data/deliveries.ts'
import { formatMoment } from '../../parts/time.tsx'

/** Of a settled delivery: that it was sent again, when, and what became of that. */
export function SentAgainBox({ again, onOpen }: { again: SentAgain; onOpen: (id: string) => void }) {
  const { t, i18n } = useTranslation(['history', 'common'])
  const timeZone = useTimeZone()
  const { id, state, created_at } = again
  const color = state === 'delivered' ? 'green' : isSettled(again) ? 'yellow' : 'blue'
  return (
    <Alert variant="light" color={color} icon={<IconRotateClockwise2 />}>
      <Text size="sm" component="div">
        <Trans
          t={t}
          i18nKey="detail.sentAgain"
          values={{
            at: formatMoment(created_at, i18n.language, timeZone),
            state: t(`common:status.${state}`).toLocaleLowerCase(i18n.language),
          }}
          components={{
            to: (
              <Anchor
                component="button"
                type="button"
                inherit
                c="bright"
                underline="always"
                onClick={() => onOpen(id)}
              />
            ),
          }}
        />
      </Text>
    </Alert>
  )
}
