import { Anchor, Group, Text, UnstyledButton } from '@mantine/core'
import { IconPlus, IconWebhook } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { shownStatus, type Webhook } from '../../data/webhooks.ts'
import { StatusBadge } from '../../parts/status-badge.tsx'
import { Time } from '../../parts/time.tsx'
import classes from './board.module.css'

/** A webhook that sits on a stage: what it is called, how it sends, and how it fares. */
export function TriggerCard({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation('pipelines')
  const { id, name, request, last_delivery } = webhook
  return (
    <div className={classes.trigger}>
      <IconWebhook size={15} stroke={1.8} className={classes.triggerIcon} aria-hidden />
      <div style={{ minWidth: 0, flex: 1 }}>
        <Anchor
          component={Link}
          to={`/webhooks/${id}`}
          size="xs"
          fw={600}
          c="bright"
          className={classes.triggerName}
        >
          {name}
        </Anchor>
        <Group gap={6} mt={5}>
          <StatusBadge status={shownStatus(webhook)} />
          <Text fz={11} c="dimmed">
            <Text span inherit ff="monospace">
              {request.method}
            </Text>
            {' · '}
            {last_delivery ? <Time at={last_delivery.at} /> : t('trigger.unused')}
          </Text>
        </Group>
      </div>
    </div>
  )
}

interface AddProps {
  kind: string
  pipelineId: string
  /** Without it the trigger is for every stage. */
  stage?: { id: string; name: string }
}

/** To the form of a new webhook, event and stage filled in. */
export function AddTrigger({ kind, pipelineId, stage }: AddProps) {
  const { t } = useTranslation('pipelines')
  const query = new URLSearchParams({
    preset: 'pipeline-trigger',
    event: `${kind}.stage_changed`,
    pipeline: pipelineId,
    ...(stage ? { stage: stage.id } : {}),
  })
  return (
    <UnstyledButton
      component={Link}
      to={`/webhooks/new?${query}`}
      className={classes.addTrigger}
      aria-label={stage ? t('trigger.addOn', { stage: stage.name }) : t('trigger.addEverywhere')}
    >
      <IconPlus size={14} stroke={2} aria-hidden /> {t('trigger.add')}
    </UnstyledButton>
  )
}
