import { Alert, Button, Group, Stack } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useChangePassword } from '../../../data/account.ts'
import { useMember } from '../../../data/session.ts'
import { PasswordField } from '../../../parts/credential-fields.tsx'
import { ProblemAlert } from '../../../parts/problem/alert.tsx'
import { isShownAt, problemAt } from '../problem-at.ts'

const none = { password: '', new_password: '' }

/** The present password and the new one; what is wrong stands at its field. */
export function PasswordForm() {
  const { t } = useTranslation(['settings', 'common'])
  const { email } = useMember()
  const change = useChangePassword()
  const [typed, setTyped] = useState(none)

  const type = (part: Partial<typeof none>) => {
    setTyped((before) => ({ ...before, ...part }))
    if (!change.isPending) change.reset()
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    change.mutate(typed, { onSuccess: () => setTyped(none) })
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md" maw={420}>
        {change.isSuccess && (
          <Alert
            color="green"
            variant="light"
            icon={<IconCheck />}
            role="status"
            c="var(--mantine-color-text)"
          >
            {t('profile.passwordChanged')}
          </Alert>
        )}
        {change.error && !isShownAt(change.error, ['password', 'new_password']) && (
          <ProblemAlert problem={change.error} />
        )}
        {/* Tells the browser whose password this is. */}
        <input hidden readOnly type="email" autoComplete="username" value={email} />
        <PasswordField
          label={t('profile.present')}
          value={typed.password}
          error={problemAt(change.error, 'password', t)}
          onChange={(event) => type({ password: event.currentTarget.value })}
        />
        <PasswordField
          isNew
          label={t('profile.new')}
          value={typed.new_password}
          error={problemAt(change.error, 'new_password', t)}
          onChange={(event) => type({ new_password: event.currentTarget.value })}
        />
        <Group>
          <Button type="submit" loading={change.isPending}>
            {t('profile.changePassword')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
