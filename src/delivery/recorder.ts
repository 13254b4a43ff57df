import type { AttemptRecord } from '../store/store.ts'

/** Writes outcomes in batches: what ends while one batch is being written goes into the next. */
export interface Recorder {
  add(record: AttemptRecord): void
  /** Resolves when all that was added is written, or given up with an error. */
  flushed(): Promise<void>
}

export interface RecorderOptions {
  /** Writes a batch; answers the ids of the deliveries that were late. */
  record(records: AttemptRecord[]): Promise<string[]>
  /** How long the first outcome of a batch waits for company. */
  gatherMs: number
  /** How long one at most for which others wait: the next of its record's line. */
  urgentMs: number
  batchMax: number
  /** After each batch, with the ids of the deliveries that were late. */
  onWritten(records: AttemptRecord[], late: ReadonlySet<string>): void
  /** The store did not take a batch; it is tried again after a pause. */
  onFailure(error: unknown, records: number): void
  retryMs: number
}

export function makeRecorder(options: RecorderOptions): Recorder {
  let waiting: AttemptRecord[] = []
  let running: Promise<void> | null = null
  let hurried = false
  let wake: (() => void) | null = null
  let gathering = false
  let hastened = false

  async function pause(ms: number): Promise<void> {
    if (hurried) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
    wake = null
  }

  async function gather(): Promise<void> {
    const urgent = waiting.some(({ releases }) => releases)
    gathering = true
    await pause(urgent ? options.urgentMs : options.gatherMs)
    gathering = false
  }

  /** Others wait for an outcome that came while longer was gathered. */
  function hasten(): void {
    if (!gathering || hastened) return
    hastened = true
    setTimeout(() => {
      hastened = false
      if (gathering) wake?.()
    }, options.urgentMs)
  }

  async function run(): Promise<void> {
    await gather()
    while (waiting.length > 0) {
      const batch = waiting.splice(0, options.batchMax)
      try {
        options.onWritten(batch, new Set(await options.record(batch)))
      } catch (error) {
        options.onFailure(error, batch.length)
        // While stopping, what cannot be written is left to its lease: it will be sent again.
        if (hurried) break
        waiting = [...batch, ...waiting]
        await pause(options.retryMs)
        continue
      }
      if (waiting.length > 0 && waiting.length < options.batchMax) await gather()
    }
    running = null
  }

  return {
    add(record) {
      waiting.push(record)
      running ??= run()
      if (record.releases) hasten()
    },
    async flushed() {
      hurried = true
      wake?.()
      await running
    },
  }
}
