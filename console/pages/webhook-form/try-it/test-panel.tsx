import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { IconSend } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useSendTest } from '../../../data/preview.ts'
import { ExchangeResponse } from '../../../parts/exchange/response.tsx'
import { ProblemAlert } from '../../../parts/problem/alert.tsx'
import { useWebhookForm } from '../form-state.ts'

interface Props {
  savedId: string | null
  url: string
  /** The past event that is sent; without one, a sample. */
  eventId: string | null
}

/** A real request to the real receiver, and its real answer. */
export function TestPanel({ savedId, url, eventId }: Props) {
  const { t } = useTranslation('form')
  const { changed } = useWebhookForm()
  const { mutate, data, error, isPending, reset } = useSendTest()
  const host = hostOf(url)
  return (
    <Stack gap="xs">
      <Title order={3} size="sm" fw={600}>
        {t('try.test')}
      </Title>
      <Text size="sm" c="dimmed">
        {savedId === null
          ? t('try.saveFirst')
          : t(eventId === null ? 'try.testSample' : 'try.testEvent', { host })}
      </Text>
      {savedId !== null && changed && <Text size="sm">{t('try.testSaved')}</Text>}
      <Group gap="xs">
        <Button
          size="xs"
          variant="light"
          leftSection={<IconSend size={14} />}
          disabled={savedId === null}
          loading={isPending}
          onClick={() => {
            reset()
            if (savedId !== null) mutate({ id: savedId, eventId })
          }}
        >
          {t('try.send')}
        </Button>
      </Group>
      <div aria-live="polite">
        {error && <ProblemAlert problem={error} />}
        {data?.attempt && (
          <ExchangeResponse
            response={data.attempt.response}
            outcome={data.attempt.outcome}
            reason={data.attempt.reason}
            detail={data.attempt.detail}
            durationMs={data.attempt.duration_ms}
          />
        )}
      </div>
    </Stack>
  )
}

/** Where it goes, short enough for a sentence. */
function hostOf(url: string): string {
  return /^https?:\/\/([^/?#]+)/i.exec(url)?.[1] ?? url
}
