import { Modal, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useInviteMember } from '../../../data/members.ts'
import type { Role } from '../../../data/session.ts'
import { DialogForm } from '../../../parts/dialog-form.tsx'
import { ProblemAlert } from '../../../parts/problem/alert.tsx'
import { useReturnFocus } from '../../../parts/return-focus.ts'
import { isShownAt, problemAt } from '../problem-at.ts'
import { LinkShown } from './link-shown.tsx'
import { RoleChoice } from './role-choice.tsx'

/** Invites somebody, then shows the link that has to be passed on. */
export function InviteModal({ onClose }: { onClose: () => void }) {
  useReturnFocus()
  const { t } = useTranslation(['settings', 'common'])
  const invite = useInviteMember()
  const [email, setEmail] = useState('')
  const [name, setName] = useState('')
  const [role, setRole] = useState<Role>('manager')
  const made = invite.data

  const submit = () => {
    const called = name.trim()
    invite.mutate({ email: email.trim(), role, ...(called ? { name: called } : {}) })
  }
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={made ? t('members.invited') : t('members.invite')}
      closeOnClickOutside={!made}
    >
      {made ? (
        <LinkShown invitation={made.invite} name={made.name} onDone={onClose} />
      ) : (
        <DialogForm
          onSubmit={submit}
          onCancel={onClose}
          isSaving={invite.isPending}
          submitLabel={t('members.makeLink')}
        >
          {invite.error && !isShownAt(invite.error, ['email', 'name', 'role']) && (
            <ProblemAlert problem={invite.error} />
          )}
          <TextInput
            data-autofocus
            required
            withAsterisk={false}
            type="email"
            autoComplete="off"
            label={t('members.email')}
            maxLength={254}
            value={email}
            error={invite.variables?.email === email.trim() ? problemAt(invite.error, 'email', t) : undefined}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <TextInput
            autoComplete="off"
            label={`${t('members.name')} (${t('common:optional')})`}
            description={t('members.nameAbout')}
            maxLength={200}
            value={name}
            error={problemAt(invite.error, 'name', t)}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <RoleChoice value={role} onChange={setRole} error={problemAt(invite.error, 'role', t)} />
        </DialogForm>
      )}
    </Modal>
  )
}
