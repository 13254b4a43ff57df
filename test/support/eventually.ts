import { setTimeout as wait } from 'node:timers/promises'

const everyMs = 10
const deadlineMs = 30_000

/**
 * Asks again and again until `look` neither throws nor answers undefined, null or false, and gives that answer. For what
 * can only be seen by looking: states behind the API, the end of a process. After 30 s it throws what `look` threw last.
 */
export async function eventually<T>(
  look: () => Promise<T> | T,
): Promise<Exclude<T, undefined | null | false>> {
  const deadline = performance.now() + deadlineMs
  for (;;) {
    let reason: unknown = new Error('What was waited for did not come.')
    try {
      const seen = await look()
      if (seen !== undefined && seen !== null && seen !== false)
        return seen as Exclude<T, undefined | null | false>
    } catch (error) {
      reason = error
    }
    if (performance.now() > deadline) throw reason
    await wait(everyMs)
  }
}
