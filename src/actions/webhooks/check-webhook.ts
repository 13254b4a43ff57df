import { systemTypeNames, vocabularyOf } from '../../crm/index.ts'
import type { Vocabulary } from '../../crm/index.ts'
import type { Guard } from '../../delivery/guard.ts'
import { checkUrlTemplate, findFormat, formats } from '../../formats/index.ts'
import {
  type AccountSchema,
  checkOptions,
  type DeliveryPolicy,
  type ProblemDetail,
  type WebhookSettings,
} from '../../model/index.ts'
import { findRetryPolicy, retryPolicies } from '../../retry/index.ts'
import {
  checkActiveHours,
  checkConditions,
  checkPatterns,
  fieldCatalogue,
  isSystemType,
  resolvePatterns,
} from '../../rules/index.ts'
import { checkDelay, checkFire, checkLimits } from './check-firing.ts'
import { checkAuth, checkHeaders } from './check-headers.ts'
import { checkScope } from './check-scope.ts'
import { notAChoice } from '../ingest/not-a-choice.ts'
import { mergeDraft, type WebhookDraft } from './webhook-draft.ts'

export interface CheckContext {
  guard: Guard
  /** The account's own kinds, event types and fields, which the webhook may name. */
  schema: AccountSchema
  /** How the addresses of this server's own inspectors begin: they are answered in process, whatever network they name. */
  inspectorsAt: string
}

export interface CheckedWebhook {
  /** Complete and good to use where `errors` is empty. */
  settings: WebhookSettings
  /** Everything wrong at once, by path. */
  errors: ProblemDetail[]
  notes: ProblemDetail[]
}

const urlCharactersMax = 2048
const eventsMax = 100

/** A draft as settings: laid over what is there or over the defaults, then checked whole. */
export function checkWebhook(
  draft: WebhookDraft,
  before: WebhookSettings | null,
  context: CheckContext,
): CheckedWebhook {
  const { settings, errors, notes } = mergeDraft(draft, before)
  if (settings.name.trim() === '') {
    errors.push({ path: 'name', code: 'required', message: 'Give the webhook a name.' })
  }
  const vocabulary = vocabularyOf(context.schema)
  const types = checkEvents(settings, vocabulary, errors)
  errors.push(...checkScope(settings.scope))
  checkEntering(settings, types, errors)
  errors.push(
    ...checkFire(settings.fire, types, vocabulary),
    ...checkLimits(settings.limits),
    ...checkDelay(settings.delay_s),
    ...checkActiveHours(settings.active_hours),
  )
  const canHavePrevious = types.some((type) => vocabulary.eventTypes.get(type)?.transition)
  const fields = fieldCatalogue(context.schema, types)
  // Without a known event every field would be unknown, and the list of mistakes would hide the one that matters.
  if (types.length > 0) errors.push(...checkConditions(settings.conditions, { fields, canHavePrevious }))
  checkRequest(settings, types, context, errors)
  settings.delivery = checkDelivery(settings.delivery, errors)
  return { settings, errors, notes }
}

/** Answers the event types that the webhook can fire for. */
function checkEvents(
  settings: WebhookSettings,
  { typeNames, eventTypes }: Vocabulary,
  errors: ProblemDetail[],
): string[] {
  const { events, scope, entering } = settings
  if (events.length === 0) {
    errors.push({
      path: 'events',
      code: 'required',
      message: 'Name at least one event, such as "lead.stage_changed".',
    })
    return []
  }
  if (events.length > eventsMax) {
    const message = `Name at most ${eventsMax} events; a pattern such as "lead.*" names many.`
    errors.push({ path: 'events', code: 'too_many', message })
    return []
  }
  const ofRecords = typeNames.filter((type) => !isSystemType(type))
  errors.push(...checkPatterns(events, ofRecords, systemTypeNames))
  const types = resolvePatterns(events, typeNames)
  if (scope.length === 0 || entering === 'moved') return types
  // To enter a stage by being created there is what the webhook asks for with `stage_changed`; see rules/match.ts.
  const created = types
    .filter((type) => type.endsWith('.stage_changed'))
    .map((type) => type.replace(/[^.]+$/, 'created'))
    .filter((type) => eventTypes.has(type))
  return [...new Set([...types, ...created])]
}

