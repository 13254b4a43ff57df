import { Button, Card } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconUserPlus } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { allMembers, type Member, useRemoveMember } from '../../data/members.ts'
import { useMay, useMember } from '../../data/session.ts'
import { CardTable } from '../../parts/card-table.tsx'
import { confirmDanger } from '../../parts/confirm.tsx'
import { Page as Frame } from '../../parts/page.tsx'
import { Panel } from '../../parts/panel.tsx'
import { InviteModal } from './members/invite-modal.tsx'
import { MemberModal } from './members/member-modal.tsx'
import { type MemberAction, MemberRow } from './members/member-row.tsx'
import { NewLinkModal } from './members/new-link-modal.tsx'
import { roles } from './members/role-choice.tsx'
import { RoleTable } from './members/role-table.tsx'
import { ReadOnlyNote } from './read-only-note.tsx'
import classes from './settings.module.css'

/** Who signs in here, and what each may do. */
export function Page() {
  const { t } = useTranslation(['settings', 'common'])
  const may = useMay()
  const { data: members } = useSuspenseQuery({ ...allMembers, select: byRole })
  const [inviting, setInviting] = useState(false)
  const [acting, setActing] = useState<{ action: 'edit' | 'link'; member: Member } | null>(null)
  const remove = useRemoveWithQuestion()
  const close = () => setActing(null)

  const act = (action: MemberAction, member: Member) => {
    if (action === 'remove') remove(member)
    else setActing({ action, member })
  }
  return (
    <Frame
      title={t('members.title')}
      about={t('members.about')}
      actions={
        may.administer && (
          <Button leftSection={<IconUserPlus size={16} />} onClick={() => setInviting(true)}>
            {t('members.invite')}
          </Button>
        )
      }
    >
      {!may.administer && <ReadOnlyNote>{t('members.readOnly')}</ReadOnlyNote>}
      <Card withBorder padding={0} style={{ overflow: 'visible' }}>
        <CardTable
          className={classes['table']}
          columns={[t('members.name'), t('members.role'), t('members.stateColumn'), t('members.lastSeen')]}
          withActions={may.administer}
        >
          {members.map((member) => (
            <MemberRow key={member.id} member={member} onAct={act} />
          ))}
        </CardTable>
      </Card>
      <Panel title={t('role.title')} about={t('role.tableAbout')}>
        <RoleTable />
      </Panel>
      {inviting && <InviteModal onClose={() => setInviting(false)} />}
      {acting?.action === 'edit' && <MemberModal member={acting.member} onClose={close} />}
      {acting?.action === 'link' && <NewLinkModal member={acting.member} onClose={close} />}
    </Frame>
  )
}

/** Those who may most come first; within a role by name. */
function byRole(members: Member[]): Member[] {
  return members.toSorted(
    (a, b) => roles.indexOf(a.role) - roles.indexOf(b.role) || a.name.localeCompare(b.name),
  )
}

/** Removes a member after asking; the last owner is refused with the reason. */
function useRemoveWithQuestion() {
  const { t } = useTranslation(['settings', 'common'])
  const me = useMember()
  const remove = useRemoveMember()
  return ({ id, name, email }: Member) =>
    confirmDanger({
      title: t('members.removeTitle', { name: name || email }),
      about: t(id === me.id ? 'members.removeMyself' : 'members.removeAbout'),
      yes: t('members.remove'),
      no: t('common:cancel'),
      onYes: () =>
        remove.mutate(id, {
          onSuccess: () => notifications.show({ message: t('members.removed', { name: name || email }) }),
        }),
    })
}
