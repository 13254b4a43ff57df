import { ActionIcon, Avatar, Badge, Group, Menu, Text } from '@mantine/core'
import { IconDots, IconKey, IconPencil, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Member } from '../../../data/members.ts'
import { useMay, useMember } from '../../../data/session.ts'
import { ActionsCell } from '../../../parts/card-table.tsx'
import { Time } from '../../../parts/time.tsx'
import classes from '../settings.module.css'

export type MemberAction = 'edit' | 'link' | 'remove'

interface Props {
  member: Member
  onAct: (action: MemberAction, member: Member) => void
}

/** One member of the list. */
export function MemberRow({ member, onAct }: Props) {
  const { t } = useTranslation(['settings', 'common'])
  const may = useMay()
  const me = useMember()
  const { id, name, email, role, state, last_seen_at } = member
  return (
    <tr>
      <td>
        <Group gap="sm" wrap="nowrap">
          <Avatar name={name || email} alt="" aria-hidden color="indigo" radius="xl" size={34} />
          <div style={{ minWidth: 0 }}>
            <Text size="sm" fw={600}>
              {name || email}
              {id === me.id && (
                <Text span size="xs" c="dimmed" fw={400} ml={6}>
                  {t('members.you')}
                </Text>
              )}
            </Text>
            <Text size="xs" c="dimmed">
              {email}
            </Text>
          </div>
        </Group>
      </td>
      <td className={classes['start']}>
        <span className={classes['label']}>{t('members.role')}:</span>
        <Text span size="sm">
          {t(`common:role.${role}`)}
        </Text>
      </td>
      <td className={classes['end']}>
        <MemberState state={state} />
      </td>
      <td>
        <span className={classes['label']}>{t('members.lastSeen')}:</span>
        <Text span size="sm" c={last_seen_at ? undefined : 'dimmed'}>
          <Time at={last_seen_at} />
        </Text>
      </td>
      {may.administer && (
        <ActionsCell aria-label={t('common:actions')}>
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('members.menu', { name: name || email })}
              >
                <IconDots size={18} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => onAct('edit', member)}>
                {t('members.edit')}
              </Menu.Item>
              <Menu.Item leftSection={<IconKey size={16} />} onClick={() => onAct('link', member)}>
                {t(state === 'invited' ? 'members.newInvitation' : 'members.newPassword')}
              </Menu.Item>
              <Menu.Divider />
              <Menu.Item
                c="light-dark(var(--mantine-color-red-9), var(--mantine-color-red-4))"
                leftSection={<IconTrash size={16} />}
                onClick={() => onAct('remove', member)}
              >
                {t('members.remove')}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </ActionsCell>
      )}
    </tr>
  )
}

function MemberState({ state }: Pick<Member, 'state'>) {
  const { t } = useTranslation('settings')
  const color = state === 'active' ? 'green' : 'yellow'
  return (
    <Badge
      variant="default"
      tt="none"
      fw={600}
      leftSection={
        <span
          aria-hidden
          style={{
            display: 'block',
            width: 8,
            height: 8,
            borderRadius: 4,
            background: `var(--mantine-color-${color}-6)`,
          }}
        />
      }
    >
      {t(`members.state.${state}`)}
    </Badge>
  )
}
