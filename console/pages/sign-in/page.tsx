import { Alert, Button, Stack } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Navigate, useNavigate, useSearchParams } from 'react-router'
import { sessionEnded, sessionQuery, useSignIn } from '../../data/session.ts'
import { EmailField, PasswordField } from '../../parts/credential-fields.tsx'
import { Door } from '../../parts/door.tsx'
import { ProblemAlert } from '../../parts/problem/alert.tsx'
import { safePath } from './safe-path.ts'

/** E-mail and password; afterwards back to where one wanted to go. */
export function Page() {
  const { t } = useTranslation('start')
  const { data } = useSuspenseQuery(sessionQuery)
  const hasEnded = useQueryClient().getQueryData(sessionEnded) === true
  const [params] = useSearchParams()
  const navigate = useNavigate()
  const signIn = useSignIn()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const to = safePath(params.get('to'))
  if (data.member) return <Navigate replace to={to} />

  const submit = (event: FormEvent) => {
    event.preventDefault()
    signIn.mutate({ email, password }, { onSuccess: () => void navigate(to, { replace: true }) })
  }
  return (
    <Door title={t('signIn.title')} about={t('signIn.about')}>
      <form onSubmit={submit}>
        <Stack mt="md">
          {data.setup_needed && (
            <Alert icon={<IconInfoCircle />} title={t('setUpFirst.title')}>
              {t('setUpFirst.about')}
            </Alert>
          )}
          {hasEnded && (
            <Alert color="yellow" icon={<IconInfoCircle />} title={t('signIn.ended')} role="status">
              {t('signIn.endedAbout')}
            </Alert>
          )}
          {signIn.error && <ProblemAlert problem={signIn.error} />}
          <EmailField autoFocus value={email} onChange={(event) => setEmail(event.currentTarget.value)} />
          <PasswordField value={password} onChange={(event) => setPassword(event.currentTarget.value)} />
          <Button type="submit" loading={signIn.isPending}>
            {t('signIn.do')}
          </Button>
        </Stack>
      </form>
    </Door>
  )
}
