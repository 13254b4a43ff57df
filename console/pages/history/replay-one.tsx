import { Button, Group, Modal, Select, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type Attempt,
  type DeliveryWithAttempts,
  type ReplayMode,
  useReplayDelivery,
} from '../../data/deliveries.ts'
import { useTimeZone } from '../../data/session.ts'
import { ProblemAlert } from '../../parts/problem/alert.tsx'
import { formatMoment } from '../../parts/time.tsx'
import { ModeChoice } from './mode-choice.tsx'

interface Props {
  delivery: DeliveryWithAttempts
  opened: boolean
  onClose: () => void
  /** The new delivery. */
  onMade: (id: string) => void
}

/** Asks how to send one delivery again. */
export function ReplayOne({ delivery, opened, onClose, onMade }: Props) {
  const { t } = useTranslation('history')
  return (
    <Modal opened={opened} onClose={onClose} title={t('replayOne.title')} size="lg">
      <Dialog delivery={delivery} onClose={onClose} onMade={onMade} />
    </Modal>
  )
}

function Dialog({ delivery, onClose, onMade }: Omit<Props, 'opened'>) {
  const { t, i18n } = useTranslation(['history', 'common'])
  const timeZone = useTimeZone()
  const replay = useReplayDelivery()
  const repeatable = delivery.attempts.filter(({ request }) => request !== null)
  const [mode, setMode] = useState<ReplayMode>('render')
  const [attemptId, setAttemptId] = useState(repeatable.at(-1)?.id)
  const describe = ({ number, started_at, response }: Attempt) =>
    [
      t('attempt.number', { number }),
      response ? `HTTP ${response.status_code}` : null,
      formatMoment(started_at, i18n.language, timeZone),
    ]
      .filter(Boolean)
      .join(' · ')
  const send = () =>
    replay.mutate(
      { id: delivery.id, mode, ...(mode === 'bytes' ? { attempt_id: attemptId } : {}) },
      {
        onSuccess({ id }) {
          notifications.show({ message: t('replayOne.done') })
          onClose()
          onMade(id)
        },
      },
    )
  return (
    <Stack>
      <Text size="sm">{t('replayOne.about')}</Text>
      <ModeChoice value={mode} onChange={setMode} bytesPossible={repeatable.length > 0} />
      {mode === 'bytes' && repeatable.length > 1 && (
        <Select
          label={t('replayOne.attempt')}
          allowDeselect={false}
          data={repeatable.toReversed().map((attempt) => ({ value: attempt.id, label: describe(attempt) }))}
          value={attemptId ?? null}
          onChange={(id) => id !== null && setAttemptId(id)}
        />
      )}
      {replay.error && <ProblemAlert problem={replay.error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button loading={replay.isPending} onClick={send}>
          {t('replayOne.send')}
        </Button>
      </Group>
    </Stack>
  )
}
