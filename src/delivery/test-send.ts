import { RenderError } from '../formats/index.ts'
import type {
  Account,
  Cause,
  CrmEvent,
  FailureReason,
  Outcome,
  ReceivedResponse,
  SentRequest,
  Webhook,
} from '../model/index.ts'
import type { Clock } from '../runtime/clock.ts'
import { newId } from '../runtime/ids.ts'
import { buildRequest } from './build-request.ts'
import { judgeFailure, judgeResponse } from './judge.ts'
import { redactResponse } from './redact.ts'
import type { Sender } from './send.ts'

export interface TestAttempt {
  outcome: Outcome
  reason: FailureReason | null
  detail: string | null
  status_code: number | null
  response: ReceivedResponse | null
  duration_ms: number
}

export interface TestResult {
  /** null where the event could not be put into the request; `attempt.detail` says why. */
  request: SentRequest | null
  attempt: TestAttempt
}

export interface TestInput {
  webhook: Webhook
  account: Account
  event: CrmEvent
}

/**
 * Sends one event for one webhook now, and remembers nothing: the same rendering, signing, guard and judging as a real
 * delivery, no retry, no effect on the webhook's health.
 */
export async function testSend(
  input: TestInput,
  {
    sender,
    clock,
    signCause,
  }: { sender: Pick<Sender, 'send'>; clock: Clock; signCause(cause: Cause, accountId: string): string },
): Promise<TestResult> {
  const now = clock()
  let built
  try {
    built = buildRequest({ ...input, deliveryId: newId('dlv', now), attempt: 1, now, signCause })
  } catch (error) {
    if (!(error instanceof RenderError)) throw error
    const { outcome, reason } = judgeFailure('template')
    const attempt = {
      outcome,
      reason,
      detail: error.message,
      status_code: null,
      response: null,
      duration_ms: 0,
    }
    return { request: null, attempt }
  }
  const { timeout_s, on_gone } = input.webhook.delivery
  const answer = await sender.send(built.outgoing, timeout_s * 1000)
  const { outcome, reason } =
    answer.kind === 'response'
      ? judgeResponse(answer.response, on_gone, clock())
      : judgeFailure(answer.reason)
  return {
    request: built.shown,
    attempt: {
      outcome,
      reason,
      detail: answer.kind === 'failure' ? answer.detail : null,
      status_code: answer.response?.status_code ?? null,
      response: answer.response && redactResponse(answer.response, built.secrets),
      duration_ms: Math.round(answer.durationMs),
    },
  }
}
