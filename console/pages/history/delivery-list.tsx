import { Button, Center, Group, Loader, Stack, Text } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconHistory } from '@tabler/icons-react'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'react-router'
import { DeliveryCards } from '../../parts/delivery/cards.tsx'
import { DeliveryTable } from '../../parts/delivery/table.tsx'
import type { Delivery } from '../../data/deliveries.ts'
import { Empty } from '../../parts/empty.tsx'
import { NewOnes } from '../../parts/new-ones.tsx'
import { NothingFound } from '../../parts/nothing-found.tsx'
import { ProblemAlert } from '../../parts/problem/alert.tsx'
import { RowsLoading } from '../../parts/rows-loading.tsx'
import { RecordLabel } from './record-label.tsx'
import type { useChoice } from './use-choice.ts'
import type { Deliveries } from './use-deliveries.ts'
import { useWebhookName } from './use-webhook-name.ts'

interface Props {
  found: Deliveries
  /** null: nothing can be chosen. */
  choice: ReturnType<typeof useChoice> | null
  openId: string | null
  onOpen: (id: string) => void
  /** null where no filter is set. */
  onClear: (() => void) | null
}

const nothing: ReadonlySet<string> = new Set()

/** The deliveries that were found, as a table or as cards, and what to do where there are none. */
export function DeliveryList({ found, choice, openId, onOpen, onClear }: Props) {
  const { search } = useLocation()
  const isWide = useMediaQuery('(min-width: 68em)', undefined, { getInitialValueInEffect: false })
  const webhookName = useWebhookName()
  const { deliveries, waiting } = found
  const renderRecord = useCallback(
    (record: Delivery['record']) => <RecordLabel record={record} webhookName={webhookName} />,
    [webhookName],
  )
  const addressOf = useCallback((id: string) => ({ pathname: `/history/${id}`, search }), [search])

  if (found.isPending) return <RowsLoading />
  if (deliveries.length === 0 && found.error) return <Failed found={found} />
  if (deliveries.length === 0 && found.isAll) return <Nothing onClear={onClear} />

  const Rows = isWide ? DeliveryTable : DeliveryCards
  return (
    <>
      {waiting && <NewOnes waiting={waiting} onShow={found.show} />}
      {deliveries.length > 0 && (
        <Rows
          deliveries={deliveries}
          webhookName={webhookName}
          renderRecord={renderRecord}
          chosen={choice?.chosen ?? nothing}
          onChoose={choice?.choose ?? null}
          onChooseAll={(all) => choice?.chooseAll(all)}
          openId={openId}
          addressOf={addressOf}
          onOpen={onOpen}
          onEnd={found.wantMore}
        />
      )}
      <End found={found} />
    </>
  )
}

/** What stands under the last row. */
function End({ found }: { found: Deliveries }) {
  const { t } = useTranslation('history')
  if (found.error) return <Failed found={found} />
  if (found.isTired) {
    return (
      <Stack align="center" gap="xs" p="md">
        <Text size="sm" c="dimmed" ta="center">
          {found.deliveries.length > 0 ? t('list.tired') : t('list.tiredEmpty')}
        </Text>
        <Button size="xs" variant="default" onClick={found.lookOn}>
          {t('list.lookOn')}
        </Button>
      </Stack>
    )
  }
  if (found.isLookingOn) {
    return (
      <Center p="md" role="status" aria-label={t('list.looking')}>
        <Loader type="dots" size="sm" />
      </Center>
    )
  }
  if (!found.isAll) return null
  return (
    <Text size="xs" c="dimmed" ta="center" p="sm">
      {t('list.end', { count: found.deliveries.length })}
    </Text>
  )
}

function Failed({ found }: { found: Deliveries }) {
  if (!found.error) return null
  return (
    <Stack p="md">
      <ProblemAlert problem={found.error} retry={found.retry} />
    </Stack>
  )
}

function Nothing({ onClear }: { onClear: (() => void) | null }) {
  const { t } = useTranslation('history')
  if (onClear) {
    return (
      <NothingFound title={t('empty.filtered')} clear={t('filter.clearAll')} onClear={onClear}>
        {t('empty.filteredAbout')}
      </NothingFound>
    )
  }
  return (
    <Empty
      icon={IconHistory}
      title={t('empty.none')}
      action={
        <Group justify="center">
          <Button component={Link} to="/webhooks">
            {t('empty.toWebhooks')}
          </Button>
          <Button component={Link} to="/events" variant="default">
            {t('empty.toEvents')}
          </Button>
        </Group>
      }
    >
      {t('empty.noneAbout')}
    </Empty>
  )
}
