import { Alert, Modal, TextInput } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Member, useChangeMember } from '../../../data/members.ts'
import { useMember } from '../../../data/session.ts'
import { DialogForm } from '../../../parts/dialog-form.tsx'
import { ProblemAlert } from '../../../parts/problem/alert.tsx'
import { useReturnFocus } from '../../../parts/return-focus.ts'
import { isShownAt, problemAt } from '../problem-at.ts'
import { RoleChoice } from './role-choice.tsx'

/** A member's name and role. */
export function MemberModal({ member, onClose }: { member: Member; onClose: () => void }) {
  useReturnFocus()
  const { t } = useTranslation(['settings', 'common'])
  const me = useMember()
  const change = useChangeMember()
  const [name, setName] = useState(member.name)
  const [role, setRole] = useState(member.role)
  const wanted = name.trim()
  const stepsDown = member.id === me.id && role !== 'owner'

  const submit = () => {
    if (wanted === '') return
    const differs = {
      ...(wanted === member.name ? {} : { name: wanted }),
      ...(role === member.role ? {} : { role }),
    }
    if (Object.keys(differs).length === 0) return onClose()
    change.mutate({ id: member.id, ...differs }, { onSuccess: onClose })
  }
  return (
    <Modal opened onClose={onClose} size="lg" title={t('members.editTitle', { name: member.name })}>
      <DialogForm onSubmit={submit} onCancel={onClose} isSaving={change.isPending} noValidate>
        {change.error && !isShownAt(change.error, ['name', 'role']) && (
          <ProblemAlert problem={change.error} />
        )}
        <TextInput
          data-autofocus
          autoComplete="off"
          label={t('members.name')}
          maxLength={200}
          value={name}
          error={wanted === '' ? t('profile.nameNeeded') : problemAt(change.error, 'name', t)}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <RoleChoice
          value={role}
          onChange={(picked) => {
            setRole(picked)
            change.reset()
          }}
          error={problemAt(change.error, 'role', t)}
        />
        {stepsDown && (
          <Alert color="yellow" variant="light" icon={<IconAlertTriangle />} c="var(--mantine-color-text)">
            {t('members.stepDown')}
          </Alert>
        )}
      </DialogForm>
    </Modal>
  )
}
