import type { RuleGroup } from './condition.ts'
import type { JsonObject } from './json.ts'

/**
 *  active ⇄ paused      paused: decisions are made and deliveries kept, nothing is sent until resumed
 *     ⇅       ⇅
 *    disabled           what is unsent is canceled; events that would have fired are decided `disabled`
 *  any ─▶ deleted       what is unsent is canceled; the history stays
 */
export type WebhookStatus = 'active' | 'paused' | 'disabled' | 'deleted'

/** Where the record must stand after the change. Entries are joined by OR, the parts of one by AND. */
export interface ScopeEntry {
  pipeline_id?: string
  stage_ids?: string[]
  period_ids?: string[]
}

/** `moved` = came here by a stage change; `created` = was created here. Needs a scope. */
export type Entering = 'moved' | 'created' | 'moved_or_created'

export type Auth =
  | { type: 'none' }
  | { type: 'basic'; username: string; password: string }
  | { type: 'bearer'; token: string }
  | { type: 'header'; name: string; value: string }

export interface Header {
  name: string
  value: string
}

export const httpMethods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
export type HttpMethod = (typeof httpMethods)[number]

export interface WebhookRequest {
  method: HttpMethod
  /** May hold `{{ path }}` after its origin; each is percent-encoded. */
  url: string
  headers: Header[]
  auth: Auth
  format: string
  options: JsonObject
}

/** A key that signs. The newest stands first; while rotating, older ones sign beside it until their time is over. */
export interface SigningSecret {
  /** `whsec_` and base64 of 24–64 bytes (Standard Webhooks). */
  secret: string
  /** When it stops signing, in ms; null for the newest. */
  until: number | null
}

/** In ms; `to` is null while it lasts. */
export interface Pause {
  from: number
  to: number | null
}

/**
 * When it may send. `outside`: an event outside these hours is decided `active_hours` and not sent (`skip`), or its
 * delivery waits for the next opening (`hold`). `to` not after `from` means past midnight; `24:00` is the day's end.
 */
export interface ActiveHours {
  /** 1 Monday … 7 Sunday: the days on which a window opens. */
  days: number[]
  /** HH:MM in `time_zone`. */
  from: string
  to: string
  /** IANA name. */
  time_zone: string
  outside: 'hold' | 'skip'
}

/** How often it may fire for one record, or for the contact behind it. Counted when it fires, never given back. */
export interface FireLimits {
  per: 'record' | 'contact'
  /** At most so many times; null: no bound. */
  per_record: number | null
  /** At least so many seconds between two; null: no pause. */
  min_interval_s: number | null
}

export interface DeliveryPolicy {
  retry: { policy: string } & JsonObject
  timeout_s: number
  /** How many of its deliveries may be under way at once. */
  slots: number
  /** At most so many requests a second, as many at once as make up one; null: no bound. */
  rate_per_s: number | null
  /** `record`: the deliveries of one record go out one after the other, in the order of its events. */
  order: 'none' | 'record'
  expires_s: number
  /** Failing that long without a success disables it; null: never. */
  disable_after_s: number | null
  /** That many failed attempts in a row disable it; null: never. */
  disable_after_failures: number | null
  on_gone: 'disable' | 'retry'
  signing: 'standard' | 'none'
}

/** All that a user sets. A version keeps exactly this, without secrets. */
export interface WebhookSettings {
  name: string
  description: string
  /** Event types or patterns (`lead.*`, `*.stage_changed`, `*`), joined by OR. */
  events: string[]
  scope: ScopeEntry[]
  entering: Entering
  conditions: RuleGroup
  /**
   * `becomes_true`: the conditions hold now and did not hold before this write; before `created` nothing held, activities
   * never become true; at most once per write.
   */
  fire: 'each_time' | 'becomes_true'
  limits: FireLimits
  /** How long after the event its delivery is due. */
  delay_s: number
  active_hours: ActiveHours | null
  request: WebhookRequest
  delivery: DeliveryPolicy
}

/**
 * When (events, scope) if (conditions) then (request), and how it is delivered.
 * Inside the server it holds its real secrets; whoever shows one shows `maskSecrets(webhook)` without `signing_secrets`.
 */
export interface Webhook extends WebhookSettings {
  id: string
  account_id: string
  version: number
  status: WebhookStatus
  /** Why it is disabled, for people: `by a user`, `410 Gone`. */
  status_reason: string | null
  signing_secrets: SigningSecret[]
  /** When it was paused, newest last: deliveries do not expire in that time. */
  pauses: Pause[]
  created_at: number
  updated_at: number
}
