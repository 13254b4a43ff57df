import { Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { DeliveryMoment } from './moment.tsx'
import { Choice, type DeliveryRows, Purpose, RowLink } from './row-parts.tsx'
import { attemptsText, noAnswerText, tookText } from './row-text.ts'
import { DeliveryState } from './state.tsx'
import classes from './rows.module.css'
import { useVirtualRows } from '../virtual-rows.ts'

/** Deliveries on a narrow screen: a card for each. */
export function DeliveryCards(props: DeliveryRows) {
  const { t, i18n } = useTranslation('history')
  const { deliveries, onEnd } = props
  const { list, rows, before, after, measure } = useVirtualRows<HTMLDivElement>({
    count: deliveries.length,
    keyOf: (index) => deliveries[index]!.id,
    estimate: 128,
    onEnd,
  })
  return (
    <div ref={list} role="list" style={{ paddingTop: before, paddingBottom: after }}>
      {rows.map(({ index, key }) => {
        const delivery = deliveries[index]!
        const { id, webhook_id, record, last_status_code, created_at } = delivery
        const chosen = props.chosen.has(id)
        const facts = [
          last_status_code === null ? noAnswerText(delivery, t) : `HTTP ${last_status_code}`,
          tookText(delivery, i18n.language),
          attemptsText(delivery, i18n.language, t),
        ].filter(Boolean)
        return (
          <div
            key={key}
            ref={measure}
            role="listitem"
            data-index={index}
            data-chosen={chosen || undefined}
            data-open={props.openId === id || undefined}
            className={`${classes['card']} ${classes['row']}`}
          >
            <Group gap="xs" wrap="nowrap" align="flex-start">
              {props.onChoose && (
                <Choice index={index} chosen={chosen} onChoose={props.onChoose} label={t('list.choose')} />
              )}
              <div style={{ flexGrow: 1, minWidth: 0 }}>
                <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
                  <div style={{ minWidth: 0 }}>
                    <RowLink delivery={delivery} to={props.addressOf(id)} />
                    <Text size="sm">{props.renderRecord(record)}</Text>
                  </div>
                  <DeliveryState delivery={delivery} />
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
      })}
    </div>
  )
}
