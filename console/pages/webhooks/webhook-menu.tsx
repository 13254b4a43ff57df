import { ActionIcon, Menu } from '@mantine/core'
import {
  IconCopyPlus,
  IconDots,
  IconHistory,
  IconPlayerPause,
  IconPlayerPlay,
  IconPower,
  IconSend,
  IconSettings,
  IconTimeline,
  IconTrash,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { useMay } from '../../data/session.ts'
import type { Webhook } from '../../data/webhooks.ts'
import { useWebhookActions } from './use-webhook-actions.tsx'

/** What can be done with a webhook, from its row. */
export function WebhookMenu({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation(['webhooks', 'common'])
  const may = useMay()
  const navigate = useNavigate()
  const { id, name, status, last_delivery } = webhook
  const act = useWebhookActions(webhook)
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t('menu.label', { name })}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconTimeline size={16} />}
          disabled={!last_delivery}
          onClick={() => last_delivery && void navigate(`/history/${last_delivery.id}`)}
        >
          {t('menu.last')}
        </Menu.Item>
        <Menu.Item leftSection={<IconHistory size={16} />} component={Link} to={`/history?webhook_id=${id}`}>
          {t('menu.history')}
        </Menu.Item>
        <Menu.Item leftSection={<IconSettings size={16} />} component={Link} to={`/webhooks/${id}/edit`}>
          {t('menu.settings')}
        </Menu.Item>
        {may.manage && (
          <>
            <Menu.Item leftSection={<IconSend size={16} />} onClick={act.test}>
              {t('menu.test')}
            </Menu.Item>
            <Menu.Item leftSection={<IconCopyPlus size={16} />} onClick={act.duplicate}>
              {t('menu.duplicate')}
            </Menu.Item>
            <Menu.Divider />
            {status === 'active' && (
              <Menu.Item leftSection={<IconPlayerPause size={16} />} onClick={() => act.change('pause')}>
                {t('menu.pause')}
              </Menu.Item>
            )}
            {status === 'paused' && (
              <Menu.Item leftSection={<IconPlayerPlay size={16} />} onClick={() => act.change('resume')}>
                {t('menu.resume')}
              </Menu.Item>
            )}
            {status === 'disabled' ? (
              <Menu.Item leftSection={<IconPower size={16} />} onClick={() => act.change('enable')}>
                {t('menu.enable')}
              </Menu.Item>
            ) : (
              <Menu.Item leftSection={<IconPower size={16} />} onClick={() => act.change('disable')}>
                {t('menu.disable')}
              </Menu.Item>
            )}
            <Menu.Item
              leftSection={<IconTrash size={16} />}
              c="light-dark(var(--mantine-color-red-9), var(--mantine-color-red-4))"
              onClick={act.remove}
            >
              {t('common:delete')}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
