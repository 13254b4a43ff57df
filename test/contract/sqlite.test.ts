import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openVault } from '../../src/runtime/vault.ts'
import { openSqlite } from '../../src/store/sqlite/open.ts'
import { storeContract } from './store.ts'

storeContract('sqlite', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'hookline-sqlite-'))
  const open = () =>
    openSqlite({ path: join(directory, 'hookline.db'), vault: openVault('the key of the contract suite') })
  const opened = {
    store: await open(),
    async reopen() {
      await opened.store.close()
      opened.store = await open()
    },
    async raw() {
      const names = await readdir(directory)
      // The lock is left alone: to open and close it here would let go of it.
      const kept = names.filter((name) => !name.endsWith('.lock') && !name.endsWith('-shm'))
      return Promise.all(kept.map((name) => readFile(join(directory, name))))
    },
    async dispose() {
      await opened.store.close()
      await rm(directory, { recursive: true, force: true })
    },
  }
  return opened
})
