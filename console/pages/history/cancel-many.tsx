import { Button, Group, Modal, Progress, Stack, Text } from '@mantine/core'
import { type InfiniteData, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem, type Page } from '../../data/client.ts'
import { cancelDelivery, type Delivery } from '../../data/deliveries.ts'
import { changeItems } from '../../data/newest-first.ts'
import { ProblemAlert } from '../../parts/problem/alert.tsx'

interface Props {
  /** null: closed. */
  deliveries: Delivery[] | null
  onClose: () => void
  onDone: () => void
}

/** Asks, then cancels one after the other; those that were settled meanwhile are passed over. */
export function CancelMany({ deliveries, onClose, onDone }: Props) {
  const { t } = useTranslation('history')
  // What was shown last stays while the dialog goes away; each opening begins anew.
  const [shown, setShown] = useState({ deliveries, opening: 0 })
  if (deliveries !== null && deliveries !== shown.deliveries)
    setShown({ deliveries, opening: shown.opening + 1 })
  return (
    <Modal opened={deliveries !== null} onClose={onClose} title={t('cancelMany.title')}>
      {shown.deliveries && (
        <Dialog key={shown.opening} deliveries={shown.deliveries} onClose={onClose} onDone={onDone} />
      )}
    </Modal>
  )
}

interface Progressed {
  done: number
  canceled: number
  problem: Error | null
  ended: boolean
}

function Dialog({ deliveries, onClose, onDone }: Omit<Props, 'deliveries'> & { deliveries: Delivery[] }) {
  const { t } = useTranslation(['history', 'common'])
  const client = useQueryClient()
  const [progress, setProgress] = useState<Progressed | null>(null)
  const stopped = useRef(false)
  // Closing the dialog stops it, too.
  useEffect(() => {
    stopped.current = false
    return () => {
      stopped.current = true
    }
  }, [])

  const run = async () => {
    const now: Progressed = { done: 0, canceled: 0, problem: null, ended: false }
    setProgress({ ...now })
    for (const { id } of deliveries) {
      if (stopped.current) break
      try {
        const canceled = await cancelDelivery(id)
        now.canceled++
        client.setQueriesData<InfiniteData<Page<Delivery>, string | null>>(
          { queryKey: ['deliveries', 'list'] },
          (data) => data && changeItems(data, (row) => (row.id === id ? canceled : row)),
        )
      } catch (error) {
        // It was settled, or is gone: there is nothing to cancel any more.
        const passed = error instanceof ApiProblem && (error.status === 409 || error.status === 404)
        if (!passed) {
          now.problem = error instanceof Error ? error : new Error(String(error))
          break
        }
      }
      now.done++
      setProgress({ ...now })
    }
    setProgress({ ...now, ended: true })
    onDone()
  }

  if (progress === null) {
    return (
      <Stack>
        <Text size="sm">{t('cancelMany.about', { count: deliveries.length })}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('cancelMany.keep')}
          </Button>
          <Button color="red.9" onClick={() => void run()}>
            {t('cancelMany.yes', { count: deliveries.length })}
          </Button>
        </Group>
      </Stack>
    )
  }
  const passed = progress.done - progress.canceled
  return (
    <Stack>
      <Progress
        value={(progress.done / deliveries.length) * 100}
        animated={!progress.ended}
        aria-label={t('cancelMany.title')}
      />
      <Text size="sm" role="status">
        {t('cancelMany.canceled', { count: progress.canceled })}
        {passed > 0 && <> · {t('cancelMany.passed', { count: passed })}</>}
      </Text>
      {progress.problem && <ProblemAlert problem={progress.problem} />}
      <Group justify="flex-end">
        {progress.ended ? (
          <Button onClick={onClose}>{t('common:close')}</Button>
        ) : (
          <Button
            variant="default"
            onClick={() => {
              stopped.current = true
            }}
          >
            {t('replays.stop')}
          </Button>
        )}
      </Group>
    </Stack>
  )
}
