/** How the model's things lie in their tables, for both databases: JSON as text, booleans as 0 and 1, bodies as bytes. */
import type { Selectable } from 'kysely'
import type {
  Account,
  AccountField,
  Attempt,
  CrmEvent,
  CrmRecord,
  CrmUser,
  Decision,
  DeclaredEventType,
  DeclaredKind,
  Delivery,
  ImportError,
  Inspector,
  InspectorRequest,
  Json,
  RecordImport,
  Replay,
  SettledReason,
  SettledState,
  SourceCall,
  Token,
} from '../model/index.ts'
import { eventText } from '../model/index.ts'
import type { Schema } from './schema.ts'
import { type Standing, standingOf } from './standing.ts'
import type { RecordedEvent } from './store.ts'

export type Row<Table extends keyof Schema> = Selectable<Schema[Table]>
export function accountToRow(account: Account): Row<'accounts'> {
  return { ...account, strict: account.strict ? 1 : 0 }
}

export function accountFromRow(row: Row<'accounts'>): Account {
  return { ...row, language: row.language as Account['language'], strict: row.strict !== 0 }
}

export function tokenFromRow({ id, account_id, kind, name, created_at }: Omit<Row<'tokens'>, 'hash'>): Token {
  return { id, account_id, kind: kind as Token['kind'], name, created_at }
}

export function fieldToRow(accountId: string, field: AccountField): Row<'fields'> {
  return { ...field, account_id: accountId, choices: field.choices && JSON.stringify(field.choices) }
}

export function fieldFromRow({ account_id: _, ...row }: Row<'fields'>): AccountField {
  return {
    ...row,
    type: row.type as AccountField['type'],
    choices: row.choices === null ? null : (JSON.parse(row.choices) as string[]),
    origin: row.origin as AccountField['origin'],
  }
}

export function userFromRow({ account_id: _, ...row }: Row<'users'>): CrmUser {
  return { ...row, origin: row.origin as CrmUser['origin'] }
}

export function kindToRow(accountId: string, { name, ...description }: DeclaredKind): Row<'kinds'> {
  return { account_id: accountId, name, description: JSON.stringify(description) }
}

export function kindFromRow({ name, description }: Row<'kinds'>): DeclaredKind {
  return { name, ...(JSON.parse(description) as Omit<DeclaredKind, 'name'>) }
}

export function eventTypeToRow(
  accountId: string,
  { type, ...description }: DeclaredEventType,
): Row<'event_types'> {
  return { account_id: accountId, type, description: JSON.stringify(description) }
}

export function eventTypeFromRow({ type, description }: Row<'event_types'>): DeclaredEventType {
  return { type, ...(JSON.parse(description) as Omit<DeclaredEventType, 'type'>) }
}

/** How much of a record's text can be searched: enough for names, addresses and numbers, not for essays. */
const searchCharsMax = 2000

/**
 * The record's id and its fields' text, numbers and list entries, lower-cased here because SQLite folds only ASCII.
 * Values stand on lines of their own, so that nothing is found across two of them.
 */
function searchText(record: Pick<CrmRecord, 'id' | 'fields'>): string {
  let text = record.id
  const add = (value: Json): void => {
    if (text.length >= searchCharsMax) return
    if (typeof value === 'string' || typeof value === 'number') text += `\n${value}`
    else if (Array.isArray(value)) value.forEach(add)
  }
  for (const name in record.fields) add(record.fields[name]!)
  return text.slice(0, searchCharsMax).toLowerCase()
}

/** A pattern for `LIKE … ESCAPE '!'` that finds `text` anywhere in a lower-cased column. */
export function searchPattern(text: string): string {
  return patternOf(text.toLowerCase())
}

/** A pattern for `LIKE … ESCAPE '!'` that finds `text` anywhere. SQLite takes capitals of ASCII for small letters. */
export function patternOf(text: string): string {
  return `%${text.replaceAll(/[!%_]/g, '!$&')}%`
}

