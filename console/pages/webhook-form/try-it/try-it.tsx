import { Divider, Stack, Text } from '@mantine/core'
import { IconFlask } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCatalogue } from '../../../data/catalogue.ts'
import { useLive } from '../../../data/live.ts'
import { pastEvents } from '../../../data/preview.ts'
import { useMay } from '../../../data/session.ts'
import type { WebhookSettings } from '../../../data/webhooks.ts'
import { askableFields } from '../conditions/scene.ts'
import { Section } from '../section.tsx'
import { subscribedTypes } from '../subscribed.ts'
import { BacktestPanel } from './backtest-panel.tsx'
import { newest, subjectOf } from './subject.ts'
import { SubjectPicker } from './subject-picker.tsx'
import { TestPanel } from './test-panel.tsx'
import { TriedDraft } from './tried-draft.tsx'
import { usePreview } from './use-preview.ts'

interface Props {
  draft: WebhookSettings
  /** The webhook's id once it is saved. */
  savedId: string | null
}

/** Beside the form: what the draft would do with an event, before anything is switched on. */
export function TryIt({ draft, savedId }: Props) {
  const { t } = useTranslation('form')
  const { manage } = useMay()
  return (
    <Section icon={IconFlask} title={t('try.title')} about={t('try.about')}>
      {manage ? (
        <Trying draft={draft} savedId={savedId} />
      ) : (
        <Text size="sm" c="dimmed">
          {t('try.viewer')}
        </Text>
      )}
    </Section>
  )
}

function Trying({ draft, savedId }: Props) {
  const { t } = useTranslation('form')
  const catalogue = useCatalogue()
  const { events, scope, entering } = draft
  const types = useMemo(
    () => subscribedTypes({ events, scope, entering }, catalogue),
    [events, scope, entering, catalogue],
  )
  const fields = useMemo(() => askableFields(types, catalogue), [types, catalogue])
  const typeNames = useMemo(() => types.map(({ type }) => type), [types])
  const { data: past } = useQuery(pastEvents(typeNames))
  useNewEvents(typeNames)
  const [chosen, setChosen] = useState(newest)
  const subject = subjectOf(chosen, types, past ?? null)
  const tried = usePreview(draft, savedId, subject)

  if (types.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('try.noEvents')}
      </Text>
    )
  }
  return (
    <Stack gap="md">
      <SubjectPicker chosen={chosen} onChange={setChosen} types={types} past={past ?? null} />
      <TriedDraft draft={draft} fields={fields} tried={tried} isChosen={subject !== null} />
      <Divider />
      <TestPanel savedId={savedId} url={draft.request.url} eventId={eventIdIn(subject)} />
      <Divider />
      <BacktestPanel draft={draft} savedId={savedId} onTry={(eventId) => setChosen({ ...newest, eventId })} />
    </Stack>
  )
}

function eventIdIn(subject: ReturnType<typeof subjectOf>): string | null {
  return subject && 'event_id' in subject ? subject.event_id : null
}

/** What happens meanwhile can be tried at once. */
function useNewEvents(types: string[]): void {
  const client = useQueryClient()
  useLive({
    event({ type }) {
      if (types.includes(type)) void client.invalidateQueries({ queryKey: pastEvents(types).queryKey })
    },
    missed: () => void client.invalidateQueries({ queryKey: pastEvents(types).queryKey }),
  })
}
