import { Checkbox, Group, Text } from '@mantine/core'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { DeliveryMoment } from './moment.tsx'
import {
  allChosen,
  Choice,
  type DeliveryRow,
  type DeliveryRows,
  opens,
  Purpose,
  RowLink,
  rowOf,
  RowSpace,
} from './row-parts.tsx'
import { attemptsText, noAnswerText, tookText } from './row-text.ts'
import { DeliveryState } from './state.tsx'
import classes from './rows.module.css'
import { useVirtualRows } from '../virtual-rows.ts'

/** Deliveries in a table; of thousands only those in sight are drawn. */
export function DeliveryTable(props: DeliveryRows) {
  const { t } = useTranslation('history')
  const { deliveries, chosen, onChoose, onChooseAll, onEnd } = props
  const { list, rows, before, after, measure } = useVirtualRows<HTMLTableSectionElement>({
    count: deliveries.length,
    keyOf: (index) => deliveries[index]!.id,
    estimate: 57,
    onEnd,
  })
  const columns = onChoose ? 7 : 6
  const all = allChosen(props)
  return (
    <table className={classes['table']} aria-rowcount={-1}>
      <colgroup>
        {onChoose && <col style={{ width: 44 }} />}
        <col style={{ width: 104 }} />
        <col style={{ width: '25%' }} />
        <col />
        <col style={{ width: 144 }} />
        <col style={{ width: 104 }} />
        <col style={{ width: 104 }} />
      </colgroup>
      <thead>
        <tr>
          {onChoose && (
            <th scope="col">
              <Checkbox
                size="xs"
                checked={all}
                indeterminate={!all && chosen.size > 0}
                onChange={() => onChooseAll(!all)}
                aria-label={t('list.chooseAll')}
              />
            </th>
          )}
          <th scope="col">{t('list.time')}</th>
          <th scope="col">{t('list.webhook')}</th>
          <th scope="col">{t('list.event')}</th>
          <th scope="col">{t('list.state')}</th>
          <th scope="col" className={classes['number']}>
            {t('list.code')}
          </th>
          <th scope="col" className={classes['number']}>
            {t('list.took')}
          </th>
        </tr>
      </thead>
      <tbody ref={list}>
        <RowSpace height={before} columns={columns} />
        {rows.map(({ index, key }) => (
          <Row key={key} measure={measure} {...rowOf(props, index)} />
        ))}
        <RowSpace height={after} columns={columns} />
      </tbody>
    </table>
  )
}

interface RowProps extends DeliveryRow {
  measure: (row: Element | null) => void
}

/** While somebody scrolls, only the rows that come into sight are drawn: forty of them again would be felt. */
const Row = memo(function Row({ index, delivery, chosen, isOpen, measure, ...props }: RowProps) {
  const { t, i18n } = useTranslation('history')
  const { id, webhook_id, record, last_status_code, created_at } = delivery
  const noAnswer = noAnswerText(delivery, t)
  return (
    <tr
      ref={measure}
      data-index={index}
      data-chosen={chosen || undefined}
      data-open={isOpen || undefined}
      className={classes['row']}
      onClick={(event) => opens(event) && props.onOpen(id)}
    >
      {props.onChoose && (
        <td>
          <Choice index={index} chosen={chosen} onChoose={props.onChoose} delivery={delivery} />
        </td>
      )}
      <td>
        <DeliveryMoment at={created_at} />
      </td>
      <td>{props.webhookName(webhook_id)}</td>
      <td>
        <Group gap={6}>
          <RowLink delivery={delivery} to={props.addressOf(id)} />
          <Purpose delivery={delivery} />
        </Group>
        <Text size="xs" c="dimmed" component="div">
          {props.renderRecord(record)}
        </Text>
      </td>
      <td>
        <DeliveryState delivery={delivery} addressOf={props.addressOf} />
      </td>
      <td className={classes['number']}>
        {last_status_code ?? (
          <Text span size={noAnswer === null ? 'sm' : 'xs'} c="dimmed">
            {noAnswer ?? '–'}
          </Text>
        )}
      </td>
      <td className={classes['number']}>
        {tookText(delivery, i18n.language)}
        <Text size="xs" c="dimmed">
          {attemptsText(delivery, i18n.language, t)}
        </Text>
      </td>
    </tr>
  )
})