export function recordToRow(record: CrmRecord): Row<'records'> {
  return {
    ...record,
    ...standingOf(record),
    fields: JSON.stringify(record.fields),
    search: searchText(record),
  }
}

export function recordFromRow(row: Omit<Row<'records'>, 'search' | keyof Standing>): CrmRecord {
  return {
    account_id: row.account_id,
    kind: row.kind,
    id: row.id,
    state: row.state as CrmRecord['state'],
    fields: JSON.parse(row.fields) as CrmRecord['fields'],
    sequence: row.sequence,
    last_event_id: row.last_event_id,
    as_of: row.as_of,
    created_at: row.created_at,
    updated_at: row.updated_at,
  }
}

export function eventToRow({ event, config_version, decisions, previous_id }: RecordedEvent): Row<'events'> {
  return {
    account_id: event.account_id,
    id: event.id,
    type: event.type,
    record_kind: event.record.kind,
    record_id: event.record.id,
    sequence: event.sequence,
    external_id: event.external_id,
    config_version,
    received_at: Date.parse(event.received_at),
    event: eventText(event),
    decisions: JSON.stringify(decisions),
    previous_id: previous_id ?? null,
  }
}

export function eventFromRow(
  row: Pick<Row<'events'>, 'event' | 'config_version' | 'decisions'>,
): RecordedEvent {
  return {
    event: JSON.parse(row.event) as CrmEvent,
    config_version: row.config_version,
    decisions: JSON.parse(row.decisions) as Decision[],
  }
}

/** For deliveries that are not settled. */
export function deliveryToRow(delivery: Delivery): Omit<Row<'unsettled_deliveries'>, 'aside'> {
  return {
    id: delivery.id,
    account_id: delivery.account_id,
    webhook_id: delivery.webhook_id,
    event_id: delivery.event_id,
    event_type: delivery.event_type,
    record_kind: delivery.record.kind,
    record_id: delivery.record.id,
    sequence: delivery.sequence,
    purpose: delivery.purpose,
    state: delivery.state,
    attempts: delivery.attempts,
    due_at: delivery.due_at,
    expires_at: delivery.expires_at,
    lease: delivery.lease,
    last_status_code: delivery.last_status_code,
    created_at: delivery.created_at,
    replay_of: delivery.replay_of,
    replay_attempt_id: delivery.replay_attempt_id,
    replay_id: delivery.replay_id,
  }
}

/** The row that takes the place of an unsettled one in the history. */
export function settledRow(
  { aside: _, ...row }: Row<'unsettled_deliveries'>,
  end: { state: SettledState; reason: SettledReason | null; settled_at: number },
): Row<'settled_deliveries'> {
  return { ...row, ...end }
}

export function deliveryFromRow(
  row: Omit<Row<'unsettled_deliveries'>, 'aside'> | Row<'settled_deliveries'>,
): Delivery {
  return {
    id: row.id,
    account_id: row.account_id,
    webhook_id: row.webhook_id,
    event_id: row.event_id,
    event_type: row.event_type,
    record: { kind: row.record_kind, id: row.record_id },
    sequence: row.sequence,
    purpose: row.purpose as Delivery['purpose'],
    state: row.state as Delivery['state'],
    reason: 'reason' in row ? (row.reason as Delivery['reason']) : null,
    attempts: row.attempts,
    due_at: row.due_at,
    expires_at: row.expires_at,
    lease: row.lease,
    last_status_code: row.last_status_code,
    created_at: row.created_at,
    settled_at: 'settled_at' in row ? row.settled_at : null,
    replay_of: row.replay_of,
    replay_attempt_id: row.replay_attempt_id,
    replay_id: row.replay_id,
  }
}

