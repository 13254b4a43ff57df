import { Button, Code, Group } from '@mantine/core'
import { IconEye } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useSigningSecret } from '../../data/webhooks.ts'
import { CopyButton } from '../../parts/copy-button.tsx'
import { Panel } from '../../parts/panel.tsx'

/** What the link leaves out, and the developer cannot check a signature without. */
export function SecretPanel({ webhookId }: { webhookId: string }) {
  const { t } = useTranslation('webhooks')
  const { data, mutate, isPending } = useSigningSecret(webhookId)
  return (
    <Panel title={t('secret.title')} about={t('secret.about')}>
      {data ? (
        <Group gap={6} wrap="nowrap">
          <Code style={{ overflowWrap: 'anywhere' }}>{data.secret}</Code>
          <CopyButton value={data.secret} />
        </Group>
      ) : (
        <Button
          variant="default"
          size="xs"
          leftSection={<IconEye size={14} />}
          loading={isPending}
          style={{ alignSelf: 'flex-start' }}
          onClick={() => mutate()}
        >
          {t('secret.show')}
        </Button>
      )}
    </Panel>
  )
}
