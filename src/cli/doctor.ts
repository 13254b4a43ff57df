import { access, constants, mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { readConfig, settings } from '../config.ts'
import type { Config } from '../config.ts'
import { parseEgressAllow } from '../delivery/index.ts'
import { loadMasterKey } from '../runtime/master-key.ts'
import { openVault } from '../runtime/vault.ts'
import { openStore } from '../store/open.ts'
import type { Command, Terminal } from './command.ts'

interface Finding {
  ok: boolean
  text: string
}

export const doctor: Command = {
  name: 'doctor',
  about: 'Lists the settings in force, and looks for what would keep the server from working.',
  usage: 'doctor',
  async run(_args, terminal) {
    printSettings(terminal)
    const config = readConfig(terminal.environment)
    const findings = [nodeVersion(), egress(config), ...(await database(config))]
    terminal.out('')
    for (const { ok, text } of findings) terminal.out(`${ok ? 'ok     ' : 'problem'}  ${text}`)
    return findings.every(({ ok }) => ok) ? 0 : 1
  },
}

function printSettings({ out, environment }: Terminal): void {
  const rows = Object.values(settings).map(({ env, default: fallback, about, ...rest }) => {
    const set = environment[env]
    const value = set ? ('secret' in rest && rest.secret ? '(set, not shown)' : set) : fallback
    return [env, value, about] as const
  })
  const [first, second] = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]!.length)))
  for (const [env, value, about] of rows) out(`${env.padEnd(first!)}  ${value.padEnd(second!)}  ${about}`)
}

function nodeVersion(): Finding {
  return {
    ok: Number(process.versions.node.split('.')[0]) >= 26,
    text: `Node ${process.versions.node}; 26 or newer is needed.`,
  }
}

function egress({ egressAllow }: Config): Finding {
  try {
    parseEgressAllow(egressAllow)
    return { ok: true, text: egressAllow ? `Beyond public addresses, webhooks may reach ${egressAllow}.` : 'Webhooks may reach public addresses only.' } // prettier-ignore
  } catch (error) {
    return { ok: false, text: messageOf(error) }
  }
}

async function database(config: Config): Promise<Finding[]> {
  const findings: Finding[] = []
  if (!config.databaseUrl) findings.push(...(await dataDir(config)))
  try {
    const store = await openStore({
      databaseUrl: config.databaseUrl ?? undefined,
      directUrl: config.databaseDirectUrl ?? undefined,
      dataDir: config.dataDir,
      vault: openVault(await loadMasterKey(config)),
    })
    try {
      const account = await store.accounts.first()
      findings.push({
        ok: true,
        text: `The ${store.backend} database opens${account ? '' : '; it is empty'}.`,
      })
      // Reading a webhook opens its secrets: a wrong key shows here.
      const webhooks = account ? await store.webhooks.list(account.id, {}, { limit: 1 }) : []
      if (webhooks.length > 0)
        findings.push({ ok: true, text: "The master key opens the webhooks' secrets." })
    } finally {
      await store.close()
    }
  } catch (error) {
    findings.push({ ok: false, text: messageOf(error) })
  }
  return findings
}

async function dataDir({ dataDir }: Config): Promise<Finding[]> {
  try {
    await mkdir(dataDir, { recursive: true })
    await access(dataDir, constants.W_OK)
    const key = await stat(join(dataDir, 'master.key')).catch(() => null)
    const open = key !== null && (key.mode & 0o077) !== 0
    return [
      { ok: true, text: `${dataDir} can be written.` },
      ...(open
        ? [{ ok: false, text: `${join(dataDir, 'master.key')} can be read by others. Run: chmod 600 on it.` }]
        : []),
    ]
  } catch {
    return [{ ok: false, text: `${dataDir} cannot be written. Set HOOKLINE_DATA_DIR to a folder that can.` }]
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
