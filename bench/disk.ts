import { closeSync, fdatasyncSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { percentiles, type Percentiles } from './percentiles.ts'

const page = new Uint8Array(4096)

/** How long the disk takes to keep one page, in ms: appended and synced `times` times, one after the other. */
export function measureSync(directory: string, times: number): Percentiles {
  const path = join(directory, 'sync-probe')
  const file = openSync(path, 'w')
  const took: number[] = []
  try {
    for (let count = 0; count < times; count++) {
      writeSync(file, page)
      const startedAt = performance.now()
      fdatasyncSync(file)
      took.push(performance.now() - startedAt)
    }
  } finally {
    closeSync(file)
    rmSync(path)
  }
  return percentiles(took)
}

const tmpfs = 0x01021994
const ramfs = 0x858458f6

/** Whether what is written there lies in memory only, where a sync costs nothing and proves nothing. */
export function liesInMemory(directory: string): boolean {
  const { type } = statfsSync(directory)
  return type === tmpfs || type === ramfs
}
