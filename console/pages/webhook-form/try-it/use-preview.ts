import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useCatalogue } from '../../../data/catalogue.ts'
import { ApiProblem, type ProblemDetail } from '../../../data/client.ts'
import { type Preview, previewQuery, type Subject, type TriedWebhook } from '../../../data/preview.ts'
import type { Condition } from '../../../data/condition.ts'
import type { WebhookSettings } from '../../../data/webhooks.ts'
import { unfinishedRows } from '../conditions/settle.ts'

const debounceMs = 350

export interface Tried {
  /** The last answer, which may be to an older draft. */
  preview: Preview | null
  /** The conditions that it was asked with. */
  conditions: Condition | undefined
  /** It is not of the draft as it is now: the next answer is under way, or the draft has mistakes. */
  isStale: boolean
  isLoading: boolean
  /** What must be mended before the draft can be tried, by the form's own paths. */
  problems: ProblemDetail[]
  /** All else that went wrong. */
  failure: Error | null
}

/** Asks the server about the draft, a moment after it was last changed. */
export function usePreview(draft: WebhookSettings, savedId: string | null, subject: Subject | null): Tried {
  const unfinished = useUnfinished(draft)
  const webhook = useTriedWebhook(draft, savedId)
  const [asked] = useDebouncedValue(webhook, debounceMs)
  const isAskable = useUnfinished(asked).length === 0 && unfinished.length === 0
  const { data, error, isFetching, isPlaceholderData } = useQuery({
    ...previewQuery(asked, subject ?? { sample: true }),
    // The server would only say what is plain to see.
    enabled: subject !== null && isAskable,
  })
  const [last, setLast] = useState<{ preview: Preview; conditions: Condition | undefined } | null>(null)
  const fresh = data && !isPlaceholderData ? data : null
  if (fresh && fresh !== last?.preview) setLast({ preview: fresh, conditions: asked.conditions })
  const refused = useMemo(() => problemsOf(error), [error])
  const problems = unfinished.length > 0 ? unfinished : refused
  return {
    preview: subject === null ? null : (fresh ?? last?.preview ?? null),
    conditions: fresh ? asked.conditions : last?.conditions,
    isStale: fresh === null || asked !== webhook || unfinished.length > 0,
    isLoading: isFetching || asked !== webhook,
    problems,
    failure: problems.length > 0 ? null : error,
  }
}

/** Until a new webhook has an address, its request is shown with this one. */
const exampleUrl = 'https://receiver.example/'

/** The draft as preview, test and backtest take it: the same object as long as it says the same. */
export function useTriedWebhook(draft: WebhookSettings, savedId: string | null): TriedWebhook {
  const request = draft.request.url === '' ? { ...draft.request, url: exampleUrl } : draft.request
  // Another address would take a saved webhook its secrets.
  const text = JSON.stringify(savedId === null ? { ...draft, request } : { id: savedId, ...draft })
  return useMemo(() => JSON.parse(text) as TriedWebhook, [text])
}

/** Rows of the conditions that are still being made. */
export function useUnfinished({ conditions }: Pick<TriedWebhook, 'conditions'>): ProblemDetail[] {
  const { operators } = useCatalogue()
  return useMemo(() => {
    const takes = (name: string) => operators.find((operator) => operator.name === name)?.values
    const rows = conditions ? unfinishedRows(conditions, takes) : []
    return rows.map((path) => ({ path, code: 'unfinished', message: '' }))
  }, [conditions, operators])
}

/** Mistakes in the draft; `webhook.request.url` is the form's `request.url`. */
export function problemsOf(error: Error | null): ProblemDetail[] {
  if (!(error instanceof ApiProblem)) return []
  return error.errors
    .filter(({ path }) => path.startsWith('webhook.'))
    .map((detail) => ({ ...detail, path: detail.path.slice('webhook.'.length) }))
}
