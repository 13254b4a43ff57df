import { PasswordInput, type PasswordInputProps } from '@mantine/core'
import { useTranslation } from 'react-i18next'

/** As the server asks for it. */
const passwordLengthMin = 10

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
      visibilityToggleButtonProps={{ 'aria-label': t('password.show') }}
      {...rest}
    />
  )
}