/** `late`: found late by the store, whatever the attempt itself says. */
export function attemptToRow(attempt: Attempt, late: boolean): Row<'attempts'> {
  const { request, response } = attempt
  // Written out, because a copy of the rest by name would cost as much as all else here.
  return {
    delivery_id: attempt.delivery_id,
    id: attempt.id,
    account_id: attempt.account_id,
    webhook_id: attempt.webhook_id,
    webhook_version: attempt.webhook_version,
    number: attempt.number,
    outcome: attempt.outcome,
    reason: attempt.reason,
    detail: attempt.detail,
    late: late || attempt.late ? 1 : 0,
    probe: attempt.probe ? 1 : 0,
    started_at: attempt.started_at,
    duration_ms: attempt.duration_ms,
    request:
      request && JSON.stringify({ method: request.method, url: request.url, headers: request.headers }),
    request_body: request && request.body,
    response:
      response &&
      JSON.stringify({
        status_code: response.status_code,
        headers: response.headers,
        truncated: response.truncated,
      }),
    response_body: response && response.body,
  }
}

export function attemptFromRow({ request_body, response_body, ...row }: Row<'attempts'>): Attempt {
  return {
    ...row,
    outcome: row.outcome as Attempt['outcome'],
    reason: row.reason as Attempt['reason'],
    late: row.late !== 0,
    probe: row.probe !== 0,
    request: row.request === null ? null : { ...JSON.parse(row.request), body: request_body },
    response: row.response === null ? null : { ...JSON.parse(row.response), body: response_body },
  }
}

export function inspectorToRow(inspector: Inspector): Row<'inspectors'> {
  return { ...inspector, answer: JSON.stringify(inspector.answer) }
}

export function inspectorFromRow(row: Row<'inspectors'>): Inspector {
  return { ...row, answer: JSON.parse(row.answer) as Inspector['answer'] }
}

export function inspectorRequestToRow(request: InspectorRequest): Row<'inspector_requests'> {
  return { ...request, headers: JSON.stringify(request.headers) }
}

export function inspectorRequestFromRow(row: Row<'inspector_requests'>): InspectorRequest {
  return { ...row, headers: JSON.parse(row.headers) as InspectorRequest['headers'] }
}

export function sourceCallToRow(call: SourceCall): Row<'source_calls'> {
  return { ...call, headers: JSON.stringify(call.headers), problems: JSON.stringify(call.problems) }
}

/** Once only sentences were kept; of these it is true that something was not understood, whatever it was. */
const oldProblem = { code: 'not_understood' }

export function sourceCallFromRow(row: Row<'source_calls'>): SourceCall {
  return {
    ...row,
    headers: JSON.parse(row.headers) as SourceCall['headers'],
    problems: (JSON.parse(row.problems) as SourceCall['problems']).map((problem) => ({
      ...oldProblem,
      ...problem,
    })),
  }
}

export function importToRow(recordImport: RecordImport): Row<'imports'> {
  return { ...recordImport, fire: recordImport.fire ? 1 : 0 }
}

export function importFromRow(row: Row<'imports'>): RecordImport {
  return {
    ...row,
    format: row.format as RecordImport['format'],
    fire: row.fire !== 0,
    state: row.state as RecordImport['state'],
  }
}

export function importErrorToRow(importId: string, error: ImportError): Row<'import_errors'> {
  return { ...error, import_id: importId, errors: JSON.stringify(error.errors) }
}

export function importErrorFromRow({ line, errors, content }: Row<'import_errors'>): ImportError {
  return { line, errors: JSON.parse(errors) as ImportError['errors'], content }
}

export function replayToRow(replay: Replay): Row<'replays'> {
  return { ...replay, selection: JSON.stringify(replay.selection) }
}

export function replayFromRow(row: Row<'replays'>): Replay {
  return {
    ...row,
    selection: JSON.parse(row.selection) as Replay['selection'],
    mode: row.mode as Replay['mode'],
    state: row.state as Replay['state'],
  }
}
