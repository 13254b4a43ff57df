import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type CrmUser, usePutUser } from '../../../data/users.ts'
import { Panel } from '../../../parts/panel.tsx'
import { problemText } from '../../../parts/problem/text.ts'
import { isShownAt, problemAt } from '../problem-at.ts'
import { NamingRow, nameInput } from './naming-row.tsx'

/** People that records name by a number only. */
export function WaitingPeople({ users }: { users: CrmUser[] }) {
  const { t } = useTranslation('settings')
  if (users.length === 0) return null
  return (
    <Panel title={t('names.people')} about={t('names.peopleAbout')}>
      {users.map((user) => (
        <PersonRow key={user.id} user={user} />
      ))}
    </Panel>
  )
}

function PersonRow({ user: { id } }: { user: CrmUser }) {
  const { t } = useTranslation(['settings', 'common'])
  const put = usePutUser()
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  return (
    <NamingRow
      what={t('names.person')}
      id={id}
      ready={name.trim() !== ''}
      saving={put.isPending}
      problem={put.error && !isShownAt(put.error, ['email']) ? problemText(put.error, t) : undefined}
      onSave={() => put.mutate({ id, name: name.trim(), email: email.trim() || null })}
    >
      <TextInput
        {...nameInput}
        aria-label={t('names.nameOf', { what: t('names.person'), id })}
        placeholder={t('names.personExample')}
        autoComplete="off"
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        type="email"
        aria-label={t('names.emailOf', { id })}
        placeholder={t('people.email')}
        autoComplete="off"
        maxLength={320}
        value={email}
        error={problemAt(put.error, 'email', t)}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
    </NamingRow>
  )
}
