/** Accounts, webhooks, events and deliveries as a store is given them. Every thing is a second younger than the last. */
import type {
  Account,
  Attempt,
  CrmEvent,
  CrmRecord,
  Decision,
  Delivery,
  DeliveryState,
  Inspector,
  Outcome,
  ReceivedResponse,
  ShareLink,
  Token,
  Webhook,
} from '../../src/model/index.ts'
import { newId, type IdPrefix } from '../../src/runtime/ids.ts'
import type { AttemptRecord, Claim, Lease, NextStep, RecordedEvent, Store } from '../../src/store/store.ts'

let lastMs = Date.UTC(2030, 0, 1)

/** The moment of the last thing that was made. */
export const presentMs = () => lastMs

export function nextId(prefix: IdPrefix): string {
  lastMs += 1000
  return newId(prefix, lastMs)
}

export function makeAccount(change: Partial<Account> = {}): Account {
  return {
    id: nextId('acc'),
    external_id: null,
    name: 'ACME',
    subdomain: 'acme',
    time_zone: 'Europe/Warsaw',
    language: 'pl',
    strict: false,
    retention_days: 90,
    config_version: 1,
    schema_version: 1,
    created_at: lastMs,
    ...change,
  }
}

export function makeToken(accountId: string | null, change: Partial<Token> = {}): Token {
  return {
    id: nextId('tok'),
    account_id: accountId,
    kind: 'admin',
    name: 'Office',
    created_at: lastMs,
    ...change,
  }
}

