import { readConfig } from '../config.ts'
import { loadMasterKey } from '../runtime/master-key.ts'
import { openVault } from '../runtime/vault.ts'
import { openStore } from '../store/open.ts'
import type { Command } from './command.ts'

export const migrate: Command = {
  name: 'migrate',
  about: 'Brings the database to this version. Every start does so, too; this is for doing it before.',
  usage: 'migrate',
  async run(_args, { out, environment }) {
    const config = readConfig(environment)
    const store = await openStore({
      databaseUrl: config.databaseUrl ?? undefined,
      directUrl: config.databaseDirectUrl ?? undefined,
      dataDir: config.dataDir,
      vault: openVault(await loadMasterKey(config)),
    })
    await store.close()
    out(`The ${store.backend === 'sqlite' ? 'SQLite file' : 'PostgreSQL database'} is up to date.`)
    return 0
  },
}
