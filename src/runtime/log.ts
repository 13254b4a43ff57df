import { pino } from 'pino'
import type { DestinationStream, Logger } from 'pino'

export type { Logger }

export interface Log {
  logger: Logger
  /** Writes what is still buffered: before the process ends. */
  flush(): void
}

/** So much is gathered before it is written: 64 KiB, or what came within the time. */
const gatheredCharactersMax = 65_536
const gatheredMs = 200

/** JSON lines on standard output, gathered so that a line costs no system call of its own. */
export function openLog(level: string, destination?: DestinationStream): Log {
  const gathered = destination ? null : gatherLines()
  const logger = pino({ level, base: null, timestamp: isoTime }, destination ?? gathered!)
  return { logger, flush: () => gathered?.flush() }
}

/**
 * Stands before pino's own destination, which counts and copies every line by itself: 6 µs each, against one for all that is
 * done here. Writing, and trying again where the other end is slow, is left to it.
 */
function gatherLines(): DestinationStream & { flush(): void } {
  let text = ''
  let timer: NodeJS.Timeout | null = null
  let destination: ReturnType<typeof pino.destination> | null = null
  const open = () => {
    // Registered first, so that what is gathered is passed on before the destination ends with the process.
    process.once('exit', flush)
    return pino.destination({ dest: 1, sync: false, maxWrite: 4 * gatheredCharactersMax })
  }
  const pass = () => {
    if (timer) clearTimeout(timer)
    timer = null
    if (text === '') return
    const gathered = text
    text = ''
    destination?.write(gathered)
  }
  function flush(): void {
    pass()
    destination?.flushSync()
  }
  return {
    write(line) {
      text += line
      destination ??= open()
      if (text.length >= gatheredCharactersMax) pass()
      else timer ??= setTimeout(pass, gatheredMs).unref()
    },
    flush,
  }
}

let lastMs = 0
let lastTime = ''

/** As pino's own, but made once per millisecond. */
export function isoTime(): string {
  const now = Date.now()
  if (now !== lastMs) {
    lastMs = now
    lastTime = `,"time":"${new Date(now).toISOString()}"`
  }
  return lastTime
}
