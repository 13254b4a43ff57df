import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import pg from 'pg'
import { expect, onTestFinished, test, vi } from 'vitest'

/** Another process that starts a server, says where, and then does nothing. */
const starter = `
  const { startPostgres } = await import(${JSON.stringify(new URL('./postgres.ts', import.meta.url).href)})
  console.log((await startPostgres()).url)
  setInterval(() => {}, 60_000)
`

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.end()
    return true
  } catch {
    return false
  }
}

test.each(['SIGKILL', 'SIGINT', 'SIGTERM'] as const)(
  'after %s to its starter no server and no directory is left',
  async (signal) => {
    const directory = mkdtempSync(join(tmpdir(), 'hookline-keeper-'))
    onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
    // As open as the machine's own temporary directory: the server may run as another user.
    chmodSync(directory, 0o777)
    const child = spawn(process.execPath, ['--input-type=module', '-e', starter], {
      env: { ...process.env, TMPDIR: directory },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [url] = (await once(createInterface(child.stdout), 'line')) as [string]
    expect(await answers(url)).toBe(true)
    const exited = once(child, 'exit')
    child.kill(signal)
    await exited
    await vi.waitFor(() => expect(readdirSync(directory)).toEqual([]), { timeout: 20_000 })
    expect(await answers(url)).toBe(false)
  },
)
