import { buildRequest } from '../delivery/build-request.ts'
import { RenderError } from '../formats/index.ts'
import type { Cause, CrmEvent, ProblemDetail, SentRequest } from '../model/index.ts'
import { newId } from '../runtime/ids.ts'
import type { DraftedWebhook } from './webhooks/draft-webhook.ts'
import { type Trial, tryWebhook } from './webhooks/test-webhook.ts'
import { eventOf, type TrialScene, type TrialSubject } from './webhooks/tried-event.ts'

export interface Preview extends Trial {
  event: CrmEvent
  /** As it would go out, secrets redacted; null where there is no URL yet or the event cannot be put into the request. */
  request: SentRequest | null
  warnings: ProblemDetail[]
}

export interface PreviewScene extends TrialScene {
  signCause(cause: Cause, accountId: string): string
}

/** What the webhook would decide about one event, row by row, and what it would send. Sends and keeps nothing. */
export async function previewWebhook(
  scene: PreviewScene,
  drafted: DraftedWebhook,
  subject: TrialSubject,
): Promise<Preview> {
  const { webhook, account, schema } = drafted
  const event = await eventOf(scene, drafted, subject)
  const trial = tryWebhook(webhook, event, account, schema)
  const { request, warnings } = renderRequest(scene, drafted, event)
  return { ...trial, event, request, warnings: [...drafted.warnings, ...warnings] }
}

/** The request as the first attempt would send it, secrets redacted; null where there is none, with a warning that says why. */
export function renderRequest(
  { now, signCause }: Pick<PreviewScene, 'now' | 'signCause'>,
  { webhook, account }: Pick<DraftedWebhook, 'webhook' | 'account'>,
  event: CrmEvent,
): Pick<Preview, 'request' | 'warnings'> {
  if (webhook.request.url === '') return { request: null, warnings: [] }
  try {
    const deliveryId = newId('dlv', now)
    const built = buildRequest({ webhook, account, event, deliveryId, attempt: 1, now, signCause })
    return { request: built.shown, warnings: [] }
  } catch (error) {
    if (!(error instanceof RenderError)) throw error
    const warning = { path: 'webhook.request', code: 'cannot_render', message: error.message }
    return { request: null, warnings: [warning] }
  }
}
