import { Anchor, Badge, Checkbox } from '@mantine/core'
import type { MouseEvent, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, type To } from 'react-router'
import type { Delivery } from '../../data/deliveries.ts'
import classes from './rows.module.css'
import { EventName } from '../event-name.tsx'

/** What tables and cards of deliveries are given. Functions that stay the same spare their rows from being drawn again. */
export interface DeliveryRows {
  deliveries: Delivery[]
  webhookName: (id: string) => string
  renderRecord: (record: Delivery['record']) => ReactNode
  chosen: ReadonlySet<string>
  /** null where nothing can be chosen: there is nothing that the reader may do with it. */
  onChoose: ((index: number, isRange: boolean) => void) | null
  onChooseAll: (all: boolean) => void
  openId: string | null
  addressOf: (id: string) => To
  onOpen: (id: string) => void
  onEnd: () => void
}

/** What one of them is given: what stays the same while others change, so that it is not drawn again. */
export type DeliveryRow = Pick<
  DeliveryRows,
  'webhookName' | 'renderRecord' | 'onChoose' | 'addressOf' | 'onOpen'
> & { index: number; delivery: Delivery; chosen: boolean; isOpen: boolean }

export function rowOf(rows: DeliveryRows, index: number): DeliveryRow {
  const { deliveries, chosen, openId, webhookName, renderRecord, onChoose, addressOf, onOpen } = rows
  const delivery = deliveries[index]!
  const { id } = delivery
  const own = { index, delivery, chosen: chosen.has(id), isOpen: openId === id }
  return { ...own, webhookName, renderRecord, onChoose, addressOf, onOpen }
}

/** Whether nothing is left to choose; a count tells most often, without looking at thousands. */
export function allChosen({ deliveries, chosen }: Pick<DeliveryRows, 'deliveries' | 'chosen'>): boolean {
  return chosen.size > 0 && chosen.size >= deliveries.length && deliveries.every(({ id }) => chosen.has(id))
}

/** What happened, as a link to the delivery. */
export function RowLink({ delivery, to }: { delivery: Delivery; to: To }) {
  return (
    <Anchor component={Link} to={to} state="opened" size="sm" className={classes['link'] ?? ''}>
      <EventName type={delivery.event_type} />
    </Anchor>
  )
}

/** Says that it is a replay; nothing of an ordinary delivery. */
export function Purpose({ delivery: { purpose } }: { delivery: Delivery }) {
  const { t } = useTranslation('history')
  if (purpose === 'event') return null
  return (
    <Badge size="xs" variant="default" tt="none" radius="sm">
      {t(`purpose.${purpose}`)}
    </Badge>
  )
}

interface ChoiceProps {
  index: number
  chosen: boolean
  onChoose: (index: number, isRange: boolean) => void
  delivery: Delivery
}

/** The box that chooses a row; of sixty in a list, each says which. */
export function Choice({ index, chosen, onChoose, delivery: { record } }: ChoiceProps) {
  const { t } = useTranslation('history')
  return (
    <Checkbox
      className={classes['above'] ?? ''}
      size="xs"
      mt={3}
      checked={chosen}
      aria-label={`${t('list.choose')}: ${record.name ?? record.id}`}
      // A change event does not say whether shift was held.
      onClick={(event) => onChoose(index, event.shiftKey)}
      onChange={() => undefined}
    />
  )
}

/** Whether a click on a row opens it: not one on what stands in it, and not the end of marking text. */
export function opens({ target }: MouseEvent): boolean {
  if (!(target instanceof Element) || target.closest('a, button, input, label')) return false
  return (window.getSelection()?.toString() ?? '') === ''
}

/** In the place of a table's rows that are out of sight. */
export function RowSpace({ height, columns }: { height: number; columns: number }) {
  if (height <= 0) return null
  return (
    <tr aria-hidden className={classes['space']}>
      <td aria-hidden colSpan={columns} style={{ height }} />
    </tr>
  )
}
