/** The measurements: what is run, in which order, and what of it is believed. */
import { setTimeout as wait } from 'node:timers/promises'
import type { Account } from './account.ts'
import { measureSync } from './disk.ts'
import type { BareAnswers, BareAsk } from './bare.ts'
import type { Load, LoaderAnswers, LoaderAsk } from './loader.ts'
import type { Percentiles } from './percentiles.ts'
import { cpuMs, type Program, startProgram } from './process.ts'
import type { RunningServer } from './server.ts'
import type { SinkAnswers, SinkAsk, SinkReport } from './sink.ts'

export interface Stage {
  sink: Program<SinkAsk, SinkAnswers>
  loader: Program<LoaderAsk, LoaderAnswers>
  server: RunningServer
  sinkUrl: string
  /** From now on the loader writes to this account. */
  connect(account: Account): Promise<unknown>
  /** Where the data lies. */
  directory: string
}

/** What it takes to load a server and to count what arrives, whichever server that is. */
export type LoadedStage = Pick<Stage, 'sink' | 'loader'> & { server: { pid: number } }

export interface Times {
  warmUpMs: number
  loadMs: number
  bareMs: number
  paceMs: number
  syncs: number
}

/** What one line of work cost. `cpuMicros` is null where the system does not tell. */
export interface Rate {
  perSecond: number
  cpuMicros: number | null
}

/** A server, and the bare client just before and just after it. */
export interface Compared {
  server: Rate
  bare: Rate
}

export interface Latency {
  /** From `received_at`, taken before the commit, to the arrival at the sink. */
  sinceReceived: Percentiles
  /** From the moment at which the event was due to be sent. */
  sinceDue: Percentiles
  sync: Percentiles
}

/** Of the loader to the server, and of the bare client to the sink. */
export const connections = 64

/** Without any progress for this long, the rest is taken for lost. */
const stallMs = 15_000
/** The outcomes of the last deliveries are still being written when they have arrived; that is part of their cost. */
const recordingMs = 150

/** What one process of it takes differs by up to a half from the next, and stays as it is while it lives. */
const bareProcesses = 2

/** Each time by new processes, so that no line is held against a lucky or an unlucky one. */
export async function measureBare(sinkUrl: string, ms: number): Promise<Rate> {
  const rates: Rate[] = []
  while (rates.length < bareProcesses) {
    await using bare = startProgram<BareAsk, BareAnswers>('bare')
    await bare.ask({ do: 'connect', origin: sinkUrl, connections })
    await bare.ask({ do: 'run', ms })
    const before = cpuMs(bare.pid)
    const { requests, elapsedMs } = await bare.ask({ do: 'run', ms })
    rates.push(rate(requests, elapsedMs, before, cpuMs(bare.pid)))
  }
  return mean(rates)
}

/**
 * Saturates the server for a while and waits until everything that it accepted has arrived, so that neither a backlog nor
 * a loss can look like speed: the rate is all deliveries over the time from the first request to the last arrival.
 * Throws where a delivery is missing or came twice.
 */
export async function measureLoad(stage: LoadedStage, load: Load, times: Times, each: number): Promise<Rate> {
  await loadAndDrain(stage, load, times.warmUpMs, each)
  const before = cpuMs(stage.server.pid)
  const { report, startedAt } = await loadAndDrain(stage, load, times.loadMs, each)
  await wait(recordingMs)
  return rate(report.requests, report.lastAt - startedAt, before, cpuMs(stage.server.pid))
}

/** Throws where a delivery is missing or came twice. */
export async function loadAndDrain({ loader, sink }: LoadedStage, load: Load, ms: number, each: number) {
  await sink.ask({ do: 'reset', timed: false })
  const { accepted, startedAt } = await loader.ask({ do: 'saturate', load, ms })
  return { startedAt, report: await drained(sink, accepted * each) }
}

export async function measureLatency(stage: Stage, perSecond: number, times: Times): Promise<Latency> {
  const sync = measureSync(stage.directory, times.syncs)
  await paceAndDrain(stage, 'events', perSecond, times.warmUpMs)
  const { sinceReceived, sinceDue } = await paceAndDrain(stage, 'events', perSecond, times.paceMs)
  return { sinceReceived, sinceDue, sync }
}

/** Sends at a fixed rate and waits until everything that was accepted has arrived. Each event has one delivery. */
export async function paceAndDrain(
  { loader, sink }: Stage,
  load: Load,
  perSecond: number,
  ms: number,
): Promise<SinkReport> {
  await sink.ask({ do: 'reset', timed: true })
  const { accepted } = await loader.ask({ do: 'pace', load, perSecond, ms })
  return drained(sink, accepted)
}

async function drained(sink: Stage['sink'], expected: number): Promise<SinkReport> {
  let seen = -1
  let movedAt = performance.now()
  for (;;) {
    const report = await sink.ask({ do: 'report' })
    if (report.requests > expected || report.distinct < report.requests)
      throw new Error(
        `${report.requests} requests with ${report.distinct} different webhook-ids arrived for ${expected} deliveries.`,
      )
    if (report.requests === expected) return report
    if (report.requests > seen) {
      seen = report.requests
      movedAt = performance.now()
    }
    if (performance.now() - movedAt > stallMs)
      throw new Error(`Only ${seen} of ${expected} accepted deliveries arrived.`)
    await wait(50)
  }
}

function rate(count: number, elapsedMs: number, cpuBefore: number | null, cpuAfter: number | null): Rate {
  const cpuMicros = cpuBefore === null || cpuAfter === null ? null : ((cpuAfter - cpuBefore) * 1000) / count
  return { perSecond: (count * 1000) / elapsedMs, cpuMicros }
}

export function mean(rates: readonly Rate[]): Rate {
  const average = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const micros = rates.flatMap(({ cpuMicros }) => (cpuMicros === null ? [] : [cpuMicros]))
  return {
    perSecond: average(rates.map(({ perSecond }) => perSecond)),
    cpuMicros: micros.length === rates.length ? average(micros) : null,
  }
}
