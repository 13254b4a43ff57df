import {
  type Auth,
  type DeliveryPolicy,
  type FireLimits,
  type Header,
  type JsonObject,
  type ProblemDetail,
  secretMask,
  type WebhookRequest,
  type WebhookSettings,
} from '../../model/index.ts'

/** What a caller sends to make or change a webhook; its types are checked already, its meaning is not. */
export interface WebhookDraft extends Partial<Omit<WebhookSettings, 'request' | 'delivery' | 'limits'>> {
  limits?: Partial<FireLimits>
  request?: Partial<WebhookRequest>
  delivery?: Partial<DeliveryPolicy>
}

export interface Merged {
  settings: WebhookSettings
  errors: ProblemDetail[]
  /** What the caller should know although nothing is wrong. */
  notes: ProblemDetail[]
}

/**
 * A draft laid over the settings as they are, or over the defaults where there are none: per key, and per key inside
 * `request` and `delivery`. A mask sent back keeps the secret that it stands for. Secrets never follow a URL to another
 * origin: those that are not sent anew are cleared, and a note says so.
 */
export function mergeDraft(draft: WebhookDraft, before: WebhookSettings | null): Merged {
  const errors: ProblemDetail[] = []
  const notes: ProblemDetail[] = []
  const request = mergeRequest(draft.request ?? {}, before?.request ?? null, errors, notes)
  const settings: WebhookSettings = {
    name: draft.name ?? before?.name ?? '',
    description: draft.description ?? before?.description ?? '',
    events: draft.events ?? before?.events ?? [],
    scope: draft.scope ?? before?.scope ?? [],
    entering: draft.entering ?? before?.entering ?? 'moved',
    conditions: draft.conditions ?? before?.conditions ?? { combinator: 'and', rules: [] },
    fire: draft.fire ?? before?.fire ?? 'each_time',
    limits: { ...(before?.limits ?? noLimits), ...draft.limits },
    delay_s: draft.delay_s ?? before?.delay_s ?? 0,
    active_hours: draft.active_hours !== undefined ? draft.active_hours : (before?.active_hours ?? null),
    request,
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
      // The signature covers the body; a GET has none, so a signature would promise what it does not keep.
      signing: request.method === 'GET' ? 'none' : 'standard',
      ...before?.delivery,
      ...(defined(draft.delivery ?? {}) as Partial<DeliveryPolicy>),
    },
  }
  return { settings, errors, notes }
}

/**
 * A draft laid over that of a preset: per key, and per key inside `request`, `delivery` and `limits`; inside the format's
 * options as long as the format stays.
 */
export function startFrom(preset: WebhookDraft, draft: WebhookDraft): WebhookDraft {
  const own = draft.request ?? {}
  const sameFormat = own.format === undefined || own.format === preset.request?.format
  return {
    ...preset,
    ...draft,
    request: {
      ...preset.request,
      ...own,
      options: { ...(sameFormat ? preset.request?.options : {}), ...own.options },
    },
    delivery: { ...preset.delivery, ...draft.delivery },
    limits: { ...preset.limits, ...draft.limits },
  }
}

const noLimits: FireLimits = { per: 'record', per_record: null, min_interval_s: null }

function mergeRequest(
  draft: Partial<WebhookRequest>,
  before: WebhookRequest | null,
  errors: ProblemDetail[],
  notes: ProblemDetail[],
): WebhookRequest {
  const url = draft.url ?? before?.url ?? ''
  const format = draft.format ?? before?.format ?? 'standard'
  const moved = before !== null && originOf(url) !== originOf(before.url)
  const kept = moved ? null : before
  const options: JsonObject = draft.options ?? (before?.format === format ? before.options : {})
  const request: WebhookRequest = {
    method: draft.method ?? before?.method ?? 'POST',
    url,
    headers: draft.headers ? unmaskHeaders(draft.headers, kept, moved, errors) : (kept?.headers ?? []),
    auth: draft.auth ? unmaskAuth(draft.auth, kept, moved, errors) : (kept?.auth ?? { type: 'none' }),
    format,
    options,
  }
  if (moved) {
    if (before.auth.type !== 'none' && request.auth.type === 'none') notes.push(cleared('request.auth'))
    const names = new Set(request.headers.map(({ name }) => name.toLowerCase()))
    if (before.headers.some(({ name }) => !names.has(name.toLowerCase())))
      notes.push(cleared('request.headers'))
  }
  return request
}

function cleared(path: string): ProblemDetail {
  const message =
    'The URL leads to another origin, so the secrets kept here were cleared. Set them again where they are needed.'
  return { path, code: 'secrets_cleared', message }
}

function unmaskHeaders(
  sent: Header[],
  kept: WebhookRequest | null,
  moved: boolean,
  errors: ProblemDetail[],
): Header[] {
  const stored = [...(kept?.headers ?? [])]
  return sent.flatMap((header, index) => {
    const { name, value } = header
    const at = stored.findIndex((one) => one.name.toLowerCase() === name.toLowerCase())
    // Taken out, so that two headers of one name keep a value each.
    const [found] = at < 0 ? [] : stored.splice(at, 1)
    if (value !== secretMask) return [header]
    if (found) return [{ name, value: found.value }]
    if (!moved) errors.push(nothingKept(`request.headers[${index}].value`))
    return []
  })
}

function unmaskAuth(sent: Auth, kept: WebhookRequest | null, moved: boolean, errors: ProblemDetail[]): Auth {
  const secret = secretOf(sent)
  if (secret?.value !== secretMask) return sent
  const stored = kept && kept.auth.type === sent.type ? secretOf(kept.auth) : null
  if (stored) return { ...sent, [stored.key]: stored.value } as Auth
  if (!moved) errors.push(nothingKept(`request.auth.${secret.key}`))
  return { type: 'none' }
}

function secretOf(auth: Auth): { key: string; value: string } | null {
  switch (auth.type) {
    case 'none':
      return null
    case 'basic':
      return { key: 'password', value: auth.password }
    case 'bearer':
      return { key: 'token', value: auth.token }
    case 'header':
      return { key: 'value', value: auth.value }
  }
}

function nothingKept(path: string): ProblemDetail {
  return {
    path,
    code: 'nothing_kept',
    message: 'There is no secret kept here that the mask could stand for. Send the secret itself.',
  }
}

/** Placeholders may stand only behind the origin, so it can be told from the text as it is. */
function originOf(url: string): string | null {
  return URL.parse(url)?.origin ?? null
}

function defined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T
}
