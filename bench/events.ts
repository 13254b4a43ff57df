/** What the loader sends and what it is about: one pipeline, two stages, some thousand records. */

export const pipelineId = '752662'
export const stageIds = ['16203334', '16203337'] as const
/** So many that no record fires more often in a minute than the server takes for natural (HOOKLINE_RATE_GUARD). */
export const recordCount = 8192
const firstRecordId = 4_831_000

/** How many receivers there are where one of them hangs; each has a stage and a webhook of its own. */
export const receiverCount = 100

/** What is sent to this path of the sink is never answered. */
export const hangingPath = '/hangs'

/** Of 0 … `receiverCount` - 1; the first is the one that hangs. */
export function receiverStage(receiver: number): string {
  return String(17_000_000 + receiver)
}

/** Of 0 … `recordCount` - 1. */
export function recordId(index: number): string {
  return String(firstRecordId + index)
}

/** The fields of a lead as it is first written. */
export function leadFields(index: number, stageId: string = stageIds[0]) {
  return {
    name: `Deal with ACME, no. ${index}`,
    price: 12_000 + index,
    owner_id: '7',
    pipeline_id: pipelineId,
    stage_id: stageId,
  }
}

/** The body of `POST /v1/events`: a stage change of a lead or, for ten webhooks, of an opportunity. */
export function eventBody(
  kind: 'lead' | 'opportunity',
  index: number,
  dueAt: number,
  to: string = stageIds[1],
): string {
  const from = stageIds[0]
  return JSON.stringify({
    type: `${kind}.stage_changed`,
    record: { kind, id: recordId(index) },
    current: leadFields(index, to),
    previous: { stage_id: from },
    data: {
      old_pipeline_id: pipelineId,
      pipeline_id: pipelineId,
      old_stage_id: from,
      stage_id: to,
      due_at: dueAt,
    },
  })
}

/** A body as Hookline sends it for such an event: what the bare client sends. */
export function deliveredBody(): string {
  const id = 'evt_01kc8zt1g0abcdefghjkmnpqrs'
  const at = '2026-11-20T09:00:00.120Z'
  const { current, previous, data, record, type } = JSON.parse(eventBody('lead', 1, 1_780_000_000_000.5))
  const stage = { id: stageIds[1], name: 'Won', type: 'open' }
  return JSON.stringify({
    type,
    timestamp: at,
    data: {
      id,
      type,
      external_id: null,
      occurred_at: at,
      received_at: at,
      sequence: 7,
      record,
      current,
      previous,
      data,
      related: {
        pipeline: { id: pipelineId, name: 'Sales' },
        stage,
        old_stage: stage,
        owner: { id: '7', name: 'Ann', email: 'ann@acme.example' },
      },
      actor: { kind: 'api', id: 'tok_01kc8zt1g0abcdefghjkmnpqrs' },
      source: 'api',
      bulk: false,
      correlation_id: id,
      caused_by: null,
    },
  })
}
