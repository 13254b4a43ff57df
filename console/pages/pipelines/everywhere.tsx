import { Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useMay } from '../../data/session.ts'
import type { Webhook } from '../../data/webhooks.ts'
import classes from './board.module.css'
import { AddTrigger, TriggerCard } from './trigger-card.tsx'

interface Props {
  kind: string
  pipelineId: string
  triggers: Webhook[]
}

/** What fires on every stage, over the board. */
export function Everywhere({ kind, pipelineId, triggers }: Props) {
  const { t } = useTranslation('pipelines')
  const may = useMay()
  if (triggers.length === 0 && !may.manage) return null
  return (
    <section aria-labelledby="every-stage">
      <Group gap="xs" mb={triggers.length > 0 ? 6 : 0}>
        <Text component="h2" id="every-stage" size="sm" fw={600}>
          {t('trigger.everywhere')}
        </Text>
        {may.manage && <AddTrigger kind={kind} pipelineId={pipelineId} />}
      </Group>
      {triggers.length > 0 && (
        <div className={classes.everywhere}>
          {triggers.map((webhook) => (
            <TriggerCard key={webhook.id} webhook={webhook} />
          ))}
        </div>
      )}
    </section>
  )
}
