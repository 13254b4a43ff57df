import { setTimeout as wait } from 'node:timers/promises'

/** Work that comes round again and again, one round at a time. */
export interface Rounds {
  /** Starts the next round now, or right behind the one under way, instead of at its time. */
  hurry(): void
  /** Tells the round under way to end, and resolves when it has. */
  stop(): Promise<void>
}

/**
 * Runs `round` every `everyMs`, counted from the end of the one before, or when the round itself says: it may answer in how
 * many ms the next one is due. The signal is given when the rounds are to stop.
 * Nothing waits for these rounds: they do not keep the process alive.
 */
export function startRounds(options: {
  everyMs: number
  /** When the first one begins; after `everyMs` where it is left out. */
  firstMs?: number
  round(signal: AbortSignal): Promise<number | void>
  onError(error: unknown): void
}): Rounds {
  const { everyMs, firstMs = everyMs, round, onError } = options
  const stopping = new AbortController()
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> | null = null
  let again = false

  function start(): void {
    clearTimeout(timer)
    if (stopping.signal.aborted) return
    if (running) {
      again = true
      return
    }
    again = false
    running = run().then((nextMs) => {
      running = null
      schedule(again ? 0 : nextMs)
    })
  }

  async function run(): Promise<number> {
    try {
      return (await round(stopping.signal)) ?? everyMs
    } catch (error) {
      if (!stopping.signal.aborted) onError(error)
      return everyMs
    }
  }

  function schedule(ms: number): void {
    if (stopping.signal.aborted) return
    timer = setTimeout(start, Math.max(ms, 0))
    timer.unref()
  }

  schedule(firstMs)
  return {
    hurry: start,
    async stop() {
      stopping.abort()
      clearTimeout(timer)
      await running
    },
  }
}

/** Ends early when the signal is given; the caller asks the signal. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal, ref: false }).catch(() => {})
}
