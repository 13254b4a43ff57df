import { PasswordInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { secretMask } from './secret-mask.ts'

interface Props {
  label?: string
  'aria-label'?: string
  value: string
  onChange: (value: string) => void
  /** The server has one: as long as nothing is typed it stays. */
  kept: boolean
  placeholder?: string
  error?: ReactNode
  disabled?: boolean
  'data-field'?: string
}

/** A secret: written, never read back. */
export function SecretInput({ value, onChange, kept, placeholder, ...rest }: Props) {
  const { t } = useTranslation('form')
  return (
    <PasswordInput
      {...rest}
      value={value === secretMask ? '' : value}
      placeholder={value === secretMask ? t('secret.kept') : placeholder}
      // A password manager would fill in the user's own, and keep the receiver's as theirs.
      autoComplete="new-password"
      spellCheck={false}
      visibilityToggleButtonProps={{ 'aria-label': t('secret.show') }}
      onChange={(typed) => {
        const text = typed.currentTarget.value
        onChange(text === '' && kept ? secretMask : text)
      }}
    />
  )
}
