import { Box, Button, Group, Stack, Text, Title } from '@mantine/core'
import { IconSend } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { type Subject, type TestAnswer, useSendTest } from '../../../data/preview.ts'
import type { WebhookSettings } from '../../../data/webhooks.ts'
import { ExchangeRequest } from '../../../parts/exchange/request.tsx'
import { ExchangeResponse } from '../../../parts/exchange/response.tsx'
import { ProblemAlert } from '../../../parts/problem/alert.tsx'
import { useWebhookForm } from '../form-state.ts'
import { secretsLeftBehind } from '../secrets-left-behind.ts'
import { DraftProblems } from './draft-problems.tsx'
import { problemsOf, useTriedWebhook, useUnfinished } from './use-preview.ts'

interface Props {
  draft: WebhookSettings
  savedId: string | null
  /** What is sent; null while nothing is chosen yet. */
  subject: Subject | null
}

/** A real request to the real receiver, for the draft as it stands, and the receiver's real answer. */
export function TestPanel({ draft, savedId, subject }: Props) {
  const { t } = useTranslation('form')
  const { changed, initial } = useWebhookForm()
  const webhook = useTriedWebhook(draft, savedId)
  const { mutate, data, error, isPending, variables } = useSendTest()
  const unfinished = useUnfinished(draft).length > 0
  const { url } = draft.request
  // Without a URL `webhook` has one that is an example for people to read.
  const isSendable = subject !== null && url !== '' && !unfinished
  const isOld = variables !== undefined && variables.webhook !== webhook
  const problems = problemsOf(error)
  return (
    <Stack gap="xs">
      <Title order={3} size="sm" fw={600}>
        {t('try.test')}
      </Title>
      <Text size="sm" c="dimmed">
        {url === '' ? t('try.testNoUrl') : subject && t(aboutOf(subject), { host: hostOf(url) })}
      </Text>
      {savedId !== null && changed && <Text size="sm">{t('try.testChanged')}</Text>}
      {savedId !== null && secretsLeftBehind(initial, draft) && <Text size="sm">{t('secret.moved')}</Text>}
      {savedId === null && draft.delivery.signing === 'standard' && (
        <Text size="sm" c="dimmed">
          {t('try.testTrial')}
        </Text>
      )}
      <Group gap="xs">
        <Button
          size="xs"
          variant="light"
          leftSection={<IconSend size={14} />}
          disabled={!isSendable}
          loading={isPending}
          onClick={() => isSendable && mutate({ webhook, subject })}
        >
          {t('try.send')}
        </Button>
      </Group>
      {/* What was wrong with another draft is no news of this one. */}
      {!isOld && problems.length > 0 && <DraftProblems problems={problems} draft={draft} />}
      {!isOld && error && problems.length === 0 && <ProblemAlert problem={error} />}
      {data && isOld && <Text size="sm">{t('try.testOld')}</Text>}
      <div aria-live="polite">{data?.attempt && <Answer attempt={data.attempt} />}</div>
      {data && <Sent request={data.request} />}
    </Stack>
  )
}

function Answer({ attempt }: { attempt: NonNullable<TestAnswer['attempt']> }) {
  const { response, outcome, reason, detail, duration_ms } = attempt
  return (
    <ExchangeResponse
      response={response}
      outcome={outcome}
      reason={reason}
      detail={detail}
      durationMs={duration_ms}
    />
  )
}

/** Folded: the preview above shows much the same. */
function Sent({ request }: Pick<TestAnswer, 'request'>) {
  const { t } = useTranslation('exchange')
  return (
    <details>
      <summary>
        <Text span size="sm">
          {t('request.title')}
        </Text>
      </summary>
      <Box mt={6}>
        <ExchangeRequest request={request} />
      </Box>
    </details>
  )
}

function aboutOf(subject: Subject) {
  if ('event_id' in subject) return 'try.testEvent'
  return 'record' in subject ? 'try.testRecord' : 'try.testSample'
}

/** Where it goes, short enough for a sentence. */
function hostOf(url: string): string {
  return /^https?:\/\/([^/?#]+)/i.exec(url)?.[1] ?? url
}
