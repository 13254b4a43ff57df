import { Badge, Table } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { tokenKinds } from '../../../data/tokens.ts'
import cards from '../../../parts/card-table.module.css'
import classes from '../settings.module.css'

/** Which kind of token is for which case, and what each can and cannot. */
export function KindTable() {
  const { t } = useTranslation('settings')
  return (
    <Table className={`${cards['table']} ${classes['table']}`} withRowBorders={false} fz="sm">
      <thead>
        <tr>
          <th>{t('tokens.kind')}</th>
          <th>{t('tokens.case')}</th>
          <th>{t('tokens.can')}</th>
          <th>{t('tokens.cannot')}</th>
        </tr>
      </thead>
      <tbody>
        {tokenKinds.map((kind) => (
          <tr key={kind} style={{ verticalAlign: 'top' }}>
            <td>
              <KindBadge kind={kind} />
            </td>
            <td>{t(`tokens.kinds.${kind}.case`)}</td>
            <td>
              <span className={classes['label']}>{t('tokens.can')}:</span>
              {t(`tokens.kinds.${kind}.can`)}
            </td>
            <td>
              <span className={classes['label']}>{t('tokens.cannot')}:</span>
              {t(`tokens.kinds.${kind}.cannot`)}
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}

/** A kind by the name that the API gives it. */
export function KindBadge({ kind }: { kind: string }) {
  return (
    <Badge variant="default" radius="sm" tt="none" ff="monospace" fw={600} miw="max-content">
      {kind}
    </Badge>
  )
}
