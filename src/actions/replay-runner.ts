import type { Replay } from '../model/index.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Store } from '../store/store.ts'
import { stepReplay } from './replay-step.ts'

/** Replays of one look: those that wait longest go first, so that all take turns. */
const turnsMax = 20
/** How long a replay is left alone whose account has no room, or whose step failed. */
const holdMs = 1000

export interface ReplayRunner {
  /** A replay was started: looks at once. */
  hurry(): void
  stop(): Promise<void>
}

export interface ReplayRunnerOptions {
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
export function startReplayRunner(options: ReplayRunnerOptions): ReplayRunner {
  const { store, clock, pollMs, unsettledMax, onMade, onError } = options
  let stopping = false
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()

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

  async function look(): Promise<number> {
    let next = clock() + pollMs
    try {
      for (const replay of await store.replays.due(clock(), turnsMax)) {
        if (stopping) break
        next = Math.min(next, await turn(replay))
      }
    } catch (error) {
      onError(error, 'looking for replays')
    }
    return next - clock()
  }

  function schedule(ms: number): void {
    clearTimeout(timer)
    if (stopping) return
    timer = setTimeout(
      () => {
        running = running.then(look).then(schedule)
      },
      Math.max(ms, 0),
    )
    timer.unref()
  }

  schedule(0)
  return {
    hurry: () => schedule(0),
    async stop() {
      stopping = true
      clearTimeout(timer)
      await running
    },
  }
}
