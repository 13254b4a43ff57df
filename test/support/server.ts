/** Hookline itself for tests: in this process, or as a process of its own. Each on a free port, with a place of its own. */
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { startServer, type Machine, type Server } from '../../src/app.ts'
import { token as tokenCommand } from '../../src/cli/token.ts'
import { readConfig } from '../../src/config.ts'
import { openLog } from '../../src/runtime/log.ts'
import { type Api, done, makeApi } from './api.ts'
import { freshDatabase } from './fresh-database.ts'

export type Backend = 'sqlite' | 'postgres'
export const backends: Backend[] = ['sqlite', 'postgres']

/** Where servers keep their things: it outlives them, so that they can be started again on it. */
export interface Place extends AsyncDisposable {
  backend: Backend
  /** The settings of every server here. */
  environment: Record<string, string>
  /** The first account's admin token. */
  token: string
}

/** An empty data directory, and on PostgreSQL an empty database; disposing removes them. */
export async function makePlace(backend: Backend, environment: Record<string, string> = {}): Promise<Place> {
  const directory = await mkdtemp(join(tmpdir(), 'hookline-test-'))
  const database = backend === 'postgres' ? await freshDatabase() : null
  const token = `hl_${randomBytes(20).toString('hex')}`
  return {
    backend,
    token,
    environment: {
      HOOKLINE_PORT: '0',
      HOOKLINE_DATA_DIR: directory,
      HOOKLINE_LOG_LEVEL: 'silent',
      HOOKLINE_ADMIN_TOKEN: token,
      HOOKLINE_MASTER_KEY: randomBytes(32).toString('base64'),
      ...(database ? { DATABASE_URL: database.url } : {}),
      ...environment,
    },
    async [Symbol.asyncDispose]() {
      await database?.[Symbol.asyncDispose]()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

/** A new account with nothing in it, as an operator sees it. */
export interface TestAccount {
  externalId: string
  /** With an operator's token, acting for this account. */
  api: Api
}

export interface TestServer extends AsyncDisposable {
  readonly url: string
  token: string
  /** What the last start printed for the first user of the console. */
  readonly setupLink: string | null
  /** The first account, with its admin token; goes on working after `reopen`. */
  api: Api
  place: Place
  /** Makes an account of its own, so that tests on one server do not see each other. */
  newAccount(): Promise<TestAccount>
  stop(): Promise<void>
  /** Stops the server and starts it again on the same place, with another port. */
  reopen(): Promise<void>
}

/** Starts a server in this process. Without `place` it has one of its own, which goes with it. */
export async function startTestServer(options: {
  backend: Backend
  place?: Place
  environment?: Record<string, string>
  machine?: Machine
}): Promise<TestServer> {
  const place = options.place ?? (await makePlace(options.backend))
  const config = readConfig({ ...place.environment, ...options.environment })
  const { logger } = openLog('silent')
  const start = () => startServer(config, logger, options.machine)
  let server: Server
  try {
    server = await start()
  } catch (error) {
    if (!options.place) await place[Symbol.asyncDispose]()
    throw error
  }
  let operatorToken: string | undefined
  const origin = () => server.url
  return {
    get url() {
      return server.url
    },
    get setupLink() {
      return server.setupLink
    },
    token: place.token,
    api: makeApi(origin, { authorization: `Bearer ${place.token}` }),
    place,
    async newAccount() {
      operatorToken ??= await makeOperatorToken(place)
      return newAccount(origin, operatorToken)
    },
    stop: () => server.stop(),
    async reopen() {
      await server.stop()
      server = await start()
    },
    async [Symbol.asyncDispose]() {
      await server.stop()
      if (!options.place) await place[Symbol.asyncDispose]()
    },
  }
}

/** What `hookline token` prints, as an operator on the server's machine would get it. */
async function makeOperatorToken(place: Place): Promise<string> {
  const lines: string[] = []
  const out = (line: string) => void lines.push(line)
  const code = await tokenCommand.run(['--name', 'tests'], {
    out,
    error: out,
    environment: place.environment,
  })
  const text = /hl_\w+/.exec(lines.join('\n'))?.[0]
  if (code !== 0 || text === undefined) throw new Error(`hookline token: ${lines.join('\n')}`)
  return text
}

async function newAccount(origin: () => string, operatorToken: string): Promise<TestAccount> {
  const externalId = `account-${randomBytes(8).toString('hex')}`
  const operator = makeApi(origin, { authorization: `Bearer ${operatorToken}` })
  await done(operator.post('/v1/accounts', { external_id: externalId, name: externalId }))
  return { externalId, api: operator.with({ 'hookline-account': externalId }) }
}

/** `hookline serve` as a process of its own. Disposing kills it. */
export interface ServerProcess extends AsyncDisposable {
  url: string
  /** The first account, with its admin token. */
  api: Api
  kill(signal: NodeJS.Signals): void
  /** Resolves with the line of its output that matches, said already or later; rejects when it ends without. */
  said(pattern: RegExp): Promise<string>
  /** How it ended, once it has. */
  exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>
}

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))

/** Starts one and waits until it listens. Throws with its own words when it ends before. */
export async function spawnServer(
  place: Place,
  options: { environment?: Record<string, string>; args?: string[] } = {},
): Promise<ServerProcess> {
  const child = spawn(process.execPath, [main, 'serve', ...(options.args ?? [])], {
    env: { ...place.environment, ...options.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exited = once(child, 'exit').then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as NodeJS.Signals | null,
  }))
  const watchdog = watch(child.pid!)
  void exited.then(() => watchdog.kill('SIGKILL'))
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  const said = readLines(child.stdout, () => new Error(`The server said no more. ${errors}`))
  const [, url = ''] = /(http\S+)$/.exec(await said(/^Hookline listens on http/))!
  let end = ''
  void exited.then(({ code, signal }) => (end = `The server has ended (${code ?? signal}). ${errors}`))
  const origin = () => {
    if (end) throw new Error(end)
    return url
  }
  return {
    url,
    api: makeApi(origin, { authorization: `Bearer ${place.token}` }),
    kill: (signal) => void child.kill(signal),
    said,
    exited,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await exited
    },
  }
}

/** Kills the process when this one ends, however it ends: a test run that is killed leaves no server behind. */
function watch(pid: number) {
  return spawn('/bin/sh', ['-c', `read -r line; kill -KILL ${pid}`], { stdio: ['pipe', 'ignore', 'ignore'] })
}

/** Remembers the lines and answers a search for one; when the output has ended, searches fail with `atEnd`. */
function readLines(output: Readable, atEnd: () => Error): (pattern: RegExp) => Promise<string> {
  const lines: string[] = []
  let ended = false
  const searches = new Set<() => void>()
  const look = () => {
    for (const search of searches) search()
  }
  createInterface(output)
    .on('line', (line) => {
      lines.push(line)
      look()
    })
    .on('close', () => {
      ended = true
      look()
    })
  return (pattern) =>
    new Promise((resolve, reject) => {
      const search = () => {
        const found = lines.find((line) => pattern.test(line))
        if (found !== undefined) resolve(found)
        else if (ended) reject(atEnd())
        else return
        searches.delete(search)
      }
      searches.add(search)
      search()
    })
}
