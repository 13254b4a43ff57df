import { Button, Group, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useTranslation } from 'react-i18next'
import { useLocation, useNavigate } from 'react-router'
import { useDeleteWebhook, useDuplicateWebhook, useSwitchWebhook, type Webhook } from '../../data/webhooks.ts'
import { type TestAttempt, useTestWebhook } from '../../data/preview.ts'
import { useStartReplay } from '../../data/replays.ts'
import { confirmDanger } from '../../parts/confirm.tsx'
import { isFailure, meaningOf } from '../../parts/exchange/meaning.ts'
import { formatMs } from '../../parts/format-ms.ts'

const opposite = { pause: 'resume', resume: 'pause', enable: 'disable', disable: 'enable' } as const
type Change = keyof typeof opposite

/** What can be done with a webhook, each with its answer to the user: a way back where there is one. */
export function useWebhookActions(webhook: Webhook) {
  const { t, i18n } = useTranslation(['webhooks', 'common', 'exchange'])
  const navigate = useNavigate()
  const { pathname } = useLocation()
  const switching = useSwitchWebhook()
  const deleting = useDeleteWebhook()
  const duplicating = useDuplicateWebhook()
  const testing = useTestWebhook()
  const replaying = useStartReplay()
  const { id, name } = webhook

  const change = (to: Change) => {
    switching.mutate(
      { id, to },
      {
        onSuccess({ missed }) {
          if (to === 'enable' && missed) offerMissed(missed)
          else tell(`changed.${to}`, opposite[to])
        },
      },
    )
  }

  const tell = (key: `changed.${Change}`, back: Change) => {
    const note = notifications.show({
      message: (
        <Group justify="space-between" wrap="nowrap">
          <Text size="sm">{t(key, { name })}</Text>
          <Button
            size="compact-sm"
            variant="subtle"
            onClick={() => {
              notifications.hide(note)
              switching.mutate({ id, to: back })
            }}
          >
            {t('common:undo')}
          </Button>
        </Group>
      ),
    })
  }

  /** Switching on again offers what happened meanwhile. */
  const offerMissed = ({ count }: { count: number }) => {
    const note = notifications.show({
      autoClose: false,
      title: t('missed.title', { count }),
      message: (
        <Group mt={4}>
          <Button
            size="xs"
            onClick={() => {
              notifications.hide(note)
              replaying.mutate(
                { webhook_id: id, missed: true },
                { onSuccess: () => void navigate('/replays') },
              )
            }}
          >
            {t('missed.send')}
          </Button>
          <Button size="xs" variant="default" onClick={() => notifications.hide(note)}>
            {t('missed.leave')}
          </Button>
        </Group>
      ),
    })
  }

  /** What came back, and what a failure means, in the reader's language. */
  const said = ({ status_code, duration_ms, outcome, reason }: TestAttempt) => {
    if (status_code === null)
      return reason !== null && isFailure(reason) ? t(`exchange:failure.${reason}`) : reason
    const answer = t('tested.code', { code: status_code, duration: formatMs(duration_ms, i18n.language) })
    return outcome === 'delivered' ? answer : `${answer} ${t(`exchange:meaning.${meaningOf(status_code)}`)}`
  }

  return {
    change,
    busy: switching.isPending || deleting.isPending || duplicating.isPending || testing.isPending,
    duplicate: () =>
      duplicating.mutate(id, { onSuccess: (copy) => void navigate(`/webhooks/${copy.id}/edit`) }),
    test: () =>
      testing.mutate(id, {
        onSuccess({ attempt }) {
          const good = attempt?.outcome === 'delivered'
          notifications.show({
            color: good ? 'green' : 'red',
            title: good ? t('tested.good') : t('tested.bad'),
            message: attempt && said(attempt),
          })
        },
      }),
    remove: () =>
      confirmDanger({
        title: t('remove.title', { name }),
        about: t('remove.about'),
        yes: t('common:delete'),
        no: t('common:cancel'),
        onYes: () =>
          deleting.mutate(id, {
            onSuccess() {
              notifications.show({ message: t('remove.done', { name }) })
              if (pathname !== '/webhooks') void navigate('/webhooks')
            },
          }),
      }),
  }
}
