import { closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Makes an empty file that only its owner can read, and the folders above it, where there are none; SQLite takes it for a new
 * database, and gives the files that it puts beside it the same mode. What is there keeps the mode that somebody gave it,
 * and is not even opened: closing it would take the locks that this process has on it.
 */
export function makePrivateFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  try {
    closeSync(openSync(path, 'ax', 0o600))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}
