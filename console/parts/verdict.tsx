import { Badge, Group, Text } from '@mantine/core'
import { IconCheck, IconMinus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { StatusBadge } from './status-badge.tsx'

const reasons = [
  'fired', 'not_subscribed', 'other_stage', 'entering', 'condition', 'not_newly_true', 'limit', 'interval', 'active_hours',
  'loop', 'rate_guard', 'disabled',
] as const // prettier-ignore

interface Props {
  verdict: 'fired' | 'skipped'
  reason: string
  /** It has not happened: "Would be sent". */
  would?: boolean
}

/** Fired or skipped, and the reason as a sentence. */
export function Verdict({ verdict, reason, would = false }: Props) {
  const fired = verdict === 'fired'
  const { t } = useTranslation('exchange')
  return (
    <Group gap="xs" align="center">
      {would ? (
        <Badge
          size="lg"
          tt="none"
          variant="default"
          leftSection={
            fired ? (
              <IconCheck size={14} stroke={2.4} color="var(--mantine-color-green-6)" aria-hidden />
            ) : (
              <IconMinus size={14} stroke={2.4} aria-hidden />
            )
          }
        >
          {t(`verdict.would.${verdict}`)}
        </Badge>
      ) : (
        <StatusBadge status={verdict} />
      )}
      <Text size="sm" style={{ flex: '1 1 17rem' }}>
        <ReasonText reason={reason} />
      </Text>
    </Group>
  )
}

/** The reason of a decision as a sentence, by itself. */
export function ReasonText({ reason }: { reason: string }) {
  const { t } = useTranslation('exchange')
  const known = reasons.find((name) => name === reason)
  return <>{known ? t(`verdict.${known}`) : reason}</>
}
