import { Button, Stack } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Navigate, useLocation, useNavigate } from 'react-router'
import { sessionQuery, useSetUp } from '../../data/session.ts'
import { language } from '../../i18n/index.ts'
import { EmailField, NameField, PasswordField } from '../../parts/credential-fields.tsx'
import { Door } from '../../parts/door.tsx'
import { ProblemAlert } from '../../parts/problem/alert.tsx'

/** The first user, by the link that the server prints at its start. Its code stands behind the #, which no log sees. */
export function Page() {
  const { t } = useTranslation('start')
  const { data } = useSuspenseQuery(sessionQuery)
  const { hash } = useLocation()
  const navigate = useNavigate()
  const setUp = useSetUp()
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  if (data.member && !setUp.isSuccess) return <Navigate replace to="/" />
  if (!data.setup_needed && !setUp.isSuccess) return <Navigate replace to="/sign-in" />

  const submit = (event: FormEvent) => {
    event.preventDefault()
    const code = decodeURIComponent(hash.slice(1))
    setUp.mutate(
      { code, name, email, password, language: language() },
      { onSuccess: () => void navigate('/welcome', { replace: true }) },
    )
  }
  return (
    <Door title={t('setUp.title')} about={t('setUp.about')}>
      <form onSubmit={submit}>
        <Stack mt="md">
          {setUp.error && <ProblemAlert problem={setUp.error} />}
          <NameField autoFocus value={name} onChange={(event) => setName(event.currentTarget.value)} />
          <EmailField value={email} onChange={(event) => setEmail(event.currentTarget.value)} />
          <PasswordField
            isNew
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <Button type="submit" loading={setUp.isPending}>
            {t('setUp.do')}
          </Button>
        </Stack>
      </form>
    </Door>
  )
}
