import type { Webhook, WebhookSettings } from '../model/index.ts'

/** What a webhook does in a setting that did not exist yet when it was written: what it had done until then. */
const defaults: Pick<WebhookSettings, 'fire' | 'limits' | 'delay_s' | 'active_hours'> = {
  fire: 'each_time',
  limits: { per: 'record', per_record: null, min_interval_s: null },
  delay_s: 0,
  active_hours: null,
}
const deliveryDefaults: Pick<
  WebhookSettings['delivery'],
  'disable_after_s' | 'disable_after_failures' | 'rate_per_s' | 'order'
> = {
  rate_per_s: null,
  order: 'none',
  disable_after_s: 432_000,
  disable_after_failures: null,
}

/** Settings as the database has them; those written by an earlier version of the program are completed. */
export function settingsFromText(text: string): WebhookSettings {
  const stored = JSON.parse(text) as WebhookSettings
  return {
    ...structuredClone(defaults),
    ...stored,
    delivery: { ...deliveryDefaults, ...stored.delivery },
  }
}

/** All that its user set, and nothing that the server keeps about it. */
export function settingsOf(webhook: Webhook): WebhookSettings {
  const {
    id,
    account_id,
    version,
    status,
    status_reason,
    signing_secrets,
    pauses,
    created_at,
    updated_at,
    ...settings
  } = webhook
  return settings
}
