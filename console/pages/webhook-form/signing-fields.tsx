import { Button, Code, Group, Stack, Switch, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconEye, IconRefresh } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useRotateSecret, useSigningSecret } from '../../data/webhooks.ts'
import { confirmDanger } from '../../parts/confirm.tsx'
import { CopyButton } from '../../parts/copy-button.tsx'
import { GuideLink } from '../../parts/guide-link.tsx'
import { Time } from '../../parts/time.tsx'
import { useWebhookForm } from './form-state.ts'
import { Warning } from './section.tsx'
import { useField } from './use-field.ts'

/** Whether requests are signed, and with what. */
export function SigningFields() {
  const { t } = useTranslation('form')
  const { draft, saved, readOnly } = useWebhookForm()
  const { value, set, input } = useField<'standard' | 'none'>('delivery.signing')
  return (
    <Stack gap="sm">
      <Switch
        {...input}
        label={t('signing.sign')}
        description={t('signing.about')}
        checked={value === 'standard'}
        onChange={(ticked) => set(ticked.currentTarget.checked ? 'standard' : 'none')}
      />
      <Text size="xs">
        <GuideLink name="verify-signatures" />
      </Text>
      {draft.request.method === 'GET' && (
        <Text size="xs" c="dimmed">
          {t('signing.get')}
        </Text>
      )}
      <Warning path="delivery.signing" />
      {value === 'standard' &&
        (saved === null ? (
          <Text size="xs" c="dimmed">
            {t('signing.later')}
          </Text>
        ) : (
          !readOnly && <Secret id={saved.id} />
        ))}
    </Stack>
  )
}

function Secret({ id }: { id: string }) {
  const { t } = useTranslation(['form', 'common'])
  const show = useSigningSecret(id)
  const rotate = useRotateSecret()
  const confirmRotate = () =>
    confirmDanger({
      title: t('signing.rotateTitle'),
      about: t('signing.rotateAbout'),
      yes: t('signing.rotate'),
      no: t('common:cancel'),
      onYes: () =>
        rotate.mutate(id, {
          onSuccess() {
            notifications.show({ color: 'green', message: t('signing.rotated') })
            show.mutate()
          },
        }),
    })
  return (
    <Stack gap="xs">
      {show.data ? (
        <>
          <Group gap={6} wrap="nowrap">
            <Code style={{ overflowWrap: 'anywhere' }}>{show.data.secret}</Code>
            <CopyButton value={show.data.secret} />
          </Group>
          {show.data.previous.map(({ secret, until }) => (
            <Text key={secret} size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
              {t('signing.previous')} <Code>{secret}</Code> <Time at={until} show="moment" />
            </Text>
          ))}
        </>
      ) : (
        <Group>
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconEye size={14} />}
            loading={show.isPending}
            onClick={() => show.mutate()}
          >
            {t('signing.show')}
          </Button>
        </Group>
      )}
      <Group>
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconRefresh size={14} />}
          loading={rotate.isPending}
          onClick={confirmRotate}
        >
          {t('signing.rotate')}
        </Button>
      </Group>
    </Stack>
  )
}
