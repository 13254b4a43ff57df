import type { Clock } from '../runtime/clock.ts'
import { startRounds, type Rounds } from '../runtime/rounds.ts'
import type { Store, Transaction } from '../store/store.ts'

const everyMs = 2000
const stepMax = 1000
const answersKeptMs = 24 * 60 * 60 * 1000

/**
 * Tidies in small steps that delivery does not notice: cancels what disabled and deleted webhooks left unsent, and forgets
 * answers to idempotent requests after a day, and sessions and invitations that have ended. Brings the journal of counts into
 * their sums.
 */
export function startSweep(options: {
  store: Pick<Store, 'transaction'>
  clock: Clock
  onError(error: unknown): void
}): Rounds {
  const { store, clock, onError } = options
  return startRounds({
    everyMs,
    onError,
    async round(signal) {
      const inSteps = async (step: (tx: Transaction, now: number) => Promise<number>) => {
        const run = () => store.transaction((tx) => step(tx, clock()))
        while (!signal.aborted && (await run()) >= stepMax);
      }
      await inSteps((tx, now) => tx.deliveries.cancelStranded(stepMax, now))
      await inSteps((tx, now) => tx.answers.expire(now - answersKeptMs, stepMax))
      await inSteps((tx, now) => tx.sessions.expire(now, stepMax))
      await inSteps((tx) => tx.stats.fold(stepMax))
    },
  })
}
