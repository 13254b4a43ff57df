import type { ReceivedResponse } from '../model/index.ts'
import type { Answer, OutgoingRequest } from './answer.ts'
import type { Sender } from './send.ts'

/** Answers a request to one of the server's own inspectors; null where its path is not one of an existing inspector. */
export type AnswerLocally = (
  request: OutgoingRequest & { path: string; query: string },
) => Promise<ReceivedResponse | null>

/**
 * Requests to the server's own inspector addresses never leave the process, so that a first webhook works behind any
 * network and without an exception in the guard. All others go to `sender`.
 * @param origins of this server, as its inspectors' addresses are written
 */
export function withLocalAnswers(
  sender: Pick<Sender, 'send'>,
  origins: () => readonly string[],
  answerLocally: AnswerLocally,
): Pick<Sender, 'send'> {
  async function answerHere(request: OutgoingRequest, timeoutMs: number): Promise<Answer> {
    const started = performance.now()
    const { pathname, search } = new URL(request.url)
    const answered = answerLocally({ ...request, path: pathname, query: search.slice(1) })
    const response = await within(answered, timeoutMs)
    const durationMs = performance.now() - started
    if (response === 'timeout')
      return {
        kind: 'failure',
        reason: 'timeout',
        detail: `No answer within ${timeoutMs} ms.`,
        response: null,
        durationMs,
      }
    return response ? { kind: 'response', response, durationMs } : sender.send(request, timeoutMs)
  }

  return {
    // Nearly every request goes on, and is passed on without a promise of its own.
    send: (request, timeoutMs) =>
      origins().some((origin) => request.url.startsWith(`${origin}/i/`))
        ? answerHere(request, timeoutMs)
        : sender.send(request, timeoutMs),
  }
}

async function within<T>(promise: Promise<T>, ms: number): Promise<T | 'timeout'> {
  let timer: NodeJS.Timeout | undefined
  const deadline = new Promise<'timeout'>((resolve) => (timer = setTimeout(resolve, ms, 'timeout')))
  try {
    return await Promise.race([promise, deadline])
  } finally {
    clearTimeout(timer)
  }
}
