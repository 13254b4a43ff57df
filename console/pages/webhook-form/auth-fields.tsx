import { SegmentedControl, Stack, TextInput } from '@mantine/core'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Auth } from '../../data/webhooks.ts'
import { AskMark } from './asks.tsx'
import { useWebhookForm } from './form-state.ts'
import classes from './form.module.css'
import { SecretInput } from './secret-input.tsx'
import { useField } from './use-field.ts'

const types = ['none', 'basic', 'bearer', 'header'] as const

const blank: { [type in Auth['type']]: Extract<Auth, { type: type }> } = {
  none: { type: 'none' },
  basic: { type: 'basic', username: '', password: '' },
  bearer: { type: 'bearer', token: '' },
  header: { type: 'header', name: '', value: '' },
}

/** How the request shows the receiver who it is. */
export function AuthFields() {
  const { t } = useTranslation('form')
  const { readOnly } = useWebhookForm()
  const { value: auth, set, input } = useField<Auth>('request.auth')
  // Looking at another way does not lose what was typed for this one.
  const left = useRef<Partial<Record<Auth['type'], Auth>>>({})
  return (
    <Stack gap="sm">
      <AskMark path="request.auth" />
      <SegmentedControl
        aria-label={t('field.auth')}
        className={classes.segments}
        data-field="request.auth"
        disabled={readOnly}
        value={auth.type}
        data={types.map((type) => ({ value: type, label: t(`auth.${type}`) }))}
        onChange={(picked) => {
          const type = picked as Auth['type']
          left.current[auth.type] = auth
          set(left.current[type] ?? blank[type])
        }}
      />
      {input.error}
      {auth.type === 'basic' && (
        <div className={classes.two}>
          <AuthText name="username" label={t('field.username')} />
          <AuthSecret name="password" label={t('field.password')} />
        </div>
      )}
      {auth.type === 'bearer' && <AuthSecret name="token" label={t('field.token')} />}
      {auth.type === 'header' && (
        <div className={classes.two}>
          <AuthText name="name" label={t('field.headerName')} placeholder="X-Api-Key" />
          <AuthSecret name="value" label={t('field.headerValue')} />
        </div>
      )}
    </Stack>
  )
}

function AuthText({ name, label, placeholder }: { name: string; label: string; placeholder?: string }) {
  const { value, set, input } = useField<string>(`request.auth.${name}`)
  return (
    <TextInput
      {...input}
      label={label}
      placeholder={placeholder}
      value={value}
      autoComplete="off"
      spellCheck={false}
      onChange={(typed) => set(typed.currentTarget.value)}
    />
  )
}

function AuthSecret({ name, label }: { name: string; label: string }) {
  const { initial, draft } = useWebhookForm()
  const { value, set, input } = useField<string>(`request.auth.${name}`)
  return (
    <SecretInput
      {...input}
      label={label}
      value={value}
      onChange={set}
      kept={initial.request.auth.type === draft.request.auth.type}
    />
  )
}

export function AuthSummary({ auth }: { auth: Auth }) {
  const { t } = useTranslation('form')
  const detail = auth.type === 'basic' ? auth.username : auth.type === 'header' ? auth.name : ''
  return [t(`auth.${auth.type}`), detail].filter((part) => part !== '').join(': ')
}
