import type { Mutex } from './mutex.ts'
import type { Reader } from './reader.ts'

/** Commits between two looks at the log. */
const commitsMin = 32
/** 8 MiB: below that a checkpoint would copy the same busy pages again and again. */
const pagesMin = 2000
/** 64 MiB: above that, writers pause for one checkpoint, because the log starts anew only when all of it is copied. */
const pagesMax = 16_000

/** Keeps the log short, on the reader's thread. `failed` hears of a checkpoint that the disk refused. */
export function keepCheckpointing(
  reader: Pick<Reader, 'checkpoint'>,
  mutex: Mutex,
  failed: (error: unknown) => void,
): { committed(): void; settled(): Promise<void> } {
  let commits = 0
  let running: Promise<void> | null = null

  async function checkpoint(): Promise<void> {
    const { log } = await reader.checkpoint(pagesMin)
    // Writers have gone on meanwhile. What they added is little, and with nobody writing it is the last of the log.
    if (log > pagesMax) await mutex.run(() => reader.checkpoint(0))
  }

  return {
    committed() {
      commits++
      if (commits < commitsMin || running) return
      commits = 0
      running = checkpoint()
        .catch(failed)
        .finally(() => {
          running = null
        })
    },
    async settled() {
      await running
    },
  }
}
