import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './exchange.module.css'

interface Props {
  rows: readonly (readonly [name: string, value: string])[]
  /** With words the rows are folded under them. */
  summary?: string
}

/** Names and values under each other: headers, parameters, fields of a form. */
export function ExchangeRows({ rows, summary }: Props) {
  const { t } = useTranslation('exchange')
  const list = (
    <dl className={`${classes['rows']} ${classes['mono']}`}>
      {rows.map(([name, value], index) => (
        // A name may come twice, and the order is all that there is.
        <div key={`${index} ${name}`} style={{ display: 'contents' }}>
          <dt>{name}</dt>
          <dd>
            {value === '' ? (
              <Text span inherit c="dimmed" fs="italic">
                {t('request.empty')}
              </Text>
            ) : (
              value
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
  if (summary === undefined) return <div className={classes['boxed']}>{list}</div>
  return (
    <details className={classes['fold']}>
      <summary className={classes['summary']}>{summary}</summary>
      {list}
    </details>
  )
}
