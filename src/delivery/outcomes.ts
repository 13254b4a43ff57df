import { isSystemType } from '../rules/index.ts'
import { countsForHealth } from '../model/index.ts'
import type { CrmEvent, JsonObject, Webhook } from '../model/index.ts'
import { recordEvents } from '../record-events/index.ts'
import type {
  AccountConfig,
  AccountConfigs,
  FreshDelivery,
  Handoff,
  RateGuard,
} from '../record-events/index.ts'
import { newId as idOfNow, type NewId } from '../runtime/ids.ts'
import type { AttemptRecord, Circuit, Store, Transaction, WebhookHealth } from '../store/store.ts'
import { hasCircuit, nextCircuit } from './circuit.ts'

/** So many failures in a row are told as `webhook.failing`. */
const failingAfter = 5

const cancelStep = 500

export interface OutcomesScene {
  store: Store
  configs: AccountConfigs
  handoff: Handoff
  rateGuard: RateGuard
  onDisabled(webhook: Webhook, reason: string): void
  /** The webhook's circuit is open. */
  onTripped(webhookId: string, probeAt: number): void
  /** Ids of its own, for a past that is written down afterwards; those of the process where it is left out. */
  newId?: NewId
}

/**
 * Records a batch of outcomes and what follows from them, all in one transaction: webhooks that are gone or have failed for
 * too long are disabled, and `webhook.failing`, `webhook.disabled` and `delivery.dead` are told to the webhooks that ask
 * for them by name. A batch without failures takes the short way. Answers the ids of the deliveries that were late.
 */
export async function recordOutcomes(
  records: AttemptRecord[],
  now: number,
  scene: OutcomesScene,
): Promise<string[]> {
  if (!records.some(mayHaveConsequences)) return scene.store.recordAttempts(records, now)
  const reserved: Webhook[] = []
  const giveBack = () => {
    if (reserved.length > 0) scene.handoff.release(reserved.splice(0))
  }
  try {
    const written = await scene.store.transaction(async (tx) => {
      giveBack()
      return writeOutcomes(tx, records, now, scene, reserved)
    })
    scene.handoff.send(written.fresh)
    if (written.pending) scene.handoff.nudge()
    for (const { webhook, reason } of written.disabled) scene.onDisabled(webhook, reason)
    return written.late
  } catch (error) {
    giveBack()
    throw error
  }
}

function mayHaveConsequences({ attempt, next }: AttemptRecord): boolean {
  // One that was not sent may have been its lane's probe.
  return attempt === null || attempt.outcome !== 'delivered' || next.state === 'dead'
}

export interface WrittenOutcomes {
  late: string[]
  fresh: FreshDelivery[]
  pending: boolean
  disabled: { webhook: Webhook; reason: string }[]
}

/** The same as a part of the caller's transaction: what it answers is to be sent and told when that is durable. */
export async function writeOutcomes(
  tx: Transaction,
  records: AttemptRecord[],
  now: number,
  scene: Omit<OutcomesScene, 'store' | 'onDisabled'>,
  reserved: Webhook[],
): Promise<WrittenOutcomes> {
  const { handoff, rateGuard, onTripped, newId = idOfNow } = scene
  const touched = records.filter(mayHaveConsequences)
  const accountIds = [...new Set(touched.map(({ account_id }) => account_id))]
  const versions = await tx.accounts.versions(accountIds)
  const configs = new Map<string, AccountConfig>()
  const before = new Map<string, WebhookHealth>()
  for (const accountId of accountIds) {
    const version = versions.get(accountId)
    const config = version && (await scene.configs.at(tx, accountId, version))
    if (config) configs.set(accountId, config)
    for (const [id, health] of await tx.webhooks.health(accountId, webhookIdsOf(touched, accountId)))
      before.set(id, health)
  }

  const late = await tx.deliveries.recordAttempts(records, now)
  const onTime = touched.filter(({ delivery_id }) => !late.includes(delivery_id))
  const events: { event: CrmEvent; config: AccountConfig }[] = []
  const disabled: WrittenOutcomes['disabled'] = []
  for (const [accountId, config] of configs) {
    const told = await judgeAccount(tx, accountId, onTime, {
      config,
      before,
      now,
      onTripped,
      newId,
    })
    disabled.push(...told.disabled)
    for (const event of told.events) events.push({ event, config })
  }
  const recorded = await recordEvents(tx, events, { handoff, rateGuard, reserved, now, newId })
  return { late, disabled, ...recorded }
}

