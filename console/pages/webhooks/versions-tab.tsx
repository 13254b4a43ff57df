import { Anchor, Button, Stack, Table, Text, Timeline } from '@mantine/core'
import { useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { type WebhookVersion, webhookVersions } from '../../data/webhooks.ts'
import { Panel } from '../../parts/panel.tsx'
import { StatusBadge } from '../../parts/status-badge.tsx'
import { Time } from '../../parts/time.tsx'
import { changesOf } from './changes-of.ts'

/** What the webhook was before, newest first, each with what changed. */
export function VersionsTab({ webhookId }: { webhookId: string }) {
  const { t } = useTranslation(['webhooks', 'common'])
  const versions = useSuspenseInfiniteQuery(webhookVersions(webhookId))
  const items = versions.data.pages.flatMap((page) => page.items)
  return (
    <Panel title={t('versions.title')} about={t('versions.about')}>
      <Timeline bulletSize={14} lineWidth={2} active={0}>
        {items.map((version, index) => (
          <Timeline.Item key={version.version} title={t('versions.one', { number: version.version })}>
            <Text size="sm" c="dimmed" component="div">
              <Time at={version.created_at} /> · {version.changed_by} <StatusBadge status={version.status} />
            </Text>
            <Changes version={version} before={items[index + 1]} />
          </Timeline.Item>
        ))}
      </Timeline>
      <Stack align="flex-start" mt="md">
        {versions.hasNextPage && (
          <Button
            variant="default"
            loading={versions.isFetchingNextPage}
            onClick={() => void versions.fetchNextPage()}
          >
            {t('common:loadMore')}
          </Button>
        )}
        <Anchor size="sm" component={Link} to={`/settings/audit?subject_id=${webhookId}`}>
          {t('versions.audit')}
        </Anchor>
      </Stack>
    </Panel>
  )
}

function Changes({ version, before }: { version: WebhookVersion; before: WebhookVersion | undefined }) {
  const { t } = useTranslation('webhooks')
  if (!before) {
    return version.version === 1 ? <Text size="sm">{t('versions.first')}</Text> : null
  }
  const changes = changesOf(before, version)
  if (changes.length === 0) return <Text size="sm">{t('versions.nothing')}</Text>
  return (
    <Table.ScrollContainer type="native" tabIndex={0} minWidth={480}>
      <Table mt={4} fz="sm" layout="fixed">
        <Table.Tbody>
          {changes.map(({ path, old, now }) => (
            <Table.Tr key={path}>
              <Table.Td ff="monospace" w="30%" style={{ overflowWrap: 'anywhere' }}>
                {path}
              </Table.Td>
              <Table.Td c="dimmed" td="line-through" style={{ overflowWrap: 'anywhere' }}>
                {old}
              </Table.Td>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>{now}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}
