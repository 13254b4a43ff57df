import { Stack, Table, Text, VisuallyHidden } from '@mantine/core'
import { IconCheck, IconMinus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Role } from '../../../data/session.ts'
import { roles } from './role-choice.tsx'

/** What is done in an account, and the roles that may. */
const rights: {
  key: 'look' | 'records' | 'webhooks' | 'settings' | 'people' | 'audit'
  may: readonly Role[]
}[] = [
  { key: 'look', may: ['owner', 'manager', 'viewer'] },
  { key: 'records', may: ['owner', 'manager'] },
  { key: 'webhooks', may: ['owner', 'manager'] },
  { key: 'settings', may: ['owner', 'manager'] },
  { key: 'people', may: ['owner'] },
  { key: 'audit', may: ['owner'] },
]

/** What each role may do; where there is no room for columns, who may is said under each line. */
export function RoleTable() {
  const { t } = useTranslation(['settings', 'common'])
  return (
    <>
      <Table visibleFrom="sm" verticalSpacing={6} fz="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('role.what')}</Table.Th>
            {roles.map((role) => (
              <Table.Th key={role} ta="center">
                {t(`common:role.${role}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rights.map(({ key, may }) => (
            <Table.Tr key={key}>
              <Table.Th scope="row" fw={400}>
                {t(`role.right.${key}`)}
              </Table.Th>
              {roles.map((role) => (
                <Table.Td key={role} ta="center">
                  <Answer yes={may.includes(role)} />
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Stack hiddenFrom="sm" gap="xs" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
        {rights.map(({ key, may }) => (
          <li key={key}>
            <Text size="sm">{t(`role.right.${key}`)}</Text>
            <Text size="xs" c="dimmed">
              {may.map((role) => t(`common:role.${role}`)).join(' · ')}
            </Text>
          </li>
        ))}
      </Stack>
    </>
  )
}

function Answer({ yes }: { yes: boolean }) {
  const { t } = useTranslation()
  return (
    <Text c={yes ? 'var(--mantine-color-text)' : 'dimmed'} component="div" lh={0}>
      {yes ? <IconCheck size={16} aria-hidden /> : <IconMinus size={16} aria-hidden />}
      <VisuallyHidden>{yes ? t('yes') : t('no')}</VisuallyHidden>
    </Text>
  )
}
