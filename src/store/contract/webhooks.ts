/** Webhooks, their versions, and how they have been doing. A part of the store's contract: see `../store.ts`. */
import type { DeliveryState, Pause, Webhook, WebhookSettings, WebhookStatus } from '../../model/index.ts'
import type { Page } from './accounts.ts'

/** What is kept of a webhook version: settings without secrets. */
export interface WebhookVersion {
  webhook_id: string
  version: number
  /** The account's config version that this one came into force with. */
  config_version: number
  status: WebhookStatus
  settings: WebhookSettings
  /** Who: `token tok_…`, `system`. */
  changed_by: string
  created_at: number
}

/** How a webhook has been doing; of the last attempts recorded. */
export interface WebhookHealth {
  failures_in_a_row: number
  failing_since: number | null
  /** The lane waits until then (Retry-After). */
  blocked_until: number | null
  /** null while it is closed. */
  circuit: Circuit | null
  last_delivery: { id: string; at: number; state: DeliveryState; status_code: number | null } | null
}

/** Of a lane whose receiver has failed so often that only single probes are sent. */
export interface Circuit {
  opened_at: number
  /** When the next probe may be claimed; while one is under way, when its lease ends. */
  probe_at: number
  /** How long the last wait for a probe was. */
  probe_wait_ms: number
  /** The probe that is under way. */
  probe_delivery_id: string | null
}

export interface WebhookReads {
  /** null for a deleted one, too. */
  get(accountId: string, webhookId: string): Promise<Webhook | null>
  /** All that are not deleted, oldest first: what events are matched with. */
  all(accountId: string): Promise<Webhook[]>
  list(
    accountId: string,
    /**
     * Without a status all that are not deleted; `search` is looked for in name, description and URL, ignoring case in every
     * alphabet; `failing`: those whose last two attempts or more failed, or whose circuit is open.
     */
    filter: {
      status?: WebhookStatus | undefined
      search?: string | undefined
      failing?: boolean | undefined
    },
    page: Page,
  ): Promise<Webhook[]>
  /** By webhook id; a webhook that never sent is absent. */
  health(accountId: string, webhookIds: string[]): Promise<Map<string, WebhookHealth>>
  /** When webhooks were paused, by webhook id; also of deleted ones. */
  pauses(accountId: string, webhookIds: string[]): Promise<Map<string, Pause[]>>
  /** Newest first, also of a deleted webhook. */
  versions(
    accountId: string,
    webhookId: string,
    page: { limit: number; before?: number | undefined },
  ): Promise<WebhookVersion[]>
  /** For every webhook of the account the version that was in force at `configVersion`, deleted ones left out. */
  versionsAt(accountId: string, configVersion: number): Promise<WebhookVersion[]>
}

export interface WebhookWrites extends WebhookReads {
  /**
   * Inserts or updates a webhook, writes its version, and raises the account's `config_version`.
   * The caller has set `version` one higher. Answers false, and changes nothing, where the stored version is not
   * `webhook.version - 1`: somebody else was faster.
   */
  put(webhook: Webhook, changedBy: string): Promise<boolean>
  /** Replaces the secrets only: no new version, for rotation. */
  putSecrets(webhook: Webhook): Promise<void>
  /** Opens (or moves on) or closes the circuit of a webhook that has a health. A delivered attempt closes it by itself. */
  setCircuit(accountId: string, webhookId: string, circuit: Circuit | null): Promise<void>
  /** Forgets failures, `blocked_until` and the circuit: after it was enabled again. */
  resetHealth(accountId: string, webhookId: string): Promise<void>
}
