import { RenderError } from '../formats/index.ts'
import { expiresAt } from '../model/index.ts'
import { findRetryPolicy } from '../retry/index.ts'
import type {
  Attempt,
  Cause,
  CrmEvent,
  Delivery,
  FailureReason,
  ReceivedResponse,
  SentRequest,
  Webhook,
} from '../model/index.ts'
import { whenOpen } from '../record-events/index.ts'
import type { AccountConfig } from '../record-events/index.ts'
import type { Clock } from '../runtime/clock.ts'
import { newId as idOfNow, type NewId } from '../runtime/ids.ts'
import type { AttemptRecord, NextStep } from '../store/store.ts'
import type { Answer } from './answer.ts'
import { buildRequest } from './build-request.ts'
import type { BuiltRequest } from './build-request.ts'
import { judgeFailure, judgeResponse } from './judge.ts'
import type { Verdict } from './judge.ts'
import type { Repeated } from './repeat.ts'
import { redactResponse } from './redact.ts'
import type { Sender } from './send.ts'

/** A delivery that this process holds, with what it takes to send it. */
export interface HeldDelivery {
  delivery: Delivery
  event: CrmEvent
  webhook: Webhook
  config: AccountConfig
  /** What a replay sends again byte for byte; see `RequestInput`. */
  repeated?: Repeated | null | undefined
  /** It is the one probe of an open circuit: it uses no attempt unless it is delivered. */
  probe?: boolean
}

export interface Machine {
  sender: Pick<Sender, 'send'>
  clock: Clock
  /** In [0, 1). */
  random(): number
  /** What `Hookline-Cause` says: whoever is called may pass it on with what it changes. */
  signCause(cause: Cause, accountId: string): string
  /** Ids of its own, for a clock that tells the past; those of the process where it is left out. */
  newId?: NewId
}

/**
 * One attempt, from the event to what becomes of the delivery: render, sign, guard and send, judge, next. It never throws
 * for what a receiver or a webhook does; the answer is one of a closed list of outcomes.
 */
export async function deliver(
  held: HeldDelivery,
  { sender, clock, random, signCause, newId = idOfNow }: Machine,
): Promise<AttemptRecord> {
  const startedAt = clock()
  const number = held.delivery.attempts + 1
  const request = render(held, number, startedAt, signCause)
  const answer = request.built
    ? answered(
        await sender.send(request.built.outgoing, held.webhook.delivery.timeout_s * 1000),
        request.built.secrets,
      )
    : refusedByTemplate(request.detail)
  const verdict =
    answer.response && !answer.reason
      ? judgeResponse(answer.response, held.webhook.delivery.on_gone, clock())
      : judgeFailure(answer.reason ?? 'reset')
  const next = nextStep(held, verdict, number, clock(), random())
  return record(held, {
    number,
    startedAt,
    request: request.built?.shown ?? null,
    answer,
    verdict,
    next,
    now: clock(),
    newId,
  })
}

type Rendering = { built: BuiltRequest; detail: null } | { built: null; detail: string }

function render(
  { webhook, config, event, delivery, repeated }: HeldDelivery,
  attempt: number,
  now: number,
  signCause: Machine['signCause'],
): Rendering {
  const { account } = config
  try {
    const { id: deliveryId } = delivery
    const built = buildRequest({ webhook, account, event, deliveryId, attempt, now, signCause, repeated })
    return { built, detail: null }
  } catch (error) {
    if (error instanceof RenderError) return { built: null, detail: error.message }
    throw error
  }
}

interface Answered {
  /** null where a full answer came, whatever it says. */
  reason: FailureReason | null
  detail: string | null
  response: ReceivedResponse | null
  durationMs: number
}

function answered(answer: Answer, secrets: readonly string[]): Answered {
  const response = answer.response && redactResponse(answer.response, secrets)
  if (answer.kind === 'response')
    return { reason: null, detail: null, response, durationMs: answer.durationMs }
  return { ...answer, response }
}

function refusedByTemplate(detail: string): Answered {
  return { reason: 'template', detail, response: null, durationMs: 0 }
}

function nextStep(
  { webhook, delivery, probe }: HeldDelivery,
  verdict: Verdict,
  attempts: number,
  now: number,
  random: number,
): NextStep {
  switch (verdict.outcome) {
    case 'delivered':
      return { state: 'delivered', reason: null }
    case 'rejected':
      return { state: 'dead', reason: 'rejected' }
    case 'gone':
      return { state: 'dead', reason: 'gone' }
    case 'retry': {
      const { policy, ...options } = webhook.delivery.retry
      if (probe) return afterFailedProbe({ webhook, delivery }, verdict, now)
      const waitMs = findRetryPolicy(policy)?.next({ attempts, options, random }) ?? null
      if (waitMs === null) return { state: 'dead', reason: 'out_of_attempts' }
      const dueAt = whenOpen(webhook.active_hours, Math.ceil(now + Math.max(waitMs, verdict.waitMs ?? 0)))
      // No attempt would come before it expires: better said now than found out later.
      if (dueAt >= expiresAt(delivery, webhook.pauses, now)) return { state: 'dead', reason: 'expired' }
      return { state: 'waiting', due_at: dueAt }
    }
  }
}

interface Tried {
  number: number
  startedAt: number
  request: SentRequest | null
  answer: Answered
  verdict: Verdict
  next: NextStep
  now: number
  newId: NewId
}

/** It stays due; the circuit says when the next probe goes out, and for which delivery. */
function afterFailedProbe(
  { webhook, delivery }: Pick<HeldDelivery, 'webhook' | 'delivery'>,
  verdict: Verdict,
  now: number,
): NextStep {
  if (expiresAt(delivery, webhook.pauses, now) <= now) return { state: 'dead', reason: 'expired' }
  return { state: 'waiting', due_at: Math.ceil(now + (verdict.waitMs ?? 0)) }
}

function record({ delivery, webhook, probe = false }: HeldDelivery, tried: Tried): AttemptRecord {
  const { answer, verdict, now, newId } = tried
  const attempt: Attempt = {
    id: newId('att', now),
    account_id: delivery.account_id,
    delivery_id: delivery.id,
    webhook_id: webhook.id,
    webhook_version: webhook.version,
    number: tried.number,
    outcome: verdict.outcome,
    reason: verdict.reason,
    detail: answer.detail,
    late: false,
    probe,
    started_at: tried.startedAt,
    duration_ms: Math.round(answer.durationMs),
    request: tried.request,
    response: answer.response,
  }
  return {
    account_id: delivery.account_id,
    webhook_id: webhook.id,
    delivery_id: delivery.id,
    event_id: delivery.event_id,
    event_type: delivery.event_type,
    purpose: delivery.purpose,
    lease: delivery.lease,
    releases: webhook.delivery.order === 'record' ? delivery.record : null,
    attempt,
    next: tried.next,
    lane_blocked_until: verdict.waitMs === null ? null : now + verdict.waitMs,
  }
}
