import { Problem } from '../../model/index.ts'
import type { Clock } from '../../runtime/clock.ts'

/** Counts what may be tried only so often: passwords, one-time links. */
export interface TryLimit {
  /** Counts one try. @throws Problem `too_many`, which says when the next one is possible; that one is not counted */
  take(key: string): void
  /** It was no guess: takes the last try back. */
  giveBack(key: string): void
  /** Forgets all tries. */
  clear(key: string): void
}

/**
 * `burst` tries at once, then one every `everyMs`; after a rest of `burst * everyMs` all are there again. Of at most
 * `keysMax` keys something is remembered: those that tried last.
 */
export function makeTryLimit({
  clock,
  burst,
  everyMs,
  keysMax,
}: {
  clock: Clock
  burst: number
  everyMs: number
  keysMax: number
}): TryLimit {
  /** When each key's tries will all be there again. In the order of their last tries. */
  const restedAt = new Map<string, number>()

  return {
    take(key) {
      const now = clock()
      const next = Math.max(restedAt.get(key) ?? 0, now) + everyMs
      const waitMs = next - now - burst * everyMs
      if (waitMs > 0) {
        const seconds = Math.ceil(waitMs / 1000)
        const message = `Too many tries. Wait ${seconds} ${seconds === 1 ? 'second' : 'seconds'}, then try again.`
        throw new Problem('too_many', message, { retryAfterS: seconds })
      }
      restedAt.delete(key)
      restedAt.set(key, next)
      if (restedAt.size > keysMax) restedAt.delete(restedAt.keys().next().value!)
    },
    giveBack(key) {
      const at = restedAt.get(key)
      if (at !== undefined) restedAt.set(key, at - everyMs)
    },
    clear: (key) => void restedAt.delete(key),
  }
}
