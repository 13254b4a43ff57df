import type { Clock } from '../runtime/clock.ts'
import type { Store } from '../store/store.ts'

const everyMs = 2000
const stepMax = 1000
const answersKeptMs = 24 * 60 * 60 * 1000

export interface Sweep {
  stop(): Promise<void>
}

/**
 * Tidies in small steps that delivery does not notice: cancels what disabled and deleted webhooks left unsent, and forgets
 * answers to idempotent requests after a day, and sessions and invitations that have ended.
 */
export function startSweep(options: {
  store: Pick<Store, 'transaction'>
  clock: Clock
  onError(error: unknown): void
}): Sweep {
  const { store, clock } = options
  let stopping = false
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()

  async function sweep(): Promise<void> {
    try {
      await inSteps((now) => store.transaction((tx) => tx.deliveries.cancelStranded(stepMax, now)))
      await inSteps((now) => store.transaction((tx) => tx.answers.expire(now - answersKeptMs, stepMax)))
      await inSteps((now) => store.transaction((tx) => tx.sessions.expire(now, stepMax)))
    } catch (error) {
      options.onError(error)
    }
  }

  async function inSteps(step: (now: number) => Promise<number>): Promise<void> {
    while (!stopping && (await step(clock())) >= stepMax);
  }

  function schedule(): void {
    if (stopping) return
    timer = setTimeout(() => {
      running = sweep().then(schedule)
    }, everyMs)
    timer.unref()
  }

  schedule()
  return {
    async stop() {
      stopping = true
      clearTimeout(timer)
      await running
    },
  }
}
