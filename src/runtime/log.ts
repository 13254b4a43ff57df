import { pino } from 'pino'
import type { DestinationStream, Logger } from 'pino'

export type { Logger }

export interface Log {
  logger: Logger
  /** Writes what is still buffered: before the process ends. */
  flush(): void
}

/** JSON lines on standard output, buffered so that a line costs no system call of its own. */
export function openLog(level: string, destination?: DestinationStream): Log {
  const stream =
    destination ??
    pino.destination({
      dest: 1,
      sync: false,
      minLength: 65_536,
      maxWrite: 131_072,
      periodicFlush: 200,
    })
  const logger = pino({ level, base: null, timestamp: isoTime }, stream)
  return {
    logger,
    flush() {
      if (!destination && 'flushSync' in stream) (stream as { flushSync(): void }).flushSync()
    },
  }
}

let lastMs = 0
let lastTime = ''

/** As pino's own, but written once per millisecond: it was a quarter of what a line costs. */
export function isoTime(): string {
  const now = Date.now()
  if (now !== lastMs) {
    lastMs = now
    lastTime = `,"time":"${new Date(now).toISOString()}"`
  }
  return lastTime
}
