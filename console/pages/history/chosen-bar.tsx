import { Anchor, Button, CloseButton, Group, Paper, Text } from '@mantine/core'
import { IconBan, IconRotateClockwise2 } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Delivery, type DeliveryFilter, isSettled } from '../../data/deliveries.ts'
import { CancelMany } from './cancel-many.tsx'
import { type HistoryFilter, isSame, noFilter, toReplayWish } from './history-filter.ts'
import { type ReplayTarget, ReplayMany } from './replay-many.tsx'
import classes from './history.module.css'

interface Props {
  deliveries: Delivery[]
  chosen: ReadonlySet<string>
  onClear: () => void
  filter: HistoryFilter
  asked: DeliveryFilter
  /** All that the filter finds is loaded. */
  isAll: boolean
  /** Something was sent again or canceled. */
  onDone: () => void
}

/** What can be done with the rows that are chosen; stays at the foot of the window. */
export function ChosenBar({ deliveries, chosen, onClear, filter, asked, isAll, onDone }: Props) {
  const { t } = useTranslation('history')
  const [replay, setReplay] = useState<ReplayTarget | null>(null)
  const [cancel, setCancel] = useState<Delivery[] | null>(null)
  const rows = deliveries.filter(({ id }) => chosen.has(id))
  const settled = rows.filter(isSettled)
  const unsettled = rows.filter((row) => !isSettled(row))
  const everything = isAll || isSame(filter, noFilter) ? null : toReplayWish(filter, asked)
  return (
    <>
      {rows.length > 0 && (
        <Paper withBorder shadow="md" radius="md" p="xs" pl="md" className={classes['chosen'] ?? ''}>
          <Group gap="sm" justify="space-between">
            <Group gap="sm">
              <Text size="sm" fw={600} role="status">
                {t('chosen.count', { count: rows.length })}
              </Text>
              {everything && (
                <Anchor
                  component="button"
                  type="button"
                  size="sm"
                  onClick={() => setReplay({ of: 'filter', wish: everything, asked })}
                >
                  {t('chosen.everything')}
                </Anchor>
              )}
              {!everything && !isAll && filter.search.trim() !== '' && (
                <Text size="sm" c="dimmed">
                  {t('chosen.notByText')}
                </Text>
              )}
            </Group>
            <Group gap="xs">
              {settled.length > 0 && (
                <Button
                  size="xs"
                  leftSection={<IconRotateClockwise2 size={15} />}
                  onClick={() =>
                    setReplay({ of: 'chosen', deliveries: settled, unsettled: unsettled.length })
                  }
                >
                  {t('chosen.replay', { count: settled.length })}
                </Button>
              )}
              {unsettled.length > 0 && (
                <Button
                  size="xs"
                  variant="default"
                  leftSection={<IconBan size={15} />}
                  onClick={() => setCancel(unsettled)}
                >
                  {t('chosen.cancel', { count: unsettled.length })}
                </Button>
              )}
              <CloseButton aria-label={t('chosen.clear')} onClick={onClear} />
            </Group>
          </Group>
        </Paper>
      )}
      <ReplayMany target={replay} onClose={() => setReplay(null)} onStarted={onDone} />
      <CancelMany deliveries={cancel} onClose={() => setCancel(null)} onDone={onDone} />
    </>
  )
}
