import { eventTypes, findEventType } from '../crm/index.ts'
import type { Account, AccountSchema, CrmEvent, Webhook } from '../model/index.ts'
import {
  compileConditions,
  fieldCatalogue,
  matchVerdict,
  resolvePatterns,
  surroundingsOf,
  type TraceRow,
} from '../rules/index.ts'
import { newId } from '../runtime/ids.ts'

export interface Trial {
  verdict: 'fired' | 'skipped'
  /** As in decisions: `fired`, `not_subscribed`, `other_stage`, `entering`, `condition`. The webhook's status plays no part. */
  reason: string
  /** Every row of the conditions, with what it saw. */
  trace: { holds: boolean; rows: TraceRow[] }
}

const knownTypes = eventTypes.map(({ type }) => type)

/** What would be decided for this event by the webhook as it is now. Pure. */
export function tryWebhook(
  webhook: Webhook,
  event: CrmEvent,
  account: Pick<Account, 'time_zone'>,
  schema: AccountSchema,
): Trial {
  const types = resolvePatterns(webhook.events, knownTypes)
  const fields = fieldCatalogue(schema, types.includes(event.type) ? types : [...types, event.type])
  const trace = compileConditions(
    webhook.conditions,
    (path) => fields.find(path)?.type ?? 'text',
    surroundingsOf(account, schema),
  ).trace(event)
  const unmatched = matchVerdict(webhook, event)
  const reason = unmatched ?? (trace.holds ? 'fired' : 'condition')
  return { verdict: reason === 'fired' ? 'fired' : 'skipped', reason, trace }
}

/** The sample of the first event that the webhook subscribes to, in the stage that its scope names first. */
export function sampleEvent(webhook: Webhook, account: Account, now: number): CrmEvent {
  const [type = knownTypes[0]!] = resolvePatterns(webhook.events, knownTypes)
  const { kind, sample } = findEventType(type)!
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
