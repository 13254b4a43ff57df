import { Alert, Button, Group, List, Stack, Tabs } from '@mantine/core'
import { useThrottledCallback } from '@mantine/hooks'
import { IconAlertTriangle, IconPencil, IconSend } from '@tabler/icons-react'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams, useSearchParams } from 'react-router'
import { useLive } from '../../data/live.ts'
import { useMay, useTimeZone } from '../../data/session.ts'
import { shownStatus, webhookQuery } from '../../data/webhooks.ts'
import { Loading } from '../../parts/loading.tsx'
import { Page as Frame } from '../../parts/page.tsx'
import { statusReasonText, warningText } from '../../parts/problem/text.ts'
import { StatusBadge } from '../../parts/status-badge.tsx'
import { DeveloperTab } from './developer-tab.tsx'
import { SummaryTab } from './summary-tab.tsx'
import { useWebhookActions } from './use-webhook-actions.tsx'
import { VersionsTab } from './versions-tab.tsx'
import { WebhookMenu } from './webhook-menu.tsx'

const tabs = ['summary', 'developer', 'versions'] as const

/** One webhook: what it does, how it has been doing, and what to give to who receives it. */
export function Page() {
  const { t } = useTranslation(['webhooks', 'common'])
  const { id = '' } = useParams()
  const [params, setParams] = useSearchParams()
  const may = useMay()
  const timeZone = useTimeZone()
  const client = useQueryClient()
  const { data: webhook } = useSuspenseQuery(webhookQuery(id))
  const act = useWebhookActions(webhook)
  const tab = tabs.find((name) => name === params.get('tab')) ?? 'summary'
  const refresh = useThrottledCallback(
    () => void client.invalidateQueries({ queryKey: webhookQuery(id).queryKey, exact: true }),
    1000,
  )
  useLive({
    attempt({ webhook_id }) {
      if (webhook_id === id) refresh()
    },
    missed: refresh,
  })

  const { name, description, status, status_reason, warnings } = webhook
  return (
    <Frame
      title={name}
      about={description}
      badge={<StatusBadge status={shownStatus(webhook)} />}
      trail={[{ title: t('list.title'), to: '/webhooks' }]}
      actions={
        <>
          {may.manage && (
            <>
              <Button
                variant="default"
                leftSection={<IconSend size={16} />}
                loading={act.busy}
                onClick={act.test}
              >
                {t('menu.test')}
              </Button>
              <Button component={Link} to={`/webhooks/${id}/edit`} leftSection={<IconPencil size={16} />}>
                {t('common:edit')}
              </Button>
            </>
          )}
          <WebhookMenu webhook={webhook} />
        </>
      }
    >
      {status === 'disabled' && (
        <Alert color="gray" title={t('off.title')} icon={<IconAlertTriangle />}>
          <Group justify="space-between">
            {status_reason === null ? '' : statusReasonText(status_reason, t, timeZone)}
            {may.manage && (
              <Button size="xs" onClick={() => act.change('enable')} loading={act.busy}>
                {t('menu.enable')}
              </Button>
            )}
          </Group>
        </Alert>
      )}
      {warnings.length > 0 && (
        <Alert color="yellow" variant="light" title={t('warnings')} icon={<IconAlertTriangle />}>
          <List size="sm">
            {warnings.map((warning) => (
              <List.Item key={`${warning.path} ${warning.message}`}>{warningText(warning, t)}</List.Item>
            ))}
          </List>
        </Alert>
      )}
      <Tabs
        keepMounted={false}
        value={tab}
        onChange={(next) => setParams(next && next !== 'summary' ? { tab: next } : {}, { replace: true })}
      >
        <Tabs.List mb="md">
          {tabs.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {t(`tab.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Suspense fallback={<Loading />}>
          <Stack>
            <Tabs.Panel value="summary">
              <SummaryTab webhook={webhook} />
            </Tabs.Panel>
            <Tabs.Panel value="developer">
              <DeveloperTab webhook={webhook} />
            </Tabs.Panel>
            <Tabs.Panel value="versions">
              <VersionsTab webhookId={id} />
            </Tabs.Panel>
          </Stack>
        </Suspense>
      </Tabs>
    </Frame>
  )
}
