import { setTimeout as sleep } from 'node:timers/promises'
import type { AnswerLocally } from '../../delivery/index.ts'
import type { Store } from '../../store/store.ts'
import type { Capture } from './capture.ts'

const addressForm = /^\/i\/([^/]+)(\/.*)?$/

/** Answers deliveries to this server's own inspectors, as the inspector's address does over HTTP. */
export function makeLocalAnswers(store: Pick<Store, 'inspectors'>, capture: Capture): AnswerLocally {
  return async ({ method, path, query, headers, body }) => {
    const token = addressForm.exec(path)?.[1]
    const inspector = token ? await store.inspectors.findByToken(token) : null
    if (!inspector) return null
    const bytes = body === null ? Buffer.alloc(0) : Buffer.from(body)
    const url = query ? `${path}?${query}` : path
    await capture.add(inspector, { method, url, query, headers, body: bytes })
    const { answer } = inspector
    if (answer.delay_ms > 0) await sleep(answer.delay_ms)
    return {
      status_code: answer.status,
      headers: answer.headers.map(({ name, value }) => [name, value]),
      body: Buffer.from(answer.body),
      truncated: false,
    }
  }
}
