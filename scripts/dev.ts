/** `npm run dev`: the server, started again when its files change, and the console with reload, which asks that server. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createServer } from 'vite'

const root = join(import.meta.dirname, '..')
const server = spawn(process.execPath, ['--watch', '--watch-preserve-output', 'src/main.ts', 'serve'], {
  cwd: root,
  stdio: 'inherit',
})
const console_ = await createServer({ configFile: join(root, 'console/vite.config.ts') })
await console_.listen()
console_.printUrls()

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    server.kill('SIGTERM')
    void console_.close().then(() => process.exit())
  })
}
