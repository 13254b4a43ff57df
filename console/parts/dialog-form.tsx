import { Button, Group, Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

interface Props {
  children: ReactNode
  onSubmit: () => void
  onCancel: () => void
  isSaving: boolean
  /** On the button that submits; "Save" where nothing else is said. */
  submitLabel?: string
  disabled?: boolean
  /** The browser does not look at the fields: what is wrong is said beside them. */
  noValidate?: boolean
  gap?: 'sm' | 'md'
}

/** What a dialog asks for, and under it the way out and the way on. */
export function DialogForm({
  children,
  onSubmit,
  onCancel,
  isSaving,
  submitLabel,
  disabled = false,
  noValidate = false,
  gap = 'md',
}: Props) {
  const { t } = useTranslation()
  return (
    <form
      noValidate={noValidate}
      onSubmit={(event) => {
        event.preventDefault()
        // A dialog may be opened inside a form: its submit is its own.
        event.stopPropagation()
        onSubmit()
      }}
    >
      <Stack gap={gap}>
        {children}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={isSaving} disabled={disabled}>
            {submitLabel ?? t('save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
