import type { Generated } from 'kysely'

/** The tables as Kysely sees them: the same in both databases. Booleans are 0 and 1, times ms, JSON is text. */
export interface Schema {
  /** Which steps of the schema the database has. */
  migrations: { name: string; applied_at: number }
  accounts: {
    id: string
    external_id: string | null
    name: string
    subdomain: string
    time_zone: string
    language: string
    strict: Generated<number>
    retention_days: Generated<number>
    config_version: Generated<number>
    schema_version: Generated<number>
    created_at: number
  }
  tokens: {
    id: string
    account_id: string | null
    kind: string
    name: string
    hash: string
    created_at: number
  }
  fields: {
    account_id: string
    kind: string
    name: string
    title: string
    type: string
    choices: string | null
    links: string | null
    origin: string
  }
  pipelines: { account_id: string; kind: string; id: string; name: string; position: number; origin: string }
  stages: {
    account_id: string
    kind: string
    pipeline_id: string
    id: string
    name: string
    type: string
    color: string | null
    position: number
    origin: string
  }
  users: { account_id: string; id: string; name: string; email: string | null; origin: string }
  kinds: { account_id: string; name: string; description: string }
  event_types: { account_id: string; type: string; description: string }
  records: {
    account_id: string
    kind: string
    id: string
    state: string
    fields: string
    search: string
    sequence: number
    last_event_id: string | null
    as_of: number | null
    created_at: number
    updated_at: number
    pipeline_id: string | null
    stage_id: string | null
    active: number
  }
  webhooks: {
    id: string
    account_id: string
    version: number
    status: string
    status_reason: string | null
    name: string
    settings: string
    secrets: Uint8Array
    slots: number
    timeout_ms: number
    drained: Generated<number>
    pace_us: number | null
    burst: Generated<number>
    in_order: Generated<number>
    pauses: Generated<string>
    created_at: number
    updated_at: number
  }
  webhook_versions: {
    account_id: string
    webhook_id: string
    version: number
    config_version: number
    status: string
    settings: string
    changed_by: string
    created_at: number
  }
  webhook_health: {
    webhook_id: string
    account_id: string
    failures_in_a_row: number
    failing_since: number | null
    blocked_until: number | null
    circuit_opened_at: number | null
    probe_at: number | null
    probe_wait_ms: number | null
    probe_delivery_id: string | null
    last_delivery_id: string | null
    last_at: number | null
    last_state: string | null
    last_status_code: number | null
  }
  events: {
    account_id: string
    id: string
    type: string
    record_kind: string
    record_id: string
    sequence: number
    external_id: string | null
    config_version: number
    received_at: number
    event: string
    decisions: string
    /** The record's event before this one; '' for its first; null where it stands in no chain. */
    previous_id: string | null
  }
  paces: { webhook_id: string; account_id: string; paced_us: number }
  unsettled_deliveries: DeliveryColumns & { state: string; aside: Generated<number> }
  settled_deliveries: DeliveryColumns & { state: string; reason: string | null; settled_at: number }
  attempts: {
    delivery_id: string
    id: string
    account_id: string
    webhook_id: string
    webhook_version: number
    number: number
    outcome: string
    reason: string | null
    detail: string | null
    late: number
    probe: number
    started_at: number
    duration_ms: number
    request: string | null
    request_body: Uint8Array | null
    response: string | null
    response_body: Uint8Array | null
  }
  stats_journal: { id: Generated<number>; account_id: string; counts: string }
  /** `webhook_id` is '' for the whole account; `step` minute or quarter. */
  stats_sums: { account_id: string; webhook_id: string; step: string; start: number; counts: string }
  answers: {
    account_id: string
    token_id: string
    route: string
    key: string
    body_hash: string
    status_code: number
    body: string | null
    created_at: number
  }
  firings: { account_id: string; webhook_id: string; subject: string; fired: number; last_at: number }
  sources: {
    id: string
    account_id: string
    adapter: string
    name: string
    token: string
    secret: Uint8Array
    options: string
    status: string
    calls: Generated<number>
    items: Generated<number>
    problems: Generated<number>
    last_call_at: number | null
    created_at: number
    updated_at: number
  }
  source_calls: {
    source_id: string
    id: string
    at: number
    method: string
    path: string
    query: string
    headers: string
    body: Uint8Array
    items: number
    problems: string
  }
  imports: {
    id: string
    account_id: string
    kind: string
    format: string
    fire: number
    state: string
    made_by: string
    lines_total: number
    lines_done: number
    chunks_total: number
    chunks_done: number
    created: number
    updated: number
    unchanged: number
    failed: number
    events: number
    created_at: number
    updated_at: number
  }
  import_chunks: { import_id: string; number: number; lines: string }
  import_errors: { import_id: string; line: number; errors: string; content: string }
  replays: {
    id: string
    account_id: string
    webhook_id: string | null
    selection: string
    mode: string
    pace_per_s: number | null
    state: string
    made_by: string
    cursor: string | null
    total: number | null
    done: number
    created: number
    skipped: number
    next_at: number
    created_at: number
    updated_at: number
  }
  missed: { account_id: string; webhook_id: string; event_id: string }
  inspectors: {
    id: string
    account_id: string
    token: string
    name: string
    answer: string
    created_at: number
  }
  inspector_requests: {
    inspector_id: string
    id: string
    at: number
    method: string
    url: string
    query: string
    headers: string
    body: Uint8Array
  }
  members: {
    id: string
    account_id: string
    email: string
    name: string
    role: string
    language: string | null
    password: string | null
    created_at: number
    last_seen_at: number | null
  }
  sessions: { hash: string; member_id: string; created_at: number; seen_at: number; expires_at: number }
  invitations: { member_id: string; hash: string; expires_at: number }
  setup_codes: { hash: string; made_at: number }
  share_links: {
    id: string
    account_id: string
    webhook_id: string
    name: string
    hash: string
    created_at: number
    last_used_at: number | null
  }
  meta: { name: string; value: Uint8Array }
  audit: {
    account_id: string
    id: string
    at: number
    actor: string
    action: string
    subject_kind: string
    subject_id: string
    detail: string
  }
  demos: { account_id: string; loaded_at: number; made: string }
  erasures: {
    id: string
    account_id: string
    record_kind: string
    record_id: string
    state: string
    phase: string
    place: string | null
    up_to_sequence: number
    events: number
    snapshots: number
    canceled: number
    attempts: number
    contents: number
    traces_left: number
    made_by: string
    created_at: number
    updated_at: number
  }
}

interface DeliveryColumns {
  id: string
  account_id: string
  webhook_id: string
  event_id: string
  event_type: string
  record_kind: string
  record_id: string
  sequence: number
  purpose: string
  attempts: number
  due_at: number
  expires_at: number
  lease: number
  last_status_code: number | null
  created_at: number
  replay_of: string | null
  replay_attempt_id: string | null
  replay_id: string | null
}
