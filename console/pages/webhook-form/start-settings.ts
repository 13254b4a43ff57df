/** What the form starts with: nothing, a preset, a link from elsewhere, or the webhook that is there. */
import type { Catalogue, Preset } from '../../data/catalogue.ts'
import type { JsonObject } from '../../data/json.ts'
import type { ScopeEntry, Webhook, WebhookDraft, WebhookSettings } from '../../data/webhooks.ts'
import { defaultsOf } from '../../parts/described-form/defaults.ts'

/** The server's own defaults; see `mergeDraft` in actions/webhook-draft.ts. */
export const emptySettings: WebhookSettings = {
  name: '',
  description: '',
  events: [],
  scope: [],
  entering: 'moved',
  conditions: { combinator: 'and', rules: [] },
  fire: 'each_time',
  limits: { per: 'record', per_record: null, min_interval_s: null },
  delay_s: 0,
  active_hours: null,
  request: { method: 'POST', url: '', headers: [], auth: { type: 'none' }, format: 'standard', options: {} },
  delivery: {
    retry: { policy: 'schedule' },
    timeout_s: 10,
    slots: 10,
    rate_per_s: null,
    order: 'none',
    expires_s: 604_800,
    disable_after_s: 432_000,
    disable_after_failures: null,
    on_gone: 'disable',
    signing: 'standard',
  },
}

type Known = Pick<Catalogue, 'formats' | 'retry_policies'>

/** The settings that the preset fills in, complete. Its name is left to the user. */
export function settingsOfPreset(preset: Pick<Preset, 'webhook'> | null, catalogue: Known): WebhookSettings {
  const { preset: _preset, name: _name, ...draft } = (preset?.webhook ?? {}) as WebhookDraft
  const request = { ...emptySettings.request, ...draft.request }
  const delivery = { ...emptySettings.delivery, ...draft.delivery }
  if (request.method === 'GET' && draft.delivery?.signing === undefined) delivery.signing = 'none'
  return {
    ...emptySettings,
    ...structuredClone(draft),
    limits: { ...emptySettings.limits, ...draft.limits },
    request: { ...request, options: { ...optionsOf(request.format, catalogue), ...request.options } },
    delivery: { ...delivery, retry: { ...waitsOf(delivery.retry.policy, catalogue), ...delivery.retry } },
  }
}

/** A format's options at their defaults. */
export function optionsOf(format: string, { formats }: Pick<Catalogue, 'formats'>): JsonObject {
  return defaultsOf(formats.find(({ name }) => name === format)?.options ?? [])
}

/** A retry policy with its options at their defaults. */
export function waitsOf(
  policy: string,
  { retry_policies }: Pick<Catalogue, 'retry_policies'>,
): { policy: string } & JsonObject {
  return { policy, ...defaultsOf(retry_policies.find(({ name }) => name === policy)?.options ?? []) }
}

/** What a link to the form says: `?event=lead.stage_changed&pipeline=1&stage=2&name=…`; all but the name may be there often. */
export function withLink(settings: WebhookSettings, link: URLSearchParams): WebhookSettings {
  const events = link.getAll('event')
  const stages = link.getAll('stage')
  const [pipeline] = link.getAll('pipeline')
  const entry: ScopeEntry = {
    ...(pipeline ? { pipeline_id: pipeline } : {}),
    ...(stages.length > 0 ? { stage_ids: stages } : {}),
  }
  const scoped = Object.keys(entry).length > 0
  const staged = (events.length > 0 ? events : settings.events).some((type) =>
    type.endsWith('.stage_changed'),
  )
  return {
    ...settings,
    name: link.get('name') ?? settings.name,
    events: events.length > 0 ? events : settings.events,
    scope: scoped ? [entry] : settings.scope,
    // A trigger on a stage is for whatever comes there.
    entering: scoped && staged ? 'moved_or_created' : settings.entering,
  }
}

/** Whether a link fills anything in, so that there is nothing to choose first. */
export function fillsIn(link: URLSearchParams): boolean {
  return ['event', 'pipeline', 'stage', 'name'].some((key) => link.has(key))
}

/** What a user sets of a webhook that is there. */
export function settingsOf(webhook: Webhook): WebhookSettings {
  const keys = Object.keys(emptySettings) as (keyof WebhookSettings)[]
  return Object.fromEntries(keys.map((key) => [key, webhook[key]])) as unknown as WebhookSettings
}
