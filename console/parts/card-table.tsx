import { VisuallyHidden } from '@mantine/core'
import type { ComponentProps, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './card-table.module.css'

interface Props {
  /** What each column holds. */
  columns: string[]
  /** Whether the rows end with what can be done. */
  withActions?: boolean
  /** How its cells stand on a phone. */
  className: string | undefined
  /** The rows. */
  children: ReactNode
}

/** A table of things; on a phone each row is a card: its cells stand under each other. */
export function CardTable({ columns, withActions = false, className, children }: Props) {
  const { t } = useTranslation()
  return (
    <table className={`${classes['table']} ${className}`}>
      <thead>
        <tr>
          {columns.map((title) => (
            <th key={title} scope="col">
              {title}
            </th>
          ))}
          {withActions && (
            <th scope="col">
              <VisuallyHidden>{t('actions')}</VisuallyHidden>
            </th>
          )}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  )
}

/** The last cell of a row: what can be done. */
export function ActionsCell(props: ComponentProps<'td'>) {
  return <td className={classes['actions']} {...props} />
}
