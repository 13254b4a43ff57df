import { Divider, Stack, Text } from '@mantine/core'
import { IconFlask } from '@tabler/icons-react'
import { useThrottledCallback } from '@mantine/hooks'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCatalogue } from '../../../data/catalogue.ts'
import type { CrmEvent } from '../../../data/events.ts'
import { useLive } from '../../../data/live.ts'
import { pastEvents } from '../../../data/preview.ts'
import { useMay } from '../../../data/session.ts'
import type { ScopeEntry, WebhookSettings } from '../../../data/webhooks.ts'
import { askableFields } from '../conditions/scene.ts'
import { Section } from '../section.tsx'
import { subscribedTypes } from '../subscribed.ts'
import { BacktestPanel } from './backtest-panel.tsx'
import { firstEvent } from './first-event.ts'
import { atFirst, subjectOf } from './subject.ts'
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
  const [chosen, setChosen] = useState(atFirst)
  const beginWith = useFirstEvent(typeNames, scope, past)
  const subject = subjectOf(chosen, types, beginWith)
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
      <SubjectPicker
        chosen={chosen}
        onChange={setChosen}
        types={types}
        past={past ?? null}
        firstEvent={beginWith}
      />
      <TriedDraft draft={draft} fields={fields} tried={tried} isChosen={subject !== null} />
      <Divider />
      <TestPanel draft={draft} savedId={savedId} subject={subject} />
      <Divider />
      <BacktestPanel
        draft={draft}
        savedId={savedId}
        onTry={(eventId) => setChosen({ ...atFirst, eventId })}
      />
    </Stack>
  )
}

/** Chosen when the panel was opened, and when events or stages of the webhook were changed: what comes later does not push it away. */
function useFirstEvent(
  types: string[],
  scope: ScopeEntry[],
  past: CrmEvent[] | undefined,
): string | null | undefined {
  const [first, setFirst] = useState<{ types: string[]; scope: ScopeEntry[]; id: string } | null>(null)
  const newest = past && firstEvent(past, scope)
  // Until the list of other types is there, the last one stands in for it.
  const fits = newest && types.includes(newest.type)
  const isKept = first?.types === types && first.scope === scope
  if (fits && !isKept) setFirst({ types, scope, id: newest.id })
  if (past === undefined) return undefined
  return isKept ? first.id : fits ? newest.id : null
}

const refreshMs = 2000

/** What happens meanwhile can be tried at once. */
function useNewEvents(types: string[]): void {
  const client = useQueryClient()
  const refresh = useThrottledCallback(
    () => void client.invalidateQueries({ queryKey: pastEvents(types).queryKey }),
    refreshMs,
  )
  useLive({
    event: ({ type }) => types.includes(type) && refresh(),
    missed: refresh,
  })
}
