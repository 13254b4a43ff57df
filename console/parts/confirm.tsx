import { Text } from '@mantine/core'
import { modals } from '@mantine/modals'

interface Question {
  title: string
  /** What will happen, as a sentence. */
  about: string
  yes: string
  no: string
  onYes: () => void
}

/** Asks before something that cannot be undone. */
export function confirmDanger({ title, about, yes, no, onYes }: Question): void {
  modals.openConfirmModal({
    title,
    centered: true,
    children: <Text size="sm">{about}</Text>,
    labels: { confirm: yes, cancel: no },
    confirmProps: { color: 'red.9' },
    onConfirm: onYes,
  })
}
