import { parseArgs } from 'node:util'
import { readConfig } from '../config.ts'
import { findKeys } from '../runtime/master-key.ts'
import { openVault } from '../runtime/vault.ts'
import { rotateKey as reseal } from '../store/rotate-key.ts'
import type { Command } from './command.ts'

export const rotateKey: Command = {
  name: 'rotate-key',
  about:
    'Seals all secrets with a new master key. Stop all servers first. HOOKLINE_MASTER_KEY is the new key and ' +
    'HOOKLINE_MASTER_KEY_OLD the one before; on SQLite without them a new master.key takes the place of the old one.',
  usage: 'rotate-key',
  async run(args, { out, environment }) {
    parseArgs({ args, options: {} })
    const config = readConfig(environment)
    const keys = await findKeys(config)
    const from = openVault(keys.old)
    const to = openVault(keys.new)
    const { already, webhooks, sources } = await reseal({ ...config, from, to })
    await keys.keep()
    if (already) out('The secrets are sealed with the new key already.')
    else out(`The secrets of ${webhooks} webhooks and ${sources} sources are sealed with the new key.`)
    out(
      config.masterKey
        ? 'Start the servers with HOOKLINE_MASTER_KEY, and without HOOKLINE_MASTER_KEY_OLD.'
        : 'The new key is in master.key. Back it up, and start the server.',
    )
    return 0
  },
}