export function makeWebhook(accountId: string, change: Partial<Webhook> = {}): Webhook {
  return {
    id: nextId('whk'),
    account_id: accountId,
    version: 1,
    status: 'active',
    status_reason: null,
    name: 'Won deals to the ERP',
    description: 'For accounting',
    events: ['lead.*'],
    scope: [{ pipeline_id: '752662', stage_ids: ['16203337'] }],
    entering: 'moved_or_created',
    conditions: { combinator: 'and', rules: [{ field: 'current.price', operator: '>', value: 10000 }] },
    fire: 'each_time',
    limits: { per: 'record', per_record: null, min_interval_s: null },
    delay_s: 0,
    active_hours: null,
    request: {
      method: 'POST',
      url: 'https://erp.example/hooks',
      headers: [],
      auth: { type: 'none' },
      format: 'standard',
      options: {},
    },
    delivery: {
      retry: { policy: 'schedule', waits_s: [5, 300] },
      timeout_s: 10,
      slots: 10,
      rate_per_s: null,
      order: 'none',
      expires_s: 604800,
      disable_after_s: 432000,
      disable_after_failures: null,
      on_gone: 'disable',
      signing: 'standard',
    },
    signing_secrets: [{ secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', until: null }],
    pauses: [],
    created_at: lastMs,
    updated_at: lastMs,
    ...change,
  }
}

export function makeRecord(accountId: string, id: string, change: Partial<CrmRecord> = {}): CrmRecord {
  return {
    account_id: accountId,
    kind: 'lead',
    id,
    state: 'present',
    fields: { name: 'Deal' },
    sequence: 1,
    last_event_id: null,
    as_of: null,
    created_at: lastMs,
    updated_at: lastMs,
    ...change,
  }
}

export function makeEvent(accountId: string, change: Partial<CrmEvent> = {}): CrmEvent {
  const id = nextId('evt')
  return {
    id,
    type: 'lead.stage_changed',
    account_id: accountId,
    external_id: null,
    occurred_at: new Date(lastMs - 500).toISOString(),
    received_at: new Date(lastMs).toISOString(),
    sequence: 7,
    record: { kind: 'lead', id: '4831596' },
    current: { name: 'Сделка с ACME', price: 12000, stage_id: '16203337' },
    previous: { stage_id: '16203334' },
    data: { old_stage_id: '16203334', stage_id: '16203337' },
    related: { stage: { name: 'Won' } },
    actor: { kind: 'api', id: null },
    source: 'api',
    bulk: false,
    correlation_id: id,
    caused_by: null,
    ...change,
  }
}

export function recorded(event: CrmEvent, decisions: Decision[] = []): RecordedEvent {
  return { event, config_version: 2, decisions }
}

export function makeDelivery(
  event: CrmEvent,
  webhook: Pick<Webhook, 'id'>,
  change: Partial<Delivery> = {},
): Delivery {
  return {
    id: nextId('dlv'),
    account_id: event.account_id,
    webhook_id: webhook.id,
    event_id: event.id,
    event_type: event.type,
    record: event.record,
    sequence: event.sequence,
    purpose: 'event',
    state: 'pending',
    reason: null,
    attempts: 0,
    due_at: lastMs,
    expires_at: lastMs + 604_800_000,
    lease: 0,
    last_status_code: null,
    created_at: lastMs,
    settled_at: null,
    replay_of: null,
    replay_attempt_id: null,
    replay_id: null,
    ...change,
  }
}

export function makeResponse(statusCode: number): ReceivedResponse {
  return {
    status_code: statusCode,
    headers: [['content-type', 'text/plain']],
    body: Uint8Array.of(111, 107, 0, 255),
    truncated: false,
  }
}

/** Failed ones answered 500. */
export function makeAttempt(delivery: Delivery, outcome: Outcome, change: Partial<Attempt> = {}): Attempt {
  return {
    id: nextId('att'),
    account_id: delivery.account_id,
    delivery_id: delivery.id,
    webhook_id: delivery.webhook_id,
    webhook_version: 1,
    number: delivery.attempts + 1,
    outcome,
    reason: outcome === 'delivered' ? null : 'status',
    detail: outcome === 'delivered' ? null : 'The receiver answered 500.',
    late: false,
    probe: false,
    started_at: lastMs,
    duration_ms: 12,
    request: {
      method: 'POST',
      url: 'https://erp.example/hooks',
      headers: [
        ['content-type', 'application/json'],
        ['webhook-id', delivery.id],
      ],
      body: Uint8Array.of(123, 125),
    },
    response: makeResponse(outcome === 'delivered' ? 200 : 500),
    ...change,
  }
}

export function makeInspector(accountId: string, change: Partial<Inspector> = {}): Inspector {
  const id = nextId('ins')
  return {
    id,
    account_id: accountId,
    token: `t${id.slice(4)}`,
    name: 'Test address',
    answer: { status: 200, delay_ms: 0, headers: [], body: 'ok' },
    created_at: lastMs,
    ...change,
  }
}

export function makeShareLink(
  webhook: Pick<Webhook, 'id' | 'account_id'>,
  change: Partial<ShareLink> = {},
): ShareLink {
  return {
    id: nextId('shr'),
    account_id: webhook.account_id,
    webhook_id: webhook.id,
    name: 'Agency',
    created_at: lastMs,
    last_used_at: null,
    ...change,
  }
}

/** What becomes of a leased delivery: delivered unless said otherwise. */
export function makeOutcome(
  lease: Pick<Lease, 'delivery'>,
  change: Partial<AttemptRecord> = {},
): AttemptRecord {
  const { delivery } = lease
  const next: NextStep = change.next ?? { state: 'delivered', reason: null }
  const outcome = next.state === 'delivered' ? 'delivered' : next.state === 'waiting' ? 'retry' : 'rejected'
  return {
    account_id: delivery.account_id,
    webhook_id: delivery.webhook_id,
    delivery_id: delivery.id,
    event_id: delivery.event_id,
    event_type: delivery.event_type,
    purpose: delivery.purpose,
    lease: delivery.lease,
    releases: null,
    attempt: makeAttempt(delivery, outcome),
    next,
    lane_blocked_until: null,
    ...change,
  }
}

export async function addAccount(store: Store, change: Partial<Account> = {}): Promise<Account> {
  const account = makeAccount(change)
  await store.transaction((tx) => tx.accounts.insert(account))
  return account
}

export async function addWebhook(
  store: Store,
  account: Pick<Account, 'id'>,
  change: Partial<Webhook> = {},
): Promise<Webhook> {
  const webhook = makeWebhook(account.id, change)
  await store.transaction((tx) => tx.webhooks.put(webhook, 'system'))
  return webhook
}

/** One event of its own for each delivery. */
export async function addDeliveries(
  store: Store,
  webhook: Pick<Webhook, 'id' | 'account_id'>,
  count: number,
  change: Partial<Delivery> = {},
  eventChange: Partial<CrmEvent> = {},
): Promise<Delivery[]> {
  const events = Array.from({ length: count }, () => makeEvent(webhook.account_id, eventChange))
  const deliveries = events.map((event) => makeDelivery(event, webhook, change))
  await store.transaction(async (tx) => {
    await tx.events.insert(events.map((event) => recorded(event)))
    await tx.deliveries.insert(deliveries)
  })
  return deliveries
}

/** Leases what is due now, 100 at most, with nothing under way, from the first lane on. */
export function claimAll(store: Store, change: Partial<Parameters<Store['claim']>[0]> = {}): Promise<Claim> {
  return store.claim({ now: presentMs(), limit: 100, busy: new Map(), after: null, ...change })
}

/** Brings one delivery from its first lease to a state. */
export async function addSettled(
  store: Store,
  webhook: Pick<Webhook, 'id' | 'account_id'>,
  state: Exclude<DeliveryState, 'pending' | 'sending'>,
  eventChange: Partial<CrmEvent> = {},
): Promise<Delivery> {
  const [delivery] = await addDeliveries(store, webhook, 1, { state: 'sending', lease: 1 }, eventChange)
  const next: NextStep =
    state === 'waiting' ? { state, due_at: presentMs() + 3_600_000 } : { state, reason: null }
  await store.recordAttempts([makeOutcome({ delivery: delivery! }, { next })], presentMs())
  return delivery!
}