function webhookIdsOf(records: AttemptRecord[], accountId: string): string[] {
  return [
    ...new Set(
      records.filter(({ account_id }) => account_id === accountId).map(({ webhook_id }) => webhook_id),
    ),
  ]
}

/** When it is, and how things of that time are named. */
interface Moment {
  now: number
  newId: NewId
}

interface JudgingScene extends Moment, Pick<OutcomesScene, 'onTripped'> {
  config: AccountConfig
  before: ReadonlyMap<string, WebhookHealth>
}

async function judgeAccount(
  tx: Transaction,
  accountId: string,
  records: AttemptRecord[],
  { config, before, onTripped, ...moment }: JudgingScene,
): Promise<Pick<WrittenOutcomes, 'disabled'> & { events: CrmEvent[] }> {
  const { now } = moment
  const events: CrmEvent[] = []
  const disabled: WrittenOutcomes['disabled'] = []
  const ids = webhookIdsOf(records, accountId)
  const after = await tx.webhooks.health(accountId, ids)
  for (const webhookId of ids) {
    const webhook = config.webhook(webhookId)
    if (!webhook) continue
    const own = records.filter(({ webhook_id }) => webhook_id === webhookId)
    for (const record of own) {
      const event = deadEvent(record, webhook, moment)
      // Nobody may be listening to a million of them.
      if (event && config.matcher.candidates(event).length > 0) events.push(event)
    }
    const health = after.get(webhookId)
    if (!health) continue
    // Deliveries of the server's own events breed none, lest two alerts that fail tell each other so for ever.
    const breeds = own.some(({ event_type }) => !isSystemType(event_type))
    const reason = disablingReason(webhook, own, health, now)
    if (reason !== null && (await disable(tx, accountId, webhookId, reason, moment))) {
      disabled.push({ webhook, reason })
      if (breeds) events.push(webhookEvent('webhook.disabled', webhook, reason, health, moment))
    } else if (breeds && startsFailing(before.get(webhookId), health)) {
      events.push(webhookEvent('webhook.failing', webhook, lastFailure(own), health, moment))
    }
    const circuit = await keepCircuit(tx, webhook, own, health, now)
    // Before others can see it. Should the transaction fail, the next claim tells otherwise.
    if (circuit) onTripped(webhookId, circuit.probe_at)
  }
  return { events, disabled }
}

/** Opens the webhook's circuit, or moves it on after a probe; answers it as it is now. */
async function keepCircuit(
  tx: Transaction,
  webhook: Webhook,
  records: AttemptRecord[],
  { circuit, failures_in_a_row }: WebhookHealth,
  now: number,
): Promise<Circuit | null> {
  if (circuit === null && !hasCircuit(webhook)) return null
  const probe = records.find(({ delivery_id }) => delivery_id === circuit?.probe_delivery_id)
  const ended = probe === undefined ? null : probe.attempt === null ? 'unsent' : 'failed'
  const next = nextCircuit(circuit, { failuresInARow: failures_in_a_row, probe: ended }, now)
  if (next !== circuit) await tx.webhooks.setCircuit(webhook.account_id, webhook.id, next)
  return next
}

function startsFailing(before: WebhookHealth | undefined, after: WebhookHealth): boolean {
  return (before?.failures_in_a_row ?? 0) < failingAfter && after.failures_in_a_row >= failingAfter
}

