import { Modal, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type CrmUser, useMakeUser, usePutUser } from '../../../data/users.ts'
import { DialogForm } from '../../../parts/dialog-form.tsx'
import { ProblemAlert } from '../../../parts/problem/alert.tsx'
import { useReturnFocus } from '../../../parts/return-focus.ts'
import { isShownAt, problemAt } from '../problem-at.ts'

interface Props {
  /** The one to change; without it somebody is added. */
  user: CrmUser | null
  onClose: () => void
}

/** Somebody who owns records: name, e-mail, and the id under which the CRM knows them. */
export function PersonModal({ user, onClose }: Props) {
  useReturnFocus()
  const { t } = useTranslation(['settings', 'common'])
  const make = useMakeUser()
  const put = usePutUser()
  const save = user ? put : make
  const [id, setId] = useState(user?.id ?? '')
  const [name, setName] = useState(user?.origin === 'declared' ? user.name : '')
  const [email, setEmail] = useState(user?.email ?? '')
  const problem = (path: string) => problemAt(save.error, path, t)

  const submit = () =>
    save.mutate({ id: id.trim(), name: name.trim(), email: email.trim() || null }, { onSuccess: onClose })
  return (
    <Modal
      opened
      onClose={onClose}
      title={user ? t('people.editTitle', { name: user.name }) : t('people.add')}
    >
      <DialogForm
        onSubmit={submit}
        onCancel={onClose}
        isSaving={save.isPending}
        disabled={name.trim() === '' || id.trim() === ''}
        noValidate
      >
        {save.error && !isShownAt(save.error, ['id', 'name', 'email']) && (
          <ProblemAlert problem={save.error} />
        )}
        <TextInput
          data-autofocus
          autoComplete="off"
          label={t('people.name')}
          maxLength={200}
          value={name}
          error={problem('name')}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          type="email"
          autoComplete="off"
          label={`${t('people.email')} (${t('common:optional')})`}
          maxLength={320}
          value={email}
          error={problem('email')}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <TextInput
          autoComplete="off"
          readOnly={user !== null}
          label={t('people.id')}
          description={t('people.idAbout')}
          maxLength={200}
          value={id}
          error={problem('id')}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          onChange={(event) => setId(event.currentTarget.value)}
        />
      </DialogForm>
    </Modal>
  )
}
