import { PasswordInput, type PasswordInputProps, TextInput, type TextInputProps } from '@mantine/core'
import { useTranslation } from 'react-i18next'

/** As the server asks for it. */
const passwordLengthMin = 10

/** What a member is called. */
export function NameField(props: TextInputProps) {
  const { t } = useTranslation('start')
  return (
    <TextInput
      required
      withAsterisk={false}
      autoComplete="name"
      maxLength={200}
      label={t('name')}
      {...props}
    />
  )
}

/** The address with which a member signs in. */
export function EmailField(props: TextInputProps) {
  const { t } = useTranslation('start')
  return (
    <TextInput
      required
      withAsterisk={false}
      type="email"
      autoComplete="username"
      label={t('email')}
      {...props}
    />
  )
}

/** A password: a new one says what it must be, a known one is for the browser to fill in. */
export function PasswordField({ isNew = false, ...rest }: PasswordInputProps & { isNew?: boolean }) {
  const { t } = useTranslation('start')
  return (
    <PasswordInput
      required
      withAsterisk={false}
      label={isNew ? t('password.new') : t('password.label')}
      description={isNew ? t('password.rule', { count: passwordLengthMin }) : undefined}
      autoComplete={isNew ? 'new-password' : 'current-password'}
      minLength={isNew ? passwordLengthMin : undefined}
      maxLength={200}
      visibilityToggleButtonProps={{ 'aria-label': t('password.show'), tabIndex: 0 }}
      {...rest}
    />
  )
}
