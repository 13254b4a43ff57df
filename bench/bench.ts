/**
 * `npm run bench`: how quick Hookline is on this machine, as ratios to what undici alone can do in the same minute.
 * README.md beside this file says what is measured and how.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Account, firstAccount, makeAccounts, setUpAccount } from './account.ts'
import { createDatabase, startPostgres } from '../test/support/postgres.ts'
import { liesInMemory } from './disk.ts'
import { measureElsewhere } from './elsewhere.ts'
import { measureKept } from './kept.ts'
import { measureIsolation } from './isolation.ts'
import type { Load, LoaderAnswers, LoaderAsk } from './loader.ts'
import { connections, mean, measureBare, measureLatency, measureLoad } from './measure.ts'
import type { Compared, LoadedStage, Rate, Stage, Times } from './measure.ts'
import { startProgram } from './process.ts'
import type { RelayAnswers, RelayAsk } from './relay.ts'
import { startServer } from './server.ts'
import type { SinkAnswers, SinkAsk } from './sink.ts'
import { formatTable, rowsOf, rowsOfRelay, type Results, type Row } from './table.ts'
import type { StoreName } from './targets.ts'

const usage = `npm run bench -- [--quick] [--store sqlite|postgres] [--only <line>]… [--kept <n>] [--profile <folder>]
  --only     relay, events, records, ten, latency, elsewhere, isolation or kept
  --kept     how many deliveries the line "kept" keeps; it is left out without this or --only kept
  --quick    one short round instead of two long ones
  --profile  the server's CPU profiles are written there`

const pacedPerSecond = 1000
const names = ['relay', 'events', 'records', 'ten', 'latency', 'elsewhere', 'isolation', 'kept'] as const
type Name = (typeof names)[number]

type LoadName = 'events' | 'records' | 'ten'
const loadNames = ['events', 'records', 'ten'] as const
const loads: Record<LoadName, { load: Load; each: number }> = {
  events: { load: 'events', each: 1 },
  records: { load: 'records', each: 1 },
  ten: { load: 'events-for-ten', each: 10 },
}

interface Options {
  stores: StoreName[]
  only: Name[]
  rounds: number
  times: Times
  /** How many deliveries are kept in the line of that name. */
  kept: number
  profile: string | null
}

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      store: { type: 'string', multiple: true, default: ['sqlite', 'postgres'] },
      only: { type: 'string', multiple: true },
      kept: { type: 'string' },
      profile: { type: 'string' },
    },
  })
  const stores = (['sqlite', 'postgres'] as const).filter((store) => values.store.includes(store))
  const only = names.filter(
    (name) => values.only?.includes(name) ?? (name !== 'kept' || values.kept !== undefined),
  )
  const kept = Number(values.kept ?? 1_000_000)
  if (stores.length < values.store.length || only.length < (values.only?.length ?? 0) || !(kept > 0))
    throw new Error(usage)
  const times: Times = values.quick
    ? { warmUpMs: 1500, loadMs: 2000, bareMs: 600, paceMs: 3000, syncs: 200 }
    : { warmUpMs: 3000, loadMs: 4000, bareMs: 1200, paceMs: 8000, syncs: 500 }
  return { stores, only, kept, times, rounds: values.quick ? 1 : 2, profile: values.profile ?? null }
}

/** Saturates a server with each of the loads in turn, with the bare client between them. */
async function compareLoads(
  stage: LoadedStage & Pick<Stage, 'sinkUrl'>,
  wanted: readonly LoadName[],
  { rounds, times }: Options,
): Promise<Partial<Record<LoadName, Compared>>> {
  const compared: Partial<Record<LoadName, Compared[]>> = {}
  for (let round = 0; round < rounds && wanted.length > 0; round++) {
    let before = await measureBare(stage.sinkUrl, times.bareMs)
    for (const name of wanted) {
      const { load, each } = loads[name]
      const server = await measureLoad(stage, load, times, each)
      const after = await measureBare(stage.sinkUrl, times.bareMs)
      ;(compared[name] ??= []).push({ server, bare: mean([before, after]) })
      progress(`${name}: ${describe(server)}; bare before and after ${describe(before)}, ${describe(after)}`)
      before = after
    }
  }
  return Object.fromEntries(wanted.map((name) => [name, meanOf(compared[name]!)]))
}

