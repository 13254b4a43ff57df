import { Box, Text } from '@mantine/core'
import { IconCircleX, IconTrophy } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Stage } from '../../data/pipelines.ts'
import { stageColor } from './color.ts'

interface Props {
  stage: Pick<Stage, 'name' | 'color' | 'type'>
  fz?: 'xs' | 'sm' | 'md'
  fw?: number
}

/** A stage's name behind its colour; won and lost ones carry a sign, too. */
export function StageBadge({ stage: { name, color, type }, fz = 'sm', fw }: Props) {
  return (
    <Box component="span" style={{ display: 'inline-flex', gap: 6, alignItems: 'baseline', minWidth: 0 }}>
      <StageDot color={color} type={type} />
      <Text span fz={fz} {...(fw ? { fw } : {})} style={{ overflowWrap: 'anywhere' }}>
        {name}
      </Text>
      <StageSign type={type} />
    </Box>
  )
}

function StageDot({ color, type }: Pick<Stage, 'color' | 'type'>) {
  return (
    <span
      aria-hidden
      style={{
        flexShrink: 0,
        width: 9,
        height: 9,
        borderRadius: 3,
        background: stageColor(color, type),
      }}
    />
  )
}

/** A cup for won, a cross for lost, nothing for open. */
export function StageSign({ type, size = 15 }: { type: Stage['type']; size?: number }) {
  const { t } = useTranslation('pipelines')
  if (type === 'open') return null
  const Icon = type === 'won' ? IconTrophy : IconCircleX
  const color = type === 'won' ? 'green' : 'red'
  return (
    <Icon
      size={size}
      stroke={1.8}
      role="img"
      aria-label={t(`stageType.${type}`)}
      color={`var(--mantine-color-${color}-text)`}
      style={{ flexShrink: 0, alignSelf: 'center' }}
    />
  )
}
