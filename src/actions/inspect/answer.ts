import type { InspectorAnswer, ProblemDetail } from '../../model/index.ts'
import { checkHeaderName, checkHeaderValue } from '../webhooks/check-headers.ts'

const answerBodyBytesMax = 64 * 1024
export const answerDelayMsMax = 30_000
const answerHeadersMax = 50

export const defaultAnswer: InspectorAnswer = { status: 200, delay_ms: 0, headers: [], body: '' }

/**
 * What an inspector may not set: the connection's own headers, cookies, those that keep its pages harmless, and those by which
 * a browser takes orders for the whole origin.
 */
const taken = new Set([
  'content-length', 'transfer-encoding', 'connection', 'keep-alive', 'upgrade', 'te', 'trailer', 'date', 'set-cookie', 'set-cookie2',
  'content-security-policy', 'x-content-type-options', 'cache-control', 'clear-site-data', 'service-worker-allowed', 'strict-transport-security',
  'nel', 'report-to', 'reporting-endpoints',
]) // prettier-ignore

/** What is wrong with an answer that somebody wants to set; paths begin with `answer`. */
export function checkAnswer({ headers, body }: InspectorAnswer): ProblemDetail[] {
  const problems = headers
    .slice(0, answerHeadersMax)
    .flatMap(({ name, value }, index) => [
      ...checkHeaderName(name, `answer.headers[${index}].name`, (asked) => taken.has(asked.toLowerCase())),
      ...checkHeaderValue(value, `answer.headers[${index}].value`),
    ])
  if (headers.length > answerHeadersMax) {
    const message = `An answer may have at most ${answerHeadersMax} headers.`
    problems.push({ path: 'answer.headers', code: 'too_many', message })
  }
  if (Buffer.byteLength(body) > answerBodyBytesMax) {
    const message = `The body may have at most ${answerBodyBytesMax} bytes.`
    problems.push({ path: 'answer.body', code: 'too_long', message })
  }
  return problems
}

/**
 * All headers of an inspector's answer. Inspectors share the origin of the console, so whatever a user makes them answer is
 * shown without scripts, without the origin's rights and without being kept.
 */
export function answerHeaders({ headers }: InspectorAnswer): [name: string, value: string][] {
  const own = headers.map(({ name, value }): [string, string] => [name.toLowerCase(), value])
  return [
    ...(own.some(([name]) => name === 'content-type')
      ? []
      : ([['content-type', 'text/plain; charset=utf-8']] as [string, string][])),
    ...own,
    ['content-security-policy', 'sandbox'],
    ['x-content-type-options', 'nosniff'],
    ['cache-control', 'no-store'],
  ]
}
