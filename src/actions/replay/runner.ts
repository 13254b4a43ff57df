import type { Replay } from '../../model/index.ts'
import type { Clock } from '../../runtime/clock.ts'
import { startRounds, type Rounds } from '../../runtime/rounds.ts'
import type { Store } from '../../store/store.ts'
import { stepReplay } from './step.ts'

/** Replays of one look: those that wait longest go first, so that all take turns. */
const turnsMax = 20
/** How long a replay is left alone whose account has no room, or whose step failed. */
const holdMs = 1000

interface ReplayRunnerOptions {
  store: Pick<Store, 'replays' | 'deliveries' | 'transaction'>
  clock: Clock
  /** How often it looks for replays that another process started or left behind. */
  pollMs: number
  /** Unsettled deliveries up to which replays add to an account: what happens now must still have room. */
  unsettledMax: number
  /** Deliveries became due. */
  onMade(): void
  onError(error: unknown, doing: string): void
}

/** Works the replays of all accounts off, a step of each in turn. What a crash interrupts goes on behind its last step. */
export function startReplayRunner(options: ReplayRunnerOptions): Rounds {
  const { store, clock, pollMs, unsettledMax, onMade, onError } = options

  /** Answers when the replay may be looked at again. */
  async function turn(replay: Replay): Promise<number> {
    const now = clock()
    try {
      const room = unsettledMax - (await store.deliveries.countUnsettled(replay.account_id, unsettledMax))
      if (room > 0) {
        const after = await stepReplay(store, replay, { now, room })
        if (after && after.created > replay.created) onMade()
        return after?.next_at ?? now + pollMs
      }
    } catch (error) {
      onError(error, `replaying ${replay.id}`)
    }
    await hold(replay, now + holdMs)
    return now + holdMs
  }

  async function hold({ id }: Replay, until: number): Promise<void> {
    await store.transaction(async (tx) => {
      const locked = await tx.replays.lock(id)
      if (locked) await tx.replays.update({ ...locked, next_at: until })
    })
  }

  return startRounds({
    everyMs: pollMs,
    firstMs: 0,
    onError: (error) => onError(error, 'looking for replays'),
    async round(signal) {
      let next = clock() + pollMs
      for (const replay of await store.replays.due(clock(), turnsMax)) {
        if (signal.aborted) break
        next = Math.min(next, await turn(replay))
      }
      return next - clock()
    },
  })
}
