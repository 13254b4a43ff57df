import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { hashToken, newToken } from '../actions/webhooks/secret-text.ts'
import { readConfig } from '../config.ts'
import type { Config } from '../config.ts'
import type { Token } from '../model/index.ts'
import { systemClock } from '../runtime/clock.ts'
import { newId } from '../runtime/ids.ts'
import { loadMasterKey } from '../runtime/master-key.ts'
import { openVault } from '../runtime/vault.ts'
import { openStore } from '../store/open.ts'
import { addTokenBeside } from '../store/sqlite/add-token.ts'
import type { Command } from './command.ts'

export const token: Command = {
  name: 'token',
  about:
    'Makes an operator token, which acts for every account, and prints it once. Works beside a running server.',
  usage: 'token --name "provisioning"',
  async run(args, { out, environment }) {
    const { values } = parseArgs({ args, options: { name: { type: 'string', default: 'operator' } } })
    const config = readConfig(environment)
    const now = systemClock()
    const made: Token = {
      id: newId('tok', now),
      account_id: null,
      kind: 'operator',
      name: values.name,
      created_at: now,
    }
    const text = newToken()
    await addToken(config, made, hashToken(text))
    out(`Operator token "${made.name}", shown this once: ${text}`)
    return 0
  },
}

async function addToken(config: Config, made: Token, hash: string): Promise<void> {
  if (!config.databaseUrl) return addTokenBeside(join(config.dataDir, 'hookline.db'), made, hash)
  const store = await openStore({
    databaseUrl: config.databaseUrl,
    dataDir: config.dataDir,
    vault: openVault(await loadMasterKey(config)),
  })
  try {
    await store.transaction((tx) => tx.tokens.insert(made, hash))
  } finally {
    await store.close()
  }
}
