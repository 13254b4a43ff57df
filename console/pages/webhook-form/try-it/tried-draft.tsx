import { Loader, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Condition } from '../../../data/condition.ts'
import { useEventNames } from '../../../data/names.ts'
import type { Preview } from '../../../data/preview.ts'
import type { WebhookSettings } from '../../../data/webhooks.ts'
import { ExchangeRequest } from '../../../parts/exchange/request.tsx'
import { ProblemAlert } from '../../../parts/problem/alert.tsx'
import { Trace } from '../../../parts/trace/trace.tsx'
import { Verdict } from '../../../parts/verdict.tsx'
import { useLinkNames } from '../conditions/link-names.ts'
import type { AskableFields } from '../conditions/scene.ts'
import { DraftProblems } from './draft-problems.tsx'
import type { Tried } from './use-preview.ts'

interface Props {
  draft: WebhookSettings
  /** What its events have: says which fields name records. */
  fields: AskableFields
  tried: Tried
  /** Something to try it with has been chosen. */
  isChosen: boolean
}

/** Would it be sent, why or why not, and the exact request. */
export function TriedDraft({ draft, fields, tried, isChosen }: Props) {
  const { t } = useTranslation('form')
  const { preview, conditions, problems, failure, isStale, isLoading } = tried
  return (
    <Stack gap="sm" aria-busy={isLoading}>
      {problems.length > 0 && <DraftProblems problems={problems} draft={draft} />}
      {failure && <ProblemAlert problem={failure} />}
      {!isChosen && (
        <Text size="sm" c="dimmed">
          {t('try.chooseFirst')}
        </Text>
      )}
      {isChosen && !preview && problems.length === 0 && !failure && (
        <Loader type="dots" size="sm" aria-label={t('try.loading')} />
      )}
      {preview && (
        <>
          {isStale && problems.length > 0 && (
            <Text size="sm" c="dimmed">
              {t('try.before')}
            </Text>
          )}
          <Answer preview={preview} conditions={conditions} draft={draft} fields={fields} />
        </>
      )}
    </Stack>
  )
}

const none: Condition = { combinator: 'and', rules: [] }

type AnswerProps = Pick<Props, 'draft' | 'fields'> & Pick<Tried, 'conditions'> & { preview: Preview }

function Answer({ preview, conditions = none, draft, fields }: AnswerProps) {
  const { t } = useTranslation('form')
  const { verdict, reason, trace, event, request, warnings } = preview
  const kinds = [event.record.kind]
  const nameOf = useLinkNames(conditions, fields, useEventNames(event))
  const unbuilt = warnings.find(({ code }) => code === 'cannot_render')
  return (
    <Stack gap="md">
      {/* Read out when it changes. */}
      <div aria-live="polite">
        <Verdict verdict={verdict} reason={reason} would />
        {reason === 'other_stage' && <WhereItStands event={event} />}
      </div>
      {trace.rows.length > 0 && (
        <Part title={t('try.rows')}>
          <Trace trace={trace} conditions={conditions} kinds={kinds} nameOf={nameOf} />
        </Part>
      )}
      <Part title={t(verdict === 'fired' ? 'try.request' : 'try.requestIfFired')}>
        {request ? (
          <>
            {draft.request.url === '' && <Text size="sm">{t('try.exampleUrl')}</Text>}
            <ExchangeRequest request={request} />
          </>
        ) : (
          <Text size="sm" c="dimmed">
            {unbuilt ? t('try.unbuilt') : t('try.noUrl')}
          </Text>
        )}
        {unbuilt && (
          <Text size="xs" ff="monospace" lang="en" style={{ overflowWrap: 'anywhere' }}>
            {unbuilt.message}
          </Text>
        )}
        <Text size="xs" c="dimmed">
          {t('try.nothingSent')}
        </Text>
      </Part>
    </Stack>
  )
}

/** What the webhook saw in the place of the stage that it asks for. */
function WhereItStands({ event }: { event: Preview['event'] }) {
  const { t } = useTranslation('form')
  const nameOf = useEventNames(event)
  const { pipeline_id, stage_id } = event.current
  if (typeof pipeline_id !== 'string' || typeof stage_id !== 'string') return null
  const pipeline = nameOf('pipeline', pipeline_id, 'current.pipeline_id') ?? pipeline_id
  const stage = nameOf('stage', stage_id, 'current.stage_id') ?? stage_id
  return (
    <Text size="sm" mt={4}>
      {t('try.stands', { pipeline, stage })}
    </Text>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Stack gap="xs">
      <Title order={3} size="sm" fw={600}>
        {title}
      </Title>
      {children}
    </Stack>
  )
}
