import { Alert, Button, Checkbox, Group, Loader, Modal, NumberInput, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { type Delivery, deliveryCount, type DeliveryFilter, type ReplayMode } from '../../data/deliveries.ts'
import {
  type ReplayFilter,
  replayIdsMax,
  replayQuery,
  type ReplayWish,
  useCancelReplay,
  useStartReplay,
} from '../../data/replays.ts'
import { ReplayProgress } from '../../parts/delivery/replay-progress.tsx'
import { ProblemAlert } from '../../parts/problem/alert.tsx'
import { Made } from '../replays/made.tsx'
import { madeAddress } from '../replays/made-address.ts'
import { ModeChoice } from './mode-choice.tsx'
import { ReplayWhere } from './replay-where.tsx'

/** What is to be sent again: rows that were chosen, or all that a filter finds. */
export type ReplayTarget =
  | { of: 'chosen'; deliveries: Delivery[]; unsettled: number }
  | {
      of: 'filter'
      wish: Pick<ReplayWish, 'webhook_id'> & { filter: ReplayFilter & { states: string[] } }
      asked: DeliveryFilter
    }

interface Props {
  /** null: closed. */
  target: ReplayTarget | null
  onClose: () => void
  onStarted: () => void
}

/** Asks how to send many again, says how many and where to, and shows how far it is. */
export function ReplayMany({ target, onClose, onStarted }: Props) {
  const { t } = useTranslation('history')
  // What was shown last stays while the dialog goes away; each opening begins anew.
  const [shown, setShown] = useState({ target, opening: 0 })
  if (target !== null && target !== shown.target) setShown({ target, opening: shown.opening + 1 })
  return (
    <Modal opened={target !== null} onClose={onClose} title={t('replayMany.title')} size="lg">
      {shown.target && (
        <Dialog key={shown.opening} target={shown.target} onClose={onClose} onStarted={onStarted} />
      )}
    </Modal>
  )
}

function Dialog({ target, onClose, onStarted }: Omit<Props, 'target'> & { target: ReplayTarget }) {
  const [replayId, setReplayId] = useState<string | null>(null)
  if (replayId !== null) return <Running id={replayId} onClose={onClose} />
  return (
    <Wish
      target={target}
      onClose={onClose}
      onStarted={(id) => {
        setReplayId(id)
        onStarted()
      }}
    />
  )
}

interface WishProps {
  target: ReplayTarget
  onClose: () => void
  onStarted: (id: string) => void
}

function Wish({ target, onClose, onStarted }: WishProps) {
  const { t } = useTranslation(['history', 'common'])
  const [mode, setMode] = useState<ReplayMode>('render')
  const [pace, setPace] = useState<number | ''>('')
  const start = useStartReplay()
  const sentAgain =
    target.of === 'chosen' ? target.deliveries.filter(({ sent_again }) => sent_again !== null).length : 0
  const mayLeaveOut = target.of === 'filter' && target.wish.filter.sent_again === undefined
  const [leavesOut, setLeavesOut] = useState(true)
  const narrowing = mayLeaveOut && leavesOut ? ({ sent_again: false } as const) : {}
  const size = useSize(target, narrowing)
  const tooMany = target.of === 'chosen' && target.deliveries.length > replayIdsMax
  const begin = () => {
    const what =
      target.of === 'chosen'
        ? { delivery_ids: target.deliveries.map(({ id }) => id) }
        : { ...target.wish, filter: { ...target.wish.filter, ...narrowing } }
    start.mutate(
      { ...what, mode, ...(pace === '' ? {} : { pace_per_s: pace }) },
      { onSuccess: ({ id }) => onStarted(id) },
    )
  }
  return (
    <Stack>
      {size === null ? (
        <Group gap="xs">
          <Loader size="xs" />
          <Text size="sm">{t('replayMany.counting')}</Text>
        </Group>
      ) : (
        <div>
          <Text size="sm">
            {size.atLeast
              ? t('replayMany.atLeast', { count: size.count })
              : t('replayMany.count', { count: size.count })}
          </Text>
          <ReplayWhere byWebhook={size.byWebhook} partly={size.atLeast} />
        </div>
      )}
      {target.of === 'chosen' && target.unsettled > 0 && (
        <Text size="sm" c="dimmed">
          {t('replayMany.unsettled', { count: target.unsettled })}
        </Text>
      )}
      {sentAgain > 0 && (
        <Text size="sm" c="dimmed">
          {t('replayMany.sentAgain', { count: sentAgain })}
        </Text>
      )}
      {target.of === 'filter' && (
        <Text size="sm" c="dimmed">
          {t('replayMany.passedOver')}
        </Text>
      )}
      {mayLeaveOut && (
        <Checkbox
          label={t('replayMany.leaveOut')}
          description={t('replayMany.leaveOutAbout')}
          checked={leavesOut}
          onChange={(event) => setLeavesOut(event.currentTarget.checked)}
        />
      )}
      <ModeChoice value={mode} onChange={setMode} />
      <NumberInput
        label={t('replayMany.pace')}
        description={t('replayMany.paceAbout')}
        placeholder={t('replayMany.paceNone')}
        min={1}
        max={10_000}
        allowDecimal={false}
        value={pace}
        onChange={(value) => setPace(typeof value === 'number' ? value : '')}
      />
      {tooMany && <Alert color="yellow">{t('replayMany.tooMany', { count: replayIdsMax })}</Alert>}
      {start.error && <ProblemAlert problem={start.error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button onClick={begin} loading={start.isPending} disabled={tooMany || size?.count === 0}>
          {size === null || size.atLeast
            ? t('replayMany.startAll')
            : t('replayMany.start', { count: size.count })}
        </Button>
      </Group>
    </Stack>
  )
}

interface Size {
  count: number
  atLeast: boolean
  byWebhook: Map<string, number>
}

/** How many there are, and of which webhooks; null until it is known. */
function useSize(target: ReplayTarget, { sent_again }: { sent_again?: false }): Size | null {
  const filter = target.of === 'filter' ? target : null
  const counted = useQuery({
    ...deliveryCount({
      ...filter?.asked,
      state: filter?.wish.filter.states.join(','),
      ...(sent_again === undefined ? {} : { sent_again: 'false' as const }),
    }),
    enabled: filter !== null,
  })
  if (target.of === 'filter') return counted.data ?? null
  const byWebhook = new Map<string, number>()
  for (const { webhook_id } of target.deliveries)
    byWebhook.set(webhook_id, (byWebhook.get(webhook_id) ?? 0) + 1)
  return { count: target.deliveries.length, atLeast: false, byWebhook }
}

function Running({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation(['history', 'common'])
  const { data: replay } = useQuery(replayQuery(id))
  const cancel = useCancelReplay()
  if (!replay) return <Loader type="dots" />
  const running = replay.state === 'running'
  return (
    <Stack>
      <ReplayProgress replay={replay} />
      <Made replay={replay} onFollow={onClose} />
      <Text size="sm" c="dimmed">
        {running ? t('replayMany.goesOn') : t('replayMany.ended')}
      </Text>
      <Group justify="flex-end">
        {running && (
          <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate(id)}>
            {t('replays.stop')}
          </Button>
        )}
        {running ? (
          <Button component={Link} to="/replays" variant="default">
            {t('replays.title')}
          </Button>
        ) : (
          replay.created > 0 && (
            <Button component={Link} to={madeAddress(id)} variant="default" onClick={onClose}>
              {t('replays.made')}
            </Button>
          )
        )}
        <Button onClick={onClose}>{t('common:close')}</Button>
      </Group>
    </Stack>
  )
}
