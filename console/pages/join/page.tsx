import { Button, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation, useNavigate } from 'react-router'
import { invitationQuery, useJoin } from '../../data/session.ts'
import { EmailField, NameField, PasswordField } from '../../parts/credential-fields.tsx'
import { Door } from '../../parts/door.tsx'
import { Loading } from '../../parts/loading.tsx'
import { ProblemAlert } from '../../parts/problem/alert.tsx'

/** A member's first password, or a new one, by a link that an owner made. */
export function Page() {
  const { t } = useTranslation('start')
  const { hash } = useLocation()
  const code = decodeURIComponent(hash.slice(1))
  const invitation = useQuery(invitationQuery(code))
  const navigate = useNavigate()
  const join = useJoin()
  const [name, setName] = useState<string>()
  const [password, setPassword] = useState('')

  if (invitation.error) {
    return (
      <Door title={t('join.over')} about={t('join.overAbout')}>
        {null}
      </Door>
    )
  }
  if (!invitation.data) return <Loading />
  const { email, account_name } = invitation.data
  const shownName = name ?? invitation.data.name

  const submit = (event: FormEvent) => {
    event.preventDefault()
    join.mutate(
      { code, password, ...(shownName ? { name: shownName } : {}) },
      { onSuccess: () => void navigate('/', { replace: true }) },
    )
  }
  return (
    <Door title={t('join.title', { account: account_name })} about={t('join.about')}>
      <form onSubmit={submit}>
        <Stack mt="md">
          {join.error && <ProblemAlert problem={join.error} />}
          <EmailField readOnly required={false} value={email} />
          <NameField autoFocus value={shownName} onChange={(event) => setName(event.currentTarget.value)} />
          <PasswordField
            isNew
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <Button type="submit" loading={join.isPending}>
            {t('join.do')}
          </Button>
        </Stack>
      </form>
    </Door>
  )
}
