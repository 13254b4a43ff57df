/**
 * The composition root: opens what the program is made of, in order, and closes it in reverse. The only file that knows
 * all the others.
 */
import type { AddressInfo } from 'node:net'
import { makeBacklogCheck } from './actions/ingest/backlog.ts'
import { makeBacktests } from './actions/backtest/backtests.ts'
import { makeCapture } from './actions/inspect/capture.ts'
import { startImports } from './actions/import/import.ts'
import { startErasures } from './actions/erase/erase.ts'
import { makeIngest } from './actions/ingest/ingest.ts'
import { makeLocalAnswers } from './actions/inspect/local-answers.ts'
import { startReplayRunner } from './actions/replay/runner.ts'
import { makeLive } from './actions/live/live.ts'
import { makePasswords } from './actions/people/passwords.ts'
import { addSetupCode, setUp } from './actions/people/set-up.ts'
import { makeSignIn } from './actions/people/sign-in.ts'
import { buildApi, buildHealth } from './api/server.ts'
import type { Config } from './config.ts'
import {
  makeGuard,
  makeWorker,
  openSender,
  parseEgressAllow,
  testSend,
  withLocalAnswers,
} from './delivery/index.ts'
import type { Sender, TestInput, WorkerWatch } from './delivery/index.ts'
import { firstDelayMs } from './delivery/first-delay.ts'
import { startRetention } from './delivery/retention.ts'
import { startSweep } from './delivery/sweep.ts'
import { makeAccountConfigs, makeRateGuard } from './record-events/index.ts'
import { attemptLines } from './runtime/attempt-lines.ts'
import { systemClock } from './runtime/clock.ts'
import type { Clock } from './runtime/clock.ts'
import type { Logger } from './runtime/log.ts'
import { openCauseSeal } from './runtime/cause.ts'
import { loadMasterKey } from './runtime/master-key.ts'
import { makeMetrics } from './runtime/metrics.ts'
import { openVault } from './runtime/vault.ts'
import { openStore } from './store/open.ts'
import { watchStore } from './store/watched.ts'

/** What tests put in the place of the machine. */
export interface Machine {
  clock?: Clock
  random?: () => number
  /** Wraps what sends requests. */
  sender?: (sender: Sender) => Sender
}

export interface Server {
  /** Where it listens, e.g. `http://127.0.0.1:8420`. */
  url: string
  /** The first account's admin token, when this start made it: it is shown this once. */
  firstToken: string | null
  /** Makes the first user of the console, once; null where somebody can sign in already. */
  setupLink: string | null
  /** Receivers on loopback may be called, because nobody else can reach this server. */
  loopbackReceivers: boolean
  /** Stops taking work, lets what is under way end, and closes everything. Safe to call twice. */
  stop(): Promise<void>
}

const loopbackHosts = new Set(['127.0.0.1', '::1', '[::1]', 'localhost'])

/**
 * Behind a proxy on the same machine a server listens on loopback, too; its public address says that others come in. Where
 * processes share the work, the one that sends cannot know who reaches the one that listens.
 */
function isForThisMachineOnly({ role, host, publicUrl }: Config): boolean {
  const named = publicUrl === null ? host : new URL(publicUrl).hostname
  return role === 'all' && loopbackHosts.has(host) && loopbackHosts.has(named)
}

