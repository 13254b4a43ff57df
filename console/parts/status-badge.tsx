import { Badge } from '@mantine/core'
import { useTranslation } from 'react-i18next'

/** What is said of deliveries, webhooks and decisions, each with its colour; words say it too, so colour is not needed. */
const colors = {
  // deliveries
  pending: 'blue',
  sending: 'blue',
  waiting: 'yellow',
  delivered: 'green',
  dead: 'red',
  canceled: 'gray',
  // webhooks
  active: 'green',
  paused: 'yellow',
  disabled: 'gray',
  deleted: 'gray',
  failing: 'red',
  // decisions
  fired: 'green',
  skipped: 'gray',
  // attempts
  retry: 'orange',
  rejected: 'red',
  gone: 'red',
  // work that takes a while
  running: 'blue',
  done: 'green',
  failed: 'red',
} as const

export type Status = keyof typeof colors

function isStatus(value: string): value is Status {
  return Object.hasOwn(colors, value)
}

export function StatusBadge({ status }: { status: string }) {
  const { t } = useTranslation()
  if (!isStatus(status)) return <Badge variant="default">{status}</Badge>
  return (
    <Badge
      variant="default"
      tt="none"
      fw={600}
      leftSection={<Dot color={colors[status]} />}
      // A word is never cut, however narrow its place is.
      style={{ flexShrink: 0, maxWidth: 'none' }}
    >
      {t(`status.${status}`)}
    </Badge>
  )
}

function Dot({ color }: { color: string }) {
  return (
    <span
      aria-hidden
      style={{
        display: 'block',
        width: 8,
        height: 8,
        borderRadius: 4,
        background: `var(--mantine-color-${color}-6)`,
      }}
    />
  )
}