/** Runs every wanted line on one store. */
async function measureStore(stage: Stage, account: Account, options: Options): Promise<Results> {
  const { only, rounds, times } = options
  const wanted = loadNames.filter((name) => only.includes(name))
  const results: Results = await compareLoads(stage, wanted, options)
  if (only.includes('latency')) results.latency = await measureLatency(stage, pacedPerSecond, times)
  if (only.includes('kept')) results.kept = await measureKept(stage, account, times, options.kept)
  const [few, many, receivers] = await makeAccounts(stage.server, ['few', 'many', 'receivers'])
  if (only.includes('elsewhere'))
    results.elsewhere = await measureElsewhere(stage, { few: few!, many: many! }, times, rounds)
  // Last: what it queues stays behind.
  if (only.includes('isolation')) results.isolation = await measureIsolation(stage, receivers!, times)
  return results
}

function meanOf(rounds: Compared[]): Compared {
  return {
    server: mean(rounds.map(({ server }) => server)),
    bare: mean(rounds.map(({ bare }) => bare)),
  }
}

function describe({ perSecond, cpuMicros }: Rate): string {
  return `${Math.round(perSecond)}/s${cpuMicros === null ? '' : ` at ${cpuMicros.toFixed(1)} µs`}`
}

function progress(line: string): void {
  process.stderr.write(`${line}\n`)
}

/** All that is started goes onto the stack, so that it is stopped in reverse however this ends. */
async function run(options: Options, started: AsyncDisposableStack): Promise<Row[]> {
  const directory = await mkdtemp(join(tmpdir(), 'hookline-bench-'))
  started.defer(() => rm(directory, { recursive: true, force: true }))
  if (liesInMemory(directory))
    progress(`${directory} lies in memory, where a sync costs nothing. Set TMPDIR to a folder on a disk.`)
  const sink = started.use(startProgram<SinkAsk, SinkAnswers>('sink'))
  const loader = started.use(startProgram<LoaderAsk, LoaderAnswers>('loader'))
  const sinkUrl = await sink.ask({ do: 'listen' })

  const rows: Row[] = []
  if (options.only.includes('relay')) {
    progress('relay:')
    const relay = started.use(startProgram<RelayAsk, RelayAnswers>('relay'))
    const origin = await relay.ask({ do: 'listen', sinkUrl, connections })
    await loader.ask({ do: 'connect', origin, headers: {}, connections })
    const stage = { sink, loader, sinkUrl, server: relay }
    rows.push(...rowsOfRelay(await compareLoads(stage, ['events', 'ten'], options)))
    await relay[Symbol.asyncDispose]()
  }
  const stores = options.only.some((name) => name !== 'relay') ? options.stores : []
  for (const store of stores) {
    progress(`${store}:`)
    const postgres = store === 'postgres' ? started.use(await startPostgres({ durable: true })) : null
    const database = postgres ? started.use(await createDatabase(postgres.url)) : null
    const databaseUrl = database?.url ?? null
    const server = started.use(await startServer({ directory, databaseUrl, profile: options.profile }))
    const connect: Stage['connect'] = ({ origin, headers }) =>
      loader.ask({ do: 'connect', origin, headers, connections })
    const account = firstAccount(server)
    await setUpAccount(account, sinkUrl)
    await connect(account)
    await loader.ask({ do: 'write-leads' })
    const stage: Stage = { sink, loader, server, directory, sinkUrl, connect }
    rows.push(...rowsOf(store, await measureStore(stage, account, options)))
    await server[Symbol.asyncDispose]()
  }
  return rows
}

async function main(): Promise<void> {
  const options = readOptions()
  const started = new AsyncDisposableStack()
  let stopped: Promise<void> | undefined
  const stop = () => (stopped ??= started.disposeAsync())
  let interrupted = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      interrupted = true
      void stop()
    })
  }
  try {
    const rows = await run(options, started)
    console.log(`\n${formatTable(rows)}\n`)
    console.log(
      `${cpus().length} × ${cpus()[0]?.model}, Node ${process.versions.node}, ${new Date().toISOString()}`,
    )
    if (rows.some(({ verdict }) => verdict === 'missed')) process.exitCode = 1
  } catch (error) {
    // What was interrupted fails in whatever it was doing.
    if (!interrupted) throw error
    process.exitCode = 130
  } finally {
    await stop()
  }
}

await main()