export async function startServer(config: Config, logger: Logger, machine: Machine = {}): Promise<Server> {
  const { clock = systemClock, random = Math.random } = machine
  const closers: (() => Promise<unknown> | void)[] = []
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer()
  }

  try {
    const masterKey = await loadMasterKey(config)
    const vault = openVault(masterKey)
    const causes = openCauseSeal(masterKey)
    const database = await openStore({
      databaseUrl: config.databaseUrl ?? undefined,
      directUrl: config.databaseDirectUrl ?? undefined,
      dataDir: config.dataDir,
      vault,
      rewriteBytesMax: config.rewriteBytesMax,
    })
    closers.push(() => database.close())
    const live = makeLive({
      store: database,
      clock,
      readersMax: config.liveMax,
      bufferBytesMax: config.liveBufferBytesMax,
    })
    closers.push(() => live.close())
    const store = watchStore(database, live)
    const { account, token: firstToken } = await setUp(store, config, clock)
    // A process that only sends has no page to which a link could lead.
    const setupCode = config.role === 'worker' ? null : await addSetupCode(store, account, clock)

    const loopbackReceivers = isForThisMachineOnly(config)
    const guard = makeGuard({ allow: parseEgressAllow(config.egressAllow), loopback: loopbackReceivers })
    const opened = openSender({ guard, connectionsPerOrigin: config.concurrency })
    const outward = machine.sender?.(opened) ?? opened
    closers.push(() => outward.close())

    let stopping = false
    let listening = ''
    const publicUrl = () => config.publicUrl ?? listening
    const capture = makeCapture(store, clock, config.inspectorKeep)
    const sender = withLocalAnswers(outward, () => [publicUrl()], makeLocalAnswers(store, capture))

    const configs = makeAccountConfigs()
    const rateGuard = makeRateGuard(config.rateGuardPerMinute)
    const metrics = makeMetrics({
      underWay: () => worker?.underWay() ?? 0,
      backlog: () => store.deliveries.backlog(clock()),
      now: clock,
      liveReaders: live.readers,
      webhooksMax: config.metricsWebhooksMax,
    })
    const logAttempt = attemptLines(logger)
    const watch: WorkerWatch = {
      onAttempt({ account_id, webhook_id, delivery_id, event_id, event_type, attempt, next }, held) {
        if (!attempt) return
        const { number, outcome, reason, duration_ms, response } = attempt
        metrics.attempts.inc({ outcome, reason: reason ?? '' })
        metrics.attemptSeconds.observe({ outcome }, duration_ms / 1000)
        metrics.webhooks.attempted(account_id, webhook_id, outcome)
        const delayMs = firstDelayMs(held, attempt)
        if (delayMs !== null) metrics.firstAttemptSeconds.observe(delayMs / 1000)
        const status = response?.status_code
        logAttempt({ account_id, webhook_id, delivery_id, event_id, event_type, attempt: number, outcome, reason, status, duration_ms, next: next.state }) // prettier-ignore
      },
      onDisabled: ({ id, account_id, name }, reason) =>
        logger.warn({ account_id, webhook_id: id, name, reason }, 'disabled a webhook'),
      onLate({ delivery_id }) {
        metrics.late.inc()
        logger.warn({ delivery_id }, 'an attempt ended after its lease')
      },
      onError: (error, doing) => logger.error({ err: error }, doing),
    }
    const sends = config.role !== 'api'
    const worker = sends
      ? makeWorker({
          store,
          configs,
          sender,
          clock,
          random,
          signCause: causes.sign,
          rateGuard,
          concurrency: config.concurrency,
          pollMs: config.pollMs,
          drainMs: config.drainMs,
          watch,
        })
      : null
    if (worker) {
      closers.push(() => worker.stop())
      closers.push(store.onHint(() => worker.nudge()))
      const sweep = startSweep({ store, clock, onError: (error) => logger.error({ err: error }, 'sweeping') })
      closers.push(() => sweep.stop())
      const retention = startRetention({
        store,
        clock,
        onError: (error) => logger.error({ err: error }, 'upkeep'),
      })
      closers.push(() => retention.stop())
    }
    // Where this process only answers, one that sends finds the erasure by looking.
    const erasures = sends
      ? startErasures({ store, clock, onError: (error) => logger.error({ err: error }, 'erasing') })
      : null
    if (erasures) closers.push(() => erasures.stop())

    const replays = worker
      ? startReplayRunner({
          store,
          clock,
          pollMs: config.pollMs,
          // The other half is for what happens meanwhile.
          unsettledMax: Math.ceil(config.unsettledMax / 2),
          onMade: () => worker.nudge(),
          onError: watch.onError,
        })
      : null
    if (replays) {
      closers.push(() => replays.stop())
      closers.push(store.onHint(() => replays.hurry()))
    }

    const checkBacklog = makeBacklogCheck(store, clock, config.unsettledMax)
    const ingest = makeIngest({
      store,
      configs,
      handoff: worker,
      rateGuard,
      clock,
      groupMax: config.groupMax,
      queueMax: config.queueMax,
      checkBacklog,
      onGroup(events, changes) {
        metrics.events.inc(events)
        metrics.changes.inc(changes)
      },
    })
    closers.push(() => ingest.close())
    const imports = sends
      ? startImports({
          store,
          ingest,
          clock,
          pollMs: config.pollMs,
          onError: (error) => logger.error({ err: error }, 'importing'),
        })
      : null
    if (imports) closers.push(() => imports.stop())

    const backtests = makeBacktests({
      events: store.events,
      clock,
      runningMax: config.backtestsMax,
      onError: (error) => logger.error({ err: error }, 'backtesting'),
    })
    closers.push(() => backtests.close())

    const context = {
      config,
      store,
      clock,
      log: logger,
      guard,
      ingest,
      worker: { nudge: () => worker?.nudge() },
      imports: { hurry: () => imports?.hurry() },
      replays: { hurry: () => replays?.hurry() },
      checkBacklog,
      signCause: causes.sign,
      erasures: { hurry: () => erasures?.hurry() },
      readCause: causes.read,
      testSend: (input: TestInput) => testSend(input, { sender, clock, signCause: causes.sign }),
      signIn: makeSignIn({ store, clock, passwords: makePasswords() }),
      capture,
      backtests,
      live,
      publicUrl,
      metrics,
      stopping: () => stopping,
    }
    const http = config.role === 'worker' ? buildHealth(context) : buildApi(context)
    closers.push(() => http.close())
    // Before the server waits for its connections to end.
    closers.push(() => live.close())
    await http.listen({ host: config.host, port: config.port })
    listening = originOf(config.host, (http.server.address() as AddressInfo).port)
    worker?.start()

    return {
      url: listening,
      firstToken,
      setupLink: setupCode && `${publicUrl()}/setup#${setupCode}`,
      loopbackReceivers,
      stop() {
        stopping = true
        return close()
      },
    }
  } catch (error) {
    await close()
    throw error
  }
}

function originOf(host: string, port: number): string {
  const reachable = host === '0.0.0.0' || host === '::' ? 'localhost' : host
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`
}
