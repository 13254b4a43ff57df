import { ActionIcon, Button, Card, Group, Menu, Stack, Text, TextInput } from '@mantine/core'
import { IconDots, IconPencil, IconPlus, IconSearch, IconTrash, IconUsers } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../../../data/session.ts'
import { type CrmUser, useDeleteUser } from '../../../data/users.ts'
import { ActionsCell, CardTable } from '../../../parts/card-table.tsx'
import { Empty } from '../../../parts/empty.tsx'
import { PersonName } from '../../../parts/person-name.tsx'
import classes from '../settings.module.css'
import { PersonModal } from './person-modal.tsx'
import { useDeleteWithQuestion } from './use-delete-with-question.ts'

const shownAtOnce = 100

/** The people that own records: not those who sign in here. */
export function PeopleTab({ users }: { users: CrmUser[] }) {
  const { t } = useTranslation(['settings', 'common'])
  const may = useMay()
  const [search, setSearch] = useState('')
  const [most, setMost] = useState(shownAtOnce)
  const [open, setOpen] = useState<{ user: CrmUser | null } | null>(null)
  const needle = search.trim().toLowerCase()
  const found = users.filter(({ id, name, email }) =>
    `${id} ${name} ${email ?? ''}`.toLowerCase().includes(needle),
  )
  return (
    <Stack gap="md">
      <Group justify="space-between" gap="sm">
        <TextInput
          leftSection={<IconSearch size={16} />}
          aria-label={t('people.search')}
          placeholder={t('people.search')}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          style={{ flex: '1 1 14rem', maxWidth: '24rem' }}
        />
        {may.manage && (
          <Button leftSection={<IconPlus size={16} />} onClick={() => setOpen({ user: null })}>
            {t('people.add')}
          </Button>
        )}
      </Group>
      <Card withBorder padding={0} style={{ overflow: 'visible' }}>
        {found.length === 0 ? (
          <Empty icon={IconUsers} title={needle ? t('people.nobodyFound') : t('people.none')}>
            {!needle && t('people.noneAbout')}
          </Empty>
        ) : (
          <CardTable
            className={classes['table']}
            columns={[t('people.name'), t('people.email'), t('people.id')]}
            withActions={may.manage}
          >
            {found.slice(0, most).map((user) => (
              <PersonRow key={user.id} user={user} onEdit={() => setOpen({ user })} />
            ))}
          </CardTable>
        )}
      </Card>
      {found.length > most && (
        <Button variant="default" onClick={() => setMost((count) => count + shownAtOnce)}>
          {t('common:loadMore')}
        </Button>
      )}
      {open && <PersonModal user={open.user} onClose={() => setOpen(null)} />}
    </Stack>
  )
}

function PersonRow({ user, onEdit }: { user: CrmUser; onEdit: () => void }) {
  const { t } = useTranslation('settings')
  const may = useMay()
  const { id, name, email, origin } = user
  return (
    <tr>
      <td>
        {origin === 'discovered' ? (
          <Text size="sm" c="dimmed">
            {t('people.unnamed')}
          </Text>
        ) : (
          <Text component="div" fw={600} size="sm">
            <PersonName users={[user]} id={id} />
          </Text>
        )}
      </td>
      <td className={email ? undefined : classes['empty']}>
        <Text size="sm" c={email ? undefined : 'dimmed'}>
          {email ?? '–'}
        </Text>
      </td>
      <td>
        <span className={classes['label']}>{t('people.id')}:</span>
        <Text span size="sm" ff="monospace">
          {id}
        </Text>
      </td>
      {may.manage && (
        <ActionsCell>
          <PersonMenu id={id} name={name} onEdit={onEdit} />
        </ActionsCell>
      )}
    </tr>
  )
}

function PersonMenu({ id, name, onEdit }: { id: string; name: string; onEdit: () => void }) {
  const { t } = useTranslation(['settings', 'common'])
  const remove = useDeleteUser()
  const ask = useDeleteWithQuestion()
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t('people.menu', { name })}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPencil size={16} />} onClick={onEdit}>
          {t('common:edit')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconTrash size={16} />}
          c="light-dark(var(--mantine-color-red-9), var(--mantine-color-red-4))"
          onClick={() =>
            ask(t('people.deleteTitle', { name }), t('people.deleteAbout'), () => remove.mutate(id))
          }
        >
          {t('common:delete')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
