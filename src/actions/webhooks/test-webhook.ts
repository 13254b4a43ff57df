import { vocabularyOf } from '../../crm/index.ts'
import type { Account, AccountSchema, CrmEvent, DecisionReason, Webhook } from '../../model/index.ts'
import { loops } from '../../record-events/index.ts'
import {
  becomesTrue,
  compileConditions,
  fieldCatalogue,
  isOpen,
  matchVerdict,
  resolvePatterns,
  surroundingsOf,
  type CompiledConditions,
  type TraceRow,
} from '../../rules/index.ts'
import { newId } from '../../runtime/ids.ts'

export interface Trial {
  verdict: 'fired' | 'skipped'
  /** As in decisions, as far as webhook and event alone tell it: neither status nor what is counted plays a part. */
  reason: DecisionReason
  /** Every row of the conditions, with what it saw. */
  trace: { holds: boolean; rows: TraceRow[] }
}

/** A webhook as it is now, compiled to be asked about events. Pure. */
export interface Trier {
  /** Why it would fire or not. */
  reason(event: CrmEvent): DecisionReason
  /** The same with every row of the conditions. */
  try(event: CrmEvent): Trial
}

export function makeTrier(
  webhook: Webhook,
  account: Pick<Account, 'time_zone'>,
  schema: AccountSchema,
): Trier {
  const { typeNames, eventTypes } = vocabularyOf(schema)
  const types = resolvePatterns(webhook.events, typeNames)
  const surroundings = surroundingsOf(account, schema)
  const compile = (types: readonly string[]) => {
    const fields = fieldCatalogue(schema, types)
    return compileConditions(webhook.conditions, (path) => fields.find(path)?.type ?? 'text', surroundings)
  }
  const conditions = compile(types)

  /** By the rows that are traced where a person looks, and by the first that decides where nobody does. */
  function reason(event: CrmEvent, asked: CompiledConditions, holds: () => boolean): DecisionReason {
    const unmatched = matchVerdict(webhook, event)
    if (unmatched) return unmatched
    if (!holds()) return 'condition'
    const isActivity = eventTypes.get(event.type)?.activity === true
    if (webhook.fire === 'becomes_true' && !becomesTrue(asked, event, isActivity)) return 'not_newly_true'
    const hours = webhook.active_hours
    if (hours?.outside === 'skip' && !isOpen(hours, Date.parse(event.received_at))) return 'active_hours'
    return loops(webhook, event) ? 'loop' : 'fired'
  }

  return {
    reason: (event) => reason(event, conditions, () => conditions.holds(event)),
    try(event) {
      // Also where it does not subscribe to the event: then the rows are shown all the same.
      const asked = types.includes(event.type) ? conditions : compile([...types, event.type])
      const trace = asked.trace(event)
      const why = reason(event, asked, () => trace.holds)
      return { verdict: why === 'fired' ? 'fired' : 'skipped', reason: why, trace }
    },
  }
}

/** What would be decided for this event by the webhook as it is now. Pure. */
export function tryWebhook(
  webhook: Webhook,
  event: CrmEvent,
  account: Pick<Account, 'time_zone'>,
  schema: AccountSchema,
): Trial {
  return makeTrier(webhook, account, schema).try(event)
}

/** The sample of `wanted`, else of the first event that the webhook subscribes to, in the stage that its scope names first. */
export function sampleEvent(
  webhook: Webhook,
  account: Account,
  schema: AccountSchema,
  now: number,
  wanted?: string,
): CrmEvent {
  const { typeNames, eventTypes } = vocabularyOf(schema)
  // What it subscribed to may have been deleted since.
  const [first = typeNames[0]!] = resolvePatterns(webhook.events, typeNames)
  const type = wanted ?? first
  const { kind, sample } = eventTypes.get(type)!
  const place = placeOf(webhook)
  const at = new Date(now).toISOString()
  const id = newId('evt', now)
  return {
    id,
    type,
    account_id: account.id,
    external_id: null,
    occurred_at: at,
    received_at: at,
    sequence: 1,
    record: { kind, id: '4831596' },
    current: { ...sample.current, ...place },
    previous: sample.previous,
    // What the sample says of its place must agree with where it stands.
    data: {
      ...sample.data,
      ...Object.fromEntries(Object.entries(place).filter(([key]) => key in sample.data)),
    },
    related: {},
    actor: { kind: 'system', id: null },
    source: 'test',
    bulk: false,
    correlation_id: id,
    caused_by: null,
  }
}

function placeOf({ scope }: Webhook): Record<string, string> {
  const [entry] = scope
  const place: Record<string, string> = {}
  if (entry?.pipeline_id) place['pipeline_id'] = entry.pipeline_id
  if (entry?.stage_ids?.[0]) place['stage_id'] = entry.stage_ids[0]
  if (entry?.period_ids?.[0]) place['period_id'] = entry.period_ids[0]
  return place
}
