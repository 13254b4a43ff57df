import type { Guard } from '../../delivery/guard.ts'
import {
  invalid,
  notFound,
  pausesAfter,
  Problem,
  type ProblemDetail,
  type SigningSecret,
  type Webhook,
  type WebhookStatus,
} from '../../model/index.ts'
import type { Clock } from '../../runtime/clock.ts'
import { newId } from '../../runtime/ids.ts'
import type { Transaction } from '../../store/store.ts'
import { checkWebhook } from './check-webhook.ts'
import { overPreset } from './preset-draft.ts'
import { newSigningSecret } from './secret-text.ts'
import type { WebhookDraft } from './webhook-draft.ts'

/** What changes of webhooks are made with, and by whom. */
export interface WebhookScene {
  tx: Transaction
  guard: Guard
  clock: Clock
  /** How the addresses of this server's own inspectors begin. */
  inspectorsAt: string
  account_id: string
  /** As versions remember it: `token tok_…`. */
  by: string
}

export interface ChangedWebhook {
  webhook: Webhook
  /** What the caller should know although nothing is wrong. */
  notes: ProblemDetail[]
}

/** How long the old secret signs beside the new one. */
const overlapMs = 24 * 60 * 60 * 1000

/** Unsent deliveries that are canceled in the very transaction; the sweep does the rest. */
const cancelSteps = { count: 4, size: 500 }

/**
 * Makes a webhook, active at once; one that names a preset is laid over it. Throws a Problem `invalid` with everything wrong.
 */
export async function createWebhook(
  scene: WebhookScene,
  sent: WebhookDraft & { preset?: string },
): Promise<ChangedWebhook> {
  const { tx, guard, clock, inspectorsAt, account_id, by } = scene
  const schema = await tx.schema.get(account_id)
  const draft = overPreset(sent, (await tx.accounts.get(account_id))?.language)
  const { settings, errors, notes } = checkWebhook(draft, null, { guard, inspectorsAt, schema })
  if (errors.length > 0) throw invalid(errors)
  const now = clock()
  const webhook: Webhook = {
    id: newId('whk', now),
    account_id,
    version: 1,
    status: 'active',
    status_reason: null,
    ...settings,
    signing_secrets: [{ secret: newSigningSecret(), until: null }],
    pauses: [],
    created_at: now,
    updated_at: now,
  }
  if (!(await tx.webhooks.put(webhook, by))) throw changedMeanwhile()
  return { webhook, notes }
}

/**
 * Changes settings; `ifVersion`: only where this is the present version. Throws Problems `invalid`, `not_found`,
 * `precondition_failed`, `conflict`.
 */
export async function updateWebhook(
  scene: WebhookScene,
  webhookId: string,
  draft: WebhookDraft,
  ifVersion: number | null,
): Promise<ChangedWebhook> {
  const { tx, guard, inspectorsAt, account_id } = scene
  const schema = await tx.schema.get(account_id)
  let notes: ProblemDetail[] = []
  const webhook = await change(scene, webhookId, ifVersion, (before) => {
    const checked = checkWebhook(draft, before, { guard, inspectorsAt, schema })
    if (checked.errors.length > 0) throw invalid(checked.errors)
    notes = checked.notes
    return checked.settings
  })
  // Whoever mends a webhook that fails need not wait for a probe.
  await tx.webhooks.setCircuit(account_id, webhookId, null)
  return { webhook, notes }
}

export type StatusChange = 'enable' | 'disable' | 'pause' | 'resume'

const targets: Record<StatusChange, WebhookStatus> = {
  enable: 'active',
  disable: 'disabled',
  pause: 'paused',
  resume: 'active',
}

/** Changes the status, which makes a version; one that it has already stays as it is, with its version. */
export async function setWebhookStatus(
  scene: WebhookScene,
  webhookId: string,
  statusChange: StatusChange,
  ifVersion: number | null,
): Promise<Webhook> {
  const { tx, account_id } = scene
  const status = targets[statusChange]
  const webhook = await change(scene, webhookId, ifVersion, (before) => {
    if (before.status === status) return null
    if (statusChange === 'resume' && before.status === 'disabled') {
      throw new Problem('conflict', 'This webhook is disabled, not paused. Enable it instead.')
    }
    return { status, status_reason: status === 'disabled' ? 'by a user' : null }
  })
  if (status === 'active') await tx.webhooks.resetHealth(account_id, webhookId)
  if (status === 'disabled') await cancelUnsent(scene)
  return webhook
}

/** Deletes a webhook with its share links: what is unsent is canceled, its history stays. */
export async function deleteWebhook(
  scene: WebhookScene,
  webhookId: string,
  ifVersion: number | null,
): Promise<void> {
  await change(scene, webhookId, ifVersion, () => ({ status: 'deleted' }))
  await scene.tx.shareLinks.deleteOf(scene.account_id, webhookId)
  await cancelUnsent(scene)
}

/** Gives a webhook a new signing secret; the old one signs beside it for 24 hours. No new version: settings are the same. */
export async function rotateSecret(
  { tx, clock, account_id }: WebhookScene,
  webhookId: string,
): Promise<Webhook> {
  const webhook = await tx.webhooks.get(account_id, webhookId)
  if (!webhook) throw notFound('webhook', webhookId)
  const now = clock()
  const older = webhook.signing_secrets
    .map(({ secret, until }): SigningSecret => ({ secret, until: until ?? now + overlapMs }))
    .filter(({ until }) => until! > now)
    // Whoever rotates again and again means the last ones to stop.
    .slice(0, 2)
  const rotated = { ...webhook, signing_secrets: [{ secret: newSigningSecret(), until: null }, ...older] }
  await tx.webhooks.putSecrets(rotated)
  return rotated
}

/**
 * Reads, changes and writes under the next version. Where somebody else was faster it is tried once more on what they
 * wrote, unless the caller named a version. `work` answers null to leave the webhook as it is.
 */
async function change(
  { tx, clock, account_id, by }: WebhookScene,
  webhookId: string,
  ifVersion: number | null,
  work: (before: Webhook) => Partial<Webhook> | null,
): Promise<Webhook> {
  for (let tries = 0; tries < 2; tries++) {
    const before = await tx.webhooks.get(account_id, webhookId)
    if (!before) throw notFound('webhook', webhookId)
    if (ifVersion !== null && before.version !== ifVersion) {
      throw new Problem(
        'precondition_failed',
        `This webhook was changed since you read it: it is at version ${before.version} now, not ${ifVersion}. ` +
          'Read it again, then repeat your change.',
      )
    }
    const changes = work(before)
    if (!changes) return before
    const now = clock()
    const status = changes.status ?? before.status
    const pauses = pausesAfter(before.pauses, status, now)
    const webhook = { ...before, ...changes, pauses, version: before.version + 1, updated_at: now }
    if (await tx.webhooks.put(webhook, by)) return webhook
  }
  throw changedMeanwhile()
}

async function cancelUnsent({ tx, clock, account_id }: WebhookScene): Promise<void> {
  for (let step = 0; step < cancelSteps.count; step++) {
    const canceled = await tx.deliveries.cancelStranded(cancelSteps.size, clock(), account_id)
    if (canceled < cancelSteps.size) return
  }
}

export function changedMeanwhile(): Problem {
  return new Problem(
    'conflict',
    'Somebody else changed this webhook at the same moment. Read it again and repeat.',
  )
}
