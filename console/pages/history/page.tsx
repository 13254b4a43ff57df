import { Button, Card } from '@mantine/core'
import { IconRotateClockwise2 } from '@tabler/icons-react'
import { useCallback, useDeferredValue, useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation, useNavigate, useParams } from 'react-router'
import { useMay } from '../../data/session.ts'
import { Page as Frame } from '../../parts/page.tsx'
import { ChosenBar } from './chosen-bar.tsx'
import { DeliveryDrawer } from './delivery-drawer.tsx'
import { DeliveryList } from './delivery-list.tsx'
import { HistoryFilters } from './history-filters.tsx'
import { ReplayShown } from './replay-shown.tsx'
import { useChoice } from './use-choice.ts'
import { useDeliveries } from './use-deliveries.ts'
import { useHistoryFilter } from './use-history-filter.ts'

/** Every delivery, with its attempts, and what can be sent again. */
export function Page() {
  const { t } = useTranslation('history')
  const may = useMay()
  const { id } = useParams()
  const navigate = useNavigate()
  const { search, state } = useLocation()
  const { filter, asked, isEmpty, change, clear } = useHistoryFilter()

  const key = JSON.stringify(filter)
  const holds = useRef(false)
  const newest = useDeliveries(asked, filter.purpose, () => window.scrollY < 80 && !holds.current)
  // Hundreds may come in a second: drawing them gives way to what the reader does meanwhile.
  const deliveries = useDeferredValue(newest.deliveries)
  const isPending = newest.isPending || (deliveries.length === 0 && newest.deliveries.length > 0)
  const found = { ...newest, deliveries, isPending }
  const ids = useMemo(() => deliveries.map((delivery) => delivery.id), [deliveries])
  const choice = useChoice(ids, key)
  useEffect(() => {
    holds.current = choice.chosen.size > 0
  }, [choice.chosen])

  const opened = state === 'opened'
  const open = useCallback(
    (deliveryId: string, replace = false) =>
      void navigate({ pathname: `/history/${deliveryId}`, search }, { state: 'opened', replace }),
    [navigate, search],
  )
  // The way back from a shared link is the list, and not where the reader came from.
  const close = () =>
    void (opened ? navigate(-1) : navigate({ pathname: '/history', search }, { replace: true }))

  return (
    <Frame
      title={t('title')}
      about={t('about')}
      actions={
        <Button
          component={Link}
          to="/replays"
          variant="default"
          leftSection={<IconRotateClockwise2 size={16} />}
        >
          {t('replays.title')}
        </Button>
      }
    >
      <HistoryFilters filter={filter} onChange={change} onClear={isEmpty ? null : clear} />
      {filter.replay !== null && <ReplayShown id={filter.replay} />}
      <Card withBorder padding={0} style={{ overflow: 'visible' }}>
        <DeliveryList
          found={found}
          choice={may.manage ? choice : null}
          openId={id ?? null}
          onOpen={open}
          onClear={isEmpty ? null : clear}
        />
      </Card>
      {may.manage && (
        <ChosenBar
          deliveries={deliveries}
          chosen={choice.chosen}
          onClear={choice.clear}
          filter={filter}
          asked={asked}
          isAll={found.isAll}
          onDone={() => {
            choice.clear()
            found.look()
          }}
        />
      )}
      <DeliveryDrawer id={id ?? null} ids={ids} onOpen={(next) => open(next, true)} onClose={close} />
    </Frame>
  )
}
