import { isIP } from 'node:net'
import { resolve } from 'node:path'

/**
 * Every setting, in one table: what it is called in the environment, what it is when nobody sets it, what it means.
 * Everything has a limit, and each limit has its name here. `hookline doctor` prints the table.
 */
interface Setting<T> {
  env: string
  /** For people: the default as it is written in the table. */
  default: string
  about: string
  read(value: string | undefined): T
  /** Its value is never printed. */
  secret?: boolean
}

class SettingError extends Error {}

function text(env: string, fallback: string, about: string): Setting<string> {
  return { env, default: fallback || '(none)', about, read: (value) => value || fallback }
}

function optional(env: string, about: string, options: { secret?: boolean } = {}): Setting<string | null> {
  return { env, default: '(none)', about, read: (value) => value || null, ...options }
}

function count(
  env: string,
  fallback: number,
  about: string,
  range: { min: number; max: number },
): Setting<number> {
  return {
    env,
    default: String(fallback),
    about,
    read(value) {
      if (!value) return fallback
      const number = Number(value)
      if (!Number.isInteger(number) || number < range.min || number > range.max)
        throw new SettingError(
          `${env} must be a whole number from ${range.min} to ${range.max}, not "${value}".`,
        )
      return number
    },
  }
}

function choice<T extends string>(env: string, choices: readonly T[], about: string): Setting<T> {
  return {
    env,
    default: choices[0]!,
    about,
    read(value) {
      if (!value) return choices[0]!
      if (!(choices as readonly string[]).includes(value))
        throw new SettingError(`${env} must be one of ${choices.join(', ')}, not "${value}".`)
      return value as T
    },
  }
}

export const settings = {
  host: text('HOOKLINE_HOST', '127.0.0.1', 'Address to listen on.'),
  port: count('HOOKLINE_PORT', 8420, 'Port to listen on; 0 takes a free one.', { min: 0, max: 65_535 }),
  dataDir: text('HOOKLINE_DATA_DIR', './data', 'Folder of hookline.db and of the generated key.'),
  databaseUrl: optional('DATABASE_URL', 'PostgreSQL to use instead of the SQLite file.', { secret: true }),
  databaseDirectUrl: optional('DATABASE_DIRECT_URL', 'The same PostgreSQL past its pooler, for LISTEN.', {
    secret: true,
  }),
  role: choice(
    'HOOKLINE_ROLE',
    ['all', 'api', 'worker'] as const,
    'What this process does. More than one process needs PostgreSQL.',
  ),
  adminToken: optional(
    'HOOKLINE_ADMIN_TOKEN',
    'Admin token of the first account: hl_ and at least 32 of [A-Za-z0-9_].',
    { secret: true },
  ),
  token: optional('HOOKLINE_TOKEN', 'Token that `hookline send` shows to the server.', { secret: true }),
  masterKey: optional(
    'HOOKLINE_MASTER_KEY',
    "Encrypts webhooks' secrets; at least 32 characters. Required on PostgreSQL.",
    { secret: true },
  ),
  masterKeyOld: optional('HOOKLINE_MASTER_KEY_OLD', 'The key before, for `hookline rotate-key` alone.', {
    secret: true,
  }),
  publicUrl: optional(
    'HOOKLINE_PUBLIC_URL',
    'How the server is reached from outside, e.g. https://hooks.example.com.',
  ),
  trustedProxies: text(
    'HOOKLINE_TRUSTED_PROXIES',
    '',
    'Proxies in front of the server, whose X-Forwarded-For says where a request comes from: addresses and CIDRs, separated by commas.',
  ),
  egressAllow: text(
    'HOOKLINE_EGRESS_ALLOW',
    '',
    'Networks and hosts that webhooks may reach although they are not public: CIDRs and names, separated by commas.',
  ),
  logLevel: choice(
    'HOOKLINE_LOG_LEVEL',
    ['info', 'debug', 'warn', 'error', 'silent'] as const,
    'How much is logged.',
  ),
  bodyBytesMax: count('HOOKLINE_BODY_BYTES_MAX', 1_048_576, 'Largest request body that is read.', {
    min: 1024,
    max: 67_108_864,
  }),
  requestMs: count(
    'HOOKLINE_REQUEST_MS',
    300_000,
    'How long a caller may take to send a whole request; then its connection is closed.',
    { min: 100, max: 86_400_000 },
  ),
  concurrency: count('HOOKLINE_CONCURRENCY', 2048, 'Requests under way to receivers at once, per process.', {
    min: 1,
    max: 10_000,
  }),
  pollMs: count('HOOKLINE_POLL_MS', 500, 'How often an idle worker looks for due deliveries.', {
    min: 10,
    max: 60_000,
  }),
  groupMax: count('HOOKLINE_GROUP_MAX', 500, 'Changes that share a transaction.', { min: 1, max: 10_000 }),
  queueMax: count(
    'HOOKLINE_QUEUE_MAX',
    20_000,
    'Changes that may wait for a transaction; above it ingest answers 429.',
    { min: 1, max: 1_000_000 },
  ),
  unsettledMax: count(
    'HOOKLINE_UNSETTLED_MAX',
    2_000_000,
    'Unsettled deliveries per account; above it ingest answers 429.',
    { min: 1, max: 1_000_000_000 },
  ),
  rateGuardPerMinute: count(
    'HOOKLINE_RATE_GUARD',
    120,
    'Firings of one webhook for one record within a minute; above it they are taken for a loop.',
    { min: 2, max: 60_000 },
  ),
  inspectorKeep: count('HOOKLINE_INSPECTOR_KEEP', 500, 'Requests that an inspector keeps.', {
    min: 1,
    max: 100_000,
  }),
  sourceKeep: count(
    'HOOKLINE_SOURCE_KEEP',
    100,
    'Calls that a source keeps because something in them could not be understood.',
    { min: 1, max: 100_000 },
  ),
  sourceWaitingBytesMax: count(
    'HOOKLINE_SOURCE_WAITING_BYTES_MAX',
    67_108_864,
    'Calls to sources that may wait to be written, in bytes; above it they are answered 429.',
    { min: 1024, max: 4_294_967_296 },
  ),
  importBytesMax: count('HOOKLINE_IMPORT_BYTES_MAX', 67_108_864, 'Largest import that is read.', {
    min: 1024,
    max: 536_870_912,
  }),
  backtestDaysMax: count('HOOKLINE_BACKTEST_DAYS_MAX', 30, 'Days that a backtest may look back.', {
    min: 1,
    max: 366,
  }),
  backtestEventsMax: count('HOOKLINE_BACKTEST_EVENTS_MAX', 100_000, 'Events that a backtest may look at.', {
    min: 1,
    max: 10_000_000,
  }),
  backtestsMax: count('HOOKLINE_BACKTESTS_MAX', 2, 'Backtests under way at once, per process.', {
    min: 1,
    max: 100,
  }),
  metricsWebhooksMax: count(
    'HOOKLINE_METRICS_WEBHOOKS_MAX',
    200,
    'Webhooks with metrics of their own, per process; the rest are counted together.',
    { min: 0, max: 100_000 },
  ),
  liveMax: count('HOOKLINE_LIVE_MAX', 200, 'Live connections (`GET /v1/live`) at once, per process.', {
    min: 0,
    max: 100_000,
  }),
  liveBufferBytesMax: count(
    'HOOKLINE_LIVE_BUFFER_BYTES_MAX',
    1_048_576,
    'What is held for a live reader that is behind, before it is cut off; and for one that comes back.',
    { min: 1024, max: 67_108_864 },
  ),
  liveHeartbeatMs: count(
    'HOOKLINE_LIVE_HEARTBEAT_MS',
    15_000,
    'How often a live connection is kept open and its token or session looked at.',
    { min: 10, max: 300_000 },
  ),
  rewriteBytesMax: count(
    'HOOKLINE_REWRITE_BYTES_MAX',
    268_435_456,
    'Largest SQLite file that is rewritten at the end of an erasure, while writes wait.',
    { min: 0, max: 1_099_511_627_776 },
  ),
  drainMs: count('HOOKLINE_DRAIN_MS', 10_000, 'How long a stop waits for requests under way.', {
    min: 0,
    max: 600_000,
  }),
} satisfies Record<string, Setting<unknown>>

