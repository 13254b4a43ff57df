import { eventTypes, findEventType, nearestName } from '../crm/index.ts'
import type { Guard } from '../delivery/guard.ts'
import { checkUrlTemplate, findFormat, formats } from '../formats/index.ts'
import {
  type AccountSchema,
  checkOptions,
  type DeliveryPolicy,
  type ProblemDetail,
  type ScopeEntry,
  type WebhookSettings,
} from '../model/index.ts'
import { findRetryPolicy, retryPolicies } from '../retry/index.ts'
import { checkConditions, checkPatterns, fieldCatalogue, resolvePatterns } from '../rules/index.ts'
import { checkAuth, checkHeaders } from './check-headers.ts'
import { mergeDraft, type WebhookDraft } from './webhook-draft.ts'

export interface CheckContext {
  guard: Guard
  /** The account's own fields, which conditions may name. */
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
const scopeEntriesMax = 100
const scopeIdsMax = 200
const knownTypes = eventTypes.map(({ type }) => type)

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
  const types = checkEvents(settings, errors)
  errors.push(...checkScope(settings.scope))
  checkEntering(settings, types, errors)
  const canHavePrevious = types.some((type) => findEventType(type)?.transition)
  const fields = fieldCatalogue(context.schema, types)
  // Without a known event every field would be unknown, and the list of mistakes would hide the one that matters.
  if (types.length > 0) errors.push(...checkConditions(settings.conditions, { fields, canHavePrevious }))
  checkRequest(settings, types, context, errors)
  settings.delivery = checkDelivery(settings.delivery, errors)
  return { settings, errors, notes }
}

/** Answers the event types that the webhook can fire for. */
function checkEvents(settings: WebhookSettings, errors: ProblemDetail[]): string[] {
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
  errors.push(...checkPatterns(events, knownTypes, []))
  const types = resolvePatterns(events, knownTypes)
  if (scope.length === 0 || entering === 'moved') return types
  // To enter a stage by being created there is what the webhook asks for with `stage_changed`; see rules/match.ts.
  const created = types
    .filter((type) => type.endsWith('.stage_changed'))
    .map((type) => type.replace(/[^.]+$/, 'created'))
  return [...new Set([...types, ...created])]
}

const scopeKeys = ['pipeline_id', 'stage_ids', 'period_ids']

function checkScope(scope: readonly ScopeEntry[]): ProblemDetail[] {
  if (scope.length > scopeEntriesMax) {
    return [
      { path: 'scope', code: 'too_many', message: `A scope may have at most ${scopeEntriesMax} entries.` },
    ]
  }
  return scope.flatMap((entry, index) => {
    const path = `scope[${index}]`
    const problems: ProblemDetail[] = []
    for (const key of Object.keys(entry)) {
      if (scopeKeys.includes(key)) continue
      const near = nearestName(key, scopeKeys)
      const hint = near ? `Did you mean "${near}"?` : `Known here: ${scopeKeys.join(', ')}.`
      problems.push({
        path: `${path}.${key}`,
        code: 'unknown_key',
        message: `There is no "${key}" here. ${hint}`,
      })
    }
    const { pipeline_id, stage_ids, period_ids } = entry
    if (pipeline_id !== undefined) problems.push(...checkId(pipeline_id, `${path}.pipeline_id`))
    if (stage_ids !== undefined) problems.push(...checkIds(stage_ids, `${path}.stage_ids`))
    if (period_ids !== undefined) problems.push(...checkIds(period_ids, `${path}.period_ids`))
    if (Object.keys(entry).length === 0) {
      problems.push({
        path,
        code: 'required',
        message: 'Name a pipeline_id, stage_ids or period_ids, or leave the entry out.',
      })
    }
    return problems
  })
}

function checkIds(ids: unknown, path: string): ProblemDetail[] {
  if (!Array.isArray(ids)) return [{ path, code: 'wrong_type', message: 'This must be a list of ids.' }]
  if (ids.length === 0)
    return [{ path, code: 'too_few', message: 'Name at least one id, or leave the key out.' }]
  if (ids.length > scopeIdsMax)
    return [{ path, code: 'too_many', message: `Name at most ${scopeIdsMax} ids.` }]
  return ids.flatMap((id: unknown, index) => checkId(id, `${path}[${index}]`))
}

function checkId(id: unknown, path: string): ProblemDetail[] {
  if (typeof id === 'number') {
    return [{ path, code: 'wrong_type', message: `Ids are text: write "${id}" in quotes.` }]
  }
  if (typeof id !== 'string') return [{ path, code: 'wrong_type', message: 'This must be an id as text.' }]
  if (id === '' || id.length > 200) {
    return [{ path, code: 'bad_id', message: 'An id has 1 to 200 characters.' }]
  }
  return []
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

const ranges = { timeout_s: [1, 30], slots: [1, 1000], expires_s: [60, 2_592_000] } as const

function checkDelivery(delivery: DeliveryPolicy, errors: ProblemDetail[]): DeliveryPolicy {
  for (const [key, [min, max]] of Object.entries(ranges)) {
    const value = delivery[key as keyof typeof ranges]
    if (value >= min && value <= max) continue
    errors.push({
      path: `delivery.${key}`,
      code: 'out_of_range',
      message: `This must be from ${min} to ${max}.`,
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

function notAChoice(path: string, value: string, known: string[]): ProblemDetail {
  const near = nearestName(value, known)
  const hint = near ? `Did you mean "${near}"?` : `There are: ${known.join(', ')}.`
  return { path, code: 'not_a_choice', message: `There is no "${value}". ${hint}` }
}
