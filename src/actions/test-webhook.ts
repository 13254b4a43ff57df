import { vocabularyOf } from '../crm/index.ts'
import type { Account, AccountSchema, CrmEvent, Webhook } from '../model/index.ts'
import {
  becomesTrue,
  compileConditions,
  fieldCatalogue,
  isOpen,
  matchVerdict,
  resolvePatterns,
  surroundingsOf,
  type TraceRow,
} from '../rules/index.ts'
import { newId } from '../runtime/ids.ts'

export interface Trial {
  verdict: 'fired' | 'skipped'
  /** As in decisions, as far as webhook and event alone tell it: neither status nor limits nor loops play a part. */
  reason: string
  /** Every row of the conditions, with what it saw. */
  trace: { holds: boolean; rows: TraceRow[] }
}

/** What would be decided for this event by the webhook as it is now. Pure. */
export function tryWebhook(
  webhook: Webhook,
  event: CrmEvent,
  account: Pick<Account, 'time_zone'>,
  schema: AccountSchema,
): Trial {
  const { typeNames, eventTypes } = vocabularyOf(schema)
  const types = resolvePatterns(webhook.events, typeNames)
  const fields = fieldCatalogue(schema, types.includes(event.type) ? types : [...types, event.type])
  const conditions = compileConditions(
    webhook.conditions,
    (path) => fields.find(path)?.type ?? 'text',
    surroundingsOf(account, schema),
  )
  const trace = conditions.trace(event)
  const newlyTrue = () => becomesTrue(conditions, event, eventTypes.get(event.type)?.activity === true)
  const reason = matchVerdict(webhook, event) ?? reasonOf(webhook, event, trace.holds, newlyTrue)
  return { verdict: reason === 'fired' ? 'fired' : 'skipped', reason, trace }
}

function reasonOf(webhook: Webhook, event: CrmEvent, holds: boolean, newlyTrue: () => boolean): string {
  if (!holds) return 'condition'
  if (webhook.fire === 'becomes_true' && !newlyTrue()) return 'not_newly_true'
  const hours = webhook.active_hours
  if (hours?.outside === 'skip' && !isOpen(hours, Date.parse(event.received_at))) return 'active_hours'
  return 'fired'
}

/** The sample of the first event that the webhook subscribes to, in the stage that its scope names first. */
export function sampleEvent(
  webhook: Webhook,
  account: Account,
  schema: AccountSchema,
  now: number,
): CrmEvent {
  const { typeNames, eventTypes } = vocabularyOf(schema)
  // What it subscribed to may have been deleted since.
  const [type = typeNames[0]!] = resolvePatterns(webhook.events, typeNames)
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