function checkEntering({ entering, scope }: WebhookSettings, types: string[], errors: ProblemDetail[]): void {
  if (entering === 'moved') return
  if (scope.length === 0) {
    const message = `"entering": "${entering}" needs a scope: name the pipeline or the stages that are entered.`
    errors.push({ path: 'entering', code: 'needs_scope', message })
  }
  if (types.length > 0 && !types.some((type) => type.endsWith('.stage_changed'))) {
    const message = `"entering": "${entering}" needs an event about stages, such as "lead.stage_changed".`
    errors.push({ path: 'entering', code: 'needs_stage_event', message })
  }
}

function checkRequest(
  settings: WebhookSettings,
  types: string[],
  context: CheckContext,
  errors: ProblemDetail[],
): void {
  const { request } = settings
  errors.push(
    ...checkUrl(request.url, context),
    ...checkHeaders(request.headers, request.auth),
    ...checkAuth(request.auth),
  )
  const format = findFormat(request.format)
  if (!format) {
    errors.push(
      notAChoice(
        'request.format',
        request.format,
        formats.map(({ name }) => name),
      ),
    )
    return
  }
  if (!format.methods.includes(request.method)) {
    const message = `The format "${format.name}" has a body, which ${request.method} cannot carry. Use one of: ${format.methods.join(', ')}.`
    errors.push({ path: 'request.method', code: 'method_not_for_format', message })
  }
  const checked = checkOptions(format.options, request.options, 'request.options')
  errors.push(...checked.errors)
  if (checked.errors.length > 0) return
  request.options = checked.options
  for (const detail of format.check?.(checked.options) ?? []) {
    errors.push({ ...detail, path: `request.options.${detail.path}` })
  }
  const without = format.cannotExpress?.(types, checked.options) ?? []
  if (without.length > 0) {
    const shown =
      without.slice(0, 10).join(', ') + (without.length > 10 ? ` and ${without.length - 10} more` : '')
    const message = `The format "${format.name}" cannot express ${shown}. Take them out of the events, or choose another format.`
    errors.push({ path: 'request.format', code: 'cannot_express', message })
  }
}

function checkUrl(url: string, { guard, inspectorsAt }: CheckContext): ProblemDetail[] {
  const path = 'request.url'
  if (url === '') return [{ path, code: 'required', message: 'Name the URL to send to.' }]
  if (url.length > urlCharactersMax) {
    return [{ path, code: 'too_long', message: `A URL may have at most ${urlCharactersMax} characters.` }]
  }
  const template = checkUrlTemplate(url)
  const own = url.startsWith(inspectorsAt)
  const guarded = guard.checkUrl(url).filter(({ code }) => !own || code !== 'url_private_address')
  const problems = [...guarded, ...template]
  if (url.includes('#')) {
    const message =
      'What follows a "#" is never sent. Take it out, or write %23 where the character is meant.'
    problems.push({ path, code: 'url_fragment', message })
  }
  return problems
}

const ranges = {
  timeout_s: [1, 30],
  slots: [1, 1000],
  rate_per_s: [0.1, 1000],
  expires_s: [60, 2_592_000],
  disable_after_s: [60, 2_592_000],
  disable_after_failures: [1, 10_000],
} as const
/** null: never, or no bound. */
const mayBeNull = new Set(['rate_per_s', 'disable_after_s', 'disable_after_failures'])

function checkDelivery(delivery: DeliveryPolicy, errors: ProblemDetail[]): DeliveryPolicy {
  for (const [key, [min, max]] of Object.entries(ranges)) {
    const value = delivery[key as keyof typeof ranges]
    if (value === null ? mayBeNull.has(key) : value >= min && value <= max) continue
    const orNull = mayBeNull.has(key) ? ', or null' : ''
    errors.push({
      path: `delivery.${key}`,
      code: 'out_of_range',
      message: `This must be from ${min} to ${max}${orNull}.`,
    })
  }
  const { policy: name, ...sent } = delivery.retry
  const policy = findRetryPolicy(name)
  if (!policy) {
    errors.push(
      notAChoice(
        'delivery.retry.policy',
        name,
        retryPolicies.map((known) => known.name),
      ),
    )
    return delivery
  }
  const { options, errors: wrong } = checkOptions(policy.options, sent, 'delivery.retry')
  errors.push(...wrong)
  return { ...delivery, retry: { policy: name, ...options } }
}
