import { Badge, Box, Button, Group, Text } from '@mantine/core'
import { type FormEvent, type ReactNode, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './names.module.css'

interface Props {
  /** What it is: a stage, a field… */
  what: string
  id: string
  /** What tells people which one it is: a value, where it is seen. */
  hint?: ReactNode
  saving: boolean
  /** Whether there is something to save. */
  ready: boolean
  problem: string | undefined
  onSave: () => void
  children: ReactNode
}

/** The first input of each row that waits for a name; Enter goes to the next one. */
export const nameInput = { 'data-name-input': true }

/** One thing that waits for a name: Enter saves it, and the next one is at hand. */
export function NamingRow({ what, id, hint, saving, ready, problem, onSave, children }: Props) {
  const { t } = useTranslation(['settings', 'common'])
  const row = useRef<HTMLFormElement>(null)

  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!ready) return
    onSave()
    // The row is gone once the name is kept; so the focus goes on before that.
    nextInput(row.current)?.focus()
  }
  return (
    <form ref={row} className={classes['row']} onSubmit={submit} noValidate>
      <Box className={classes['what']}>
        <Group gap={6} wrap="nowrap" align="baseline">
          <Badge variant="default" radius="sm" size="sm" tt="none" fw={500} style={{ flexShrink: 0 }}>
            {what}
          </Badge>
          <Text size="sm" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
            {id}
          </Text>
        </Group>
        {hint && (
          <Text size="xs" c="dimmed" mt={2} component="div" style={{ overflowWrap: 'anywhere' }}>
            {hint}
          </Text>
        )}
      </Box>
      <div className={classes['inputs']}>{children}</div>
      <Button
        type="submit"
        variant={ready ? 'filled' : 'default'}
        disabled={!ready}
        loading={saving}
        aria-label={t('names.saveOne', { id })}
      >
        {t('common:save')}
      </Button>
      {problem && (
        <Text
          className={classes['problem']}
          role="alert"
          size="sm"
          c="light-dark(var(--mantine-color-red-9), var(--mantine-color-red-4))"
        >
          {problem}
        </Text>
      )}
    </form>
  )
}

function nextInput(row: HTMLElement | null): HTMLElement | undefined {
  const inputs = [...document.querySelectorAll<HTMLElement>('[data-name-input]')]
  const at = inputs.findIndex((input) => row?.contains(input))
  return inputs[at + 1]
}
