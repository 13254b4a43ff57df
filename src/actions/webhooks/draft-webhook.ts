import type { Guard } from '../../delivery/guard.ts'
import { invalid, notFound, type ProblemDetail, type Webhook } from '../../model/index.ts'
import { newId } from '../../runtime/ids.ts'
import type { Reads } from '../../store/store.ts'
import { checkWebhook } from './check-webhook.ts'
import { overPreset } from './preset-draft.ts'
import { newSigningSecret } from '../secret-text.ts'
import type { TriedWebhook } from './tried-event.ts'
import type { WebhookDraft } from './webhook-draft.ts'
import { webhookWarnings } from './warnings.ts'

/** What drafts are tried with; nothing is written. */
export interface DraftScene {
  reads: Reads
  guard: Guard
  /** How the addresses of this server's own inspectors begin. */
  inspectorsAt: string
  account_id: string
  now: number
}

/** A webhook as it would be, were the draft saved now. */
export interface DraftedWebhook extends TriedWebhook {
  /** What its maker should know although nothing is wrong. */
  warnings: ProblemDetail[]
}

/** What can be missing from a webhook that is tried while it is being made. */
export type MayBeEmpty = 'name' | 'request.url'

/**
 * Checks a draft as it is checked when it is saved, and makes a webhook of it that exists nowhere; with `id` it is laid over
 * that webhook, with `preset` over the preset. What `mayBeEmpty` names may still be missing: a webhook is tried while it is
 * being made.
 *
 * With `id` it holds real secrets: those that an update would keep, by the same merge, which lets none follow a URL to
 * another origin. So testing a draft sends nobody a secret who would not get it by saving the draft and testing it then.
 * @throws Problems `invalid`, `not_found`
 */
export async function draftWebhook(
  { reads, guard, inspectorsAt, account_id, now }: DraftScene,
  { id, ...sent }: WebhookDraft & { id?: string | undefined; preset?: string | undefined },
  mayBeEmpty: readonly MayBeEmpty[] = ['name', 'request.url'],
): Promise<DraftedWebhook> {
  const [account, schema] = await Promise.all([reads.accounts.get(account_id), reads.schema.get(account_id)])
  if (!account) throw notFound('account', account_id)
  if (id !== undefined && sent.preset !== undefined) {
    const message =
      'A draft starts from a webhook or from a preset, not from both. Leave "id" or "preset" out.'
    throw invalid([{ path: 'webhook.preset', code: 'one_of', message }])
  }
  const before = id === undefined ? null : await reads.webhooks.get(account_id, id)
  if (id !== undefined && !before) throw notFound('webhook', id)

  const draft = overPreset(sent, account.language)
  const { settings, errors, notes } = checkWebhook(draft, before, { guard, inspectorsAt, schema })
  const empty = new Set<string>(mayBeEmpty)
  const wrong = errors.filter(({ path, code }) => !(code === 'required' && empty.has(path)))
  if (wrong.length > 0) throw invalid(wrong.map(inDraft))
  const webhook: Webhook = {
    id: before?.id ?? newId('whk', now),
    account_id,
    version: before?.version ?? 1,
    status: before?.status ?? 'active',
    status_reason: null,
    ...settings,
    pauses: before?.pauses ?? [],
    // One that exists nowhere yet has no secret: it signs with one that is gone after the trial.
    signing_secrets: before?.signing_secrets ?? [{ secret: newSigningSecret(), until: null }],
    created_at: before?.created_at ?? now,
    updated_at: now,
  }
  const warnings = [...notes, ...webhookWarnings(settings)]
  return { webhook, account, schema, warnings: warnings.map(inDraft) }
}

/** The draft is a part of the body. */
function inDraft(detail: ProblemDetail): ProblemDetail {
  return { ...detail, path: `webhook.${detail.path}` }
}