export type Config = { [Name in keyof typeof settings]: ReturnType<(typeof settings)[Name]['read']> }

/** Reads all settings. Throws one error that names every wrong one. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const problems: string[] = []
  const config: Record<string, unknown> = {}
  for (const [name, setting] of Object.entries<Setting<unknown>>(settings)) {
    try {
      config[name] = setting.read(environment[setting.env]?.trim())
    } catch (error) {
      if (!(error instanceof SettingError)) throw error
      problems.push(error.message)
    }
  }
  const known = new Set(Object.values<Setting<unknown>>(settings).map(({ env }) => env))
  for (const name of Object.keys(environment))
    if (name.startsWith('HOOKLINE_') && !known.has(name))
      problems.push(`${name} is not a setting of this version.`)
  const result = config as Config
  if (result.adminToken && !adminTokenForm.test(result.adminToken))
    problems.push('HOOKLINE_ADMIN_TOKEN must be hl_ and at least 32 of [A-Za-z0-9_].')
  if (result.masterKey && result.masterKey.length < 32)
    problems.push('HOOKLINE_MASTER_KEY must have at least 32 characters.')
  if (result.publicUrl && !/^https?:\/\/[^/?#@]+\/?$/.test(result.publicUrl))
    problems.push('HOOKLINE_PUBLIC_URL must be an origin such as https://hooks.example.com.')
  if (result.trustedProxies && !result.trustedProxies.split(',').every(isNetwork))
    problems.push(
      'HOOKLINE_TRUSTED_PROXIES must hold addresses and CIDRs such as 10.0.0.0/8, separated by commas.',
    )
  if (result.role !== 'all' && !result.databaseUrl)
    problems.push(`HOOKLINE_ROLE=${result.role} needs DATABASE_URL: a SQLite file has one server.`)
  if (problems.length > 0) throw new Error(`Settings are wrong:\n  ${problems.join('\n  ')}`)
  return {
    ...result,
    dataDir: resolve(result.dataDir),
    publicUrl: result.publicUrl?.replace(/\/$/, '') ?? null,
  }
}

function isNetwork(text: string): boolean {
  const [address = '', prefix = '0', ...more] = text.trim().split('/')
  const bits = { 0: -1, 4: 32, 6: 128 }[isIP(address)]!
  return more.length === 0 && /^\d{1,3}$/.test(prefix) && Number(prefix) <= bits
}

const adminTokenForm = /^hl_[A-Za-z0-9_]{32,}$/
