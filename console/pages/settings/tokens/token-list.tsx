import { ActionIcon, Card, Text } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { isFromSettings, type Token, useDeleteToken } from '../../../data/tokens.ts'
import { ActionsCell, CardTable } from '../../../parts/card-table.tsx'
import { confirmDanger } from '../../../parts/confirm.tsx'
import { Time } from '../../../parts/time.tsx'
import classes from '../settings.module.css'
import { KindBadge } from './kind-table.tsx'

/** The tokens that work now, without their text. */
export function TokenList({ tokens }: { tokens: Token[] }) {
  const { t } = useTranslation(['settings', 'common'])
  const remove = useDeleteToken()
  const ask = (token: Token) =>
    confirmDanger({
      title: t('tokens.deleteTitle', { name: token.name }),
      about: t(isFromSettings(token) ? 'tokens.deleteFromSettings' : 'tokens.deleteAbout'),
      yes: t('common:delete'),
      no: t('common:cancel'),
      onYes: () => remove.mutate(token.id),
    })
  return (
    <Card withBorder padding={0}>
      <CardTable
        className={classes['table']}
        columns={[t('tokens.name'), t('tokens.kind'), t('tokens.madeAt')]}
        withActions
      >
        {tokens.map((token) => (
          <tr key={token.id}>
            <td>
              <Text size="sm" fw={600}>
                {token.name}
              </Text>
              {isFromSettings(token) && (
                <Text size="xs" c="dimmed">
                  {t('tokens.fromSettings')}
                </Text>
              )}
            </td>
            <td className={classes['start']}>
              <KindBadge kind={token.kind} />
            </td>
            <td className={classes['end']}>
              <span className={classes['label']}>{t('tokens.madeAt')}:</span>
              <Text span size="sm">
                <Time at={token.created_at} />
              </Text>
            </td>
            <ActionsCell>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('tokens.delete', { name: token.name })}
                onClick={() => ask(token)}
              >
                <IconTrash size={16} />
              </ActionIcon>
            </ActionsCell>
          </tr>
        ))}
      </CardTable>
    </Card>
  )
}
