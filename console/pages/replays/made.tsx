import { Anchor, Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { type DeliveryState, deliveryStates, settledStates } from '../../data/deliveries.ts'
import { type Replay, talliedMax } from '../../data/replays.ts'
import { madeAddress } from './made-address.ts'

const unsettledStates = deliveryStates.filter((state) => !settledStates.some((settled) => settled === state))

interface Props {
  replay: Replay
  /** A link was followed. */
  onFollow?: () => void
}

/** What became of what a replay made, each number a link to those deliveries; nothing where none is kept. */
export function Made({ replay: { id, deliveries }, onFollow }: Props) {
  const { t, i18n } = useTranslation(['history', 'common'])
  const number = new Intl.NumberFormat(i18n.language)
  const rows: { states: DeliveryState[]; name: string; count: number }[] = [
    { states: unsettledStates, name: t('replays.underWay'), count: deliveries.unsettled },
    ...settledStates.map((state) => ({
      states: [state],
      name: t(`common:status.${state}`),
      count: deliveries[state],
    })),
  ]
  const shown = rows.filter(({ count }) => count > 0)
  if (shown.length === 0) return null
  return (
    <Group gap="sm" aria-label={t('replays.became')} role="group">
      {shown.map(({ states, name, count }) => (
        <Anchor
          key={name}
          component={Link}
          to={madeAddress(id, states)}
          size="sm"
          style={{ fontVariantNumeric: 'tabular-nums' }}
          onClick={() => onFollow?.()}
        >
          {name}: {number.format(count)}
          {count >= talliedMax && '+'}
        </Anchor>
      ))}
    </Group>
  )
}
