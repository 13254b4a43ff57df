import { Checkbox, Group, Text } from '@mantine/core'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { DeliveryMoment } from './moment.tsx'
import {
  allChosen,
  Choice,
  type DeliveryRow,
  type DeliveryRows,
  Purpose,
  RowLink,
  rowOf,
} from './row-parts.tsx'
import { attemptsText, noAnswerText, tookText } from './row-text.ts'
import { DeliveryState } from './state.tsx'
import classes from './rows.module.css'
import { useVirtualRows } from '../virtual-rows.ts'

/** Deliveries on a narrow screen: a card for each. */
export function DeliveryCards(props: DeliveryRows) {
  const { t } = useTranslation('history')
  const { deliveries, chosen, onChoose, onChooseAll, onEnd } = props
  const { list, rows, before, after, measure } = useVirtualRows<HTMLDivElement>({
    count: deliveries.length,
    keyOf: (index) => deliveries[index]!.id,
    estimate: 128,
    onEnd,
  })
  const all = allChosen(props)
  return (
    <>
      {onChoose && (
        <Checkbox
          className={classes['all'] ?? ''}
          size="xs"
          label={t('list.chooseAll')}
          checked={all}
          indeterminate={!all && chosen.size > 0}
          onChange={() => onChooseAll(!all)}
        />
      )}
      <div ref={list} role="list" style={{ paddingTop: before, paddingBottom: after }}>
        {rows.map(({ index, key }) => (
          <DeliveryCard key={key} measure={measure} {...rowOf(props, index)} />
        ))}
      </div>
    </>
  )
}

interface CardProps extends DeliveryRow {
  measure: (row: Element | null) => void
}

/** Only the cards that come into sight are drawn. */
const DeliveryCard = memo(function DeliveryCard({
  index,
  delivery,
  chosen,
  isOpen,
  measure,
  ...props
}: CardProps) {
  const { t, i18n } = useTranslation('history')
  const { id, webhook_id, record, last_status_code, created_at } = delivery
  const facts = [
    last_status_code === null ? noAnswerText(delivery, t) : `HTTP ${last_status_code}`,
    tookText(delivery, i18n.language),
    attemptsText(delivery, i18n.language, t),
  ].filter(Boolean)
  return (
    <div
      ref={measure}
      role="listitem"
      data-index={index}
      data-chosen={chosen || undefined}
      data-open={isOpen || undefined}
      className={`${classes['card']} ${classes['row']}`}
    >
      <Group gap="xs" wrap="nowrap" align="flex-start">
        {props.onChoose && (
          <Choice index={index} chosen={chosen} onChoose={props.onChoose} delivery={delivery} />
        )}
        <div style={{ flexGrow: 1, minWidth: 0 }}>
          <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
            <div style={{ minWidth: 0 }}>
              <RowLink delivery={delivery} to={props.addressOf(id)} />
              <Text size="sm">{props.renderRecord(record)}</Text>
            </div>
            <DeliveryState delivery={delivery} addressOf={props.addressOf} />
          </Group>
          <Text size="sm" c="dimmed" mt={4}>
            {props.webhookName(webhook_id)}
          </Text>
          <Group gap={6} mt={2}>
            <DeliveryMoment at={created_at} inline />
            <Text size="xs" c="dimmed">
              {facts.join(' · ')}
            </Text>
            <Purpose delivery={delivery} />
          </Group>
        </div>
      </Group>
    </div>
  )
})
