import { execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'

/** Hookline itself, started as a user starts it, with default settings but for its place and its token. */
export interface RunningServer extends AsyncDisposable {
  origin: string
  token: string
  pid: number
  /** Runs another command beside it, with the same settings. Resolves with what that printed; rejects when it fails. */
  command(...words: string[]): Promise<string>
}

const startTimeoutMs = 20_000
const stopTimeoutMs = 15_000

/**
 * Starts `hookline serve` on a free port; its log goes to a file in `directory`. `databaseUrl` null: SQLite in `directory`.
 * `profile`: Node writes a CPU profile there when the server stops.
 */
export async function startServer(options: {
  directory: string
  databaseUrl: string | null
  profile: string | null
}): Promise<RunningServer> {
  const { directory, databaseUrl, profile } = options
  const token = `hl_${randomBytes(24).toString('hex')}`
  const logPath = join(directory, 'server.log')
  const log = openSync(logPath, 'w')
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(HOOKLINE|DATABASE|PG|npm|VITEST)/i.test(name),
  )
  const program = join(import.meta.dirname, '../src/main.ts')
  const env = {
    ...Object.fromEntries(inherited),
    HOOKLINE_PORT: '0',
    HOOKLINE_DATA_DIR: directory,
    HOOKLINE_ADMIN_TOKEN: token,
    HOOKLINE_MASTER_KEY: randomBytes(32).toString('hex'),
    ...(databaseUrl === null ? {} : { DATABASE_URL: databaseUrl }),
  }
  const child = spawn(
    process.execPath,
    [...(profile === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`]), program, 'serve'],
    { stdio: ['ignore', log, log], env },
  )
  closeSync(log)
  const command = async (...words: string[]) =>
    (await promisify(execFile)(process.execPath, [program, ...words], { env })).stdout
  let gone = false
  const exited = once(child, 'exit').then(() => {
    gone = true
  })
  const stop = async () => {
    if (!gone) child.kill('SIGTERM')
    const patience = new AbortController()
    const stopped = await Promise.race([
      exited.then(() => true),
      wait(stopTimeoutMs, false, { signal: patience.signal }).catch(() => false),
    ])
    patience.abort()
    if (!stopped) child.kill('SIGKILL')
    await exited
  }
  try {
    const deadline = performance.now() + startTimeoutMs
    for (;;) {
      const text = readFileSync(logPath, 'utf8')
      const origin = /listens on (http:\S+)/.exec(text)?.[1]
      if (origin) return { origin, token, pid: child.pid!, command, [Symbol.asyncDispose]: stop }
      if (gone || performance.now() > deadline) throw new Error(`The server did not start:\n${text}`)
      await wait(20)
    }
  } catch (error) {
    await stop()
    throw error
  }
}