/** Why the webhook must be switched off, or null. */
function disablingReason(
  { delivery }: Webhook,
  records: AttemptRecord[],
  { failures_in_a_row, failing_since }: WebhookHealth,
  now: number,
): string | null {
  if (records.some(({ attempt }) => attempt?.outcome === 'gone')) return 'the receiver answered 410 Gone'
  // How long it has been failing is judged when something fails that counts.
  if (!records.some(({ attempt, purpose }) => attempt && countsForHealth(purpose, attempt.outcome)))
    return null
  const { disable_after_failures, disable_after_s } = delivery
  if (disable_after_failures !== null && failures_in_a_row >= disable_after_failures)
    return `${failures_in_a_row} failed attempts in a row`
  if (disable_after_s !== null && failing_since !== null && now - failing_since >= disable_after_s * 1000)
    return `failing since ${new Date(failing_since).toISOString()}`
  return null
}

/** False where somebody disabled or deleted it meanwhile. What is unsent is canceled; the sweep does what is left. */
async function disable(
  tx: Transaction,
  accountId: string,
  webhookId: string,
  reason: string,
  { now, newId }: Moment,
): Promise<boolean> {
  const webhook = await tx.webhooks.get(accountId, webhookId)
  if (!webhook || webhook.status === 'disabled') return false
  const changes = {
    version: webhook.version + 1,
    status: 'disabled',
    status_reason: reason,
    updated_at: now,
  } as const
  if (!(await tx.webhooks.put({ ...webhook, ...changes }, 'system'))) return false
  await tx.audit.insert({
    account_id: accountId,
    id: newId('aud', now),
    at: now,
    actor: 'system',
    action: 'disableWebhook',
    subject_kind: 'webhook',
    subject_id: webhookId,
    detail: { version: changes.version, name: webhook.name, reason },
  })
  await tx.deliveries.cancelStranded(cancelStep, now, accountId)
  return true
}

function lastFailure(records: AttemptRecord[]): string {
  const attempt = records.at(-1)?.attempt
  if (attempt?.response) return `HTTP ${attempt.response.status_code}`
  return attempt?.detail ?? attempt?.reason ?? 'unknown'
}

function webhookEvent(
  type: 'webhook.disabled' | 'webhook.failing',
  webhook: Webhook,
  reason: string,
  { failures_in_a_row }: WebhookHealth,
  moment: Moment,
): CrmEvent {
  const record = { kind: 'webhook', id: webhook.id }
  return systemEvent(type, record, webhook, { reason, failures_in_a_row }, moment)
}

function deadEvent(
  { delivery_id, attempt, next, ...rest }: AttemptRecord,
  webhook: Webhook,
  moment: Moment,
): CrmEvent | null {
  if (next.state !== 'dead' || isSystemType(rest.event_type)) return null
  const data = {
    delivery_id,
    event_id: rest.event_id,
    event_type: rest.event_type,
    reason: next.reason,
    status_code: attempt?.response?.status_code ?? null,
  }
  return systemEvent('delivery.dead', { kind: 'delivery', id: delivery_id }, webhook, data, moment)
}

function systemEvent(
  type: string,
  record: CrmEvent['record'],
  webhook: Webhook,
  data: JsonObject,
  { now, newId }: Moment,
): CrmEvent {
  const id = newId('evt', now)
  const at = new Date(now).toISOString()
  return {
    id,
    type,
    account_id: webhook.account_id,
    external_id: null,
    occurred_at: at,
    received_at: at,
    // The server's own events are not about a record of the CRM, so nothing counts them.
    sequence: 0,
    record,
    current: {},
    previous: {},
    data: { webhook_id: webhook.id, webhook_name: webhook.name, url: originOf(webhook.request.url), ...data },
    related: {},
    actor: { kind: 'system', id: null },
    source: 'system',
    bulk: false,
    correlation_id: id,
    caused_by: null,
  }
}

/** Paths and queries of receivers often hold a key. */
function originOf(url: string): string {
  return URL.parse(url)?.origin ?? ''
}
