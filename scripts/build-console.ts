/**
 * Builds the console into dist/console, where the server finds it, and packs each file for browsers that take it packed.
 * Does nothing where what stands there was built from the same files; `--force` builds anyway. Runs before `npm start`.
 */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const root = join(import.meta.dirname, '..')
const out = join(root, 'dist/console')
const stamp = join(out, 'built-from')
/** Below that packing saves less than a header costs. */
const packBytesMin = 1024

/** Builds where it must. */
export async function buildConsole({ force = false } = {}): Promise<void> {
  const sources = hashSources()
  const built = existsSync(stamp) ? readFileSync(stamp, 'utf8') : null
  if (built === sources && !force) return
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  if (!existsSync(vite)) {
    // A server installed without tools runs what was built before, and its API where nothing was.
    console.error(
      'The console cannot be built: vite is not installed. "npm ci" without --omit=dev brings it.',
    )
    return
  }
  console.log('Building the console (once for each version)…')
  // In a process of its own: tests have another NODE_ENV, with which React would bring its tools for developers.
  await promisify(execFile)(
    process.execPath,
    [vite, 'build', '--config', join(root, 'console/vite.config.ts'), '--logLevel', 'warn'],
    { env: { ...process.env, NODE_ENV: 'production' } },
  )
  for (const file of globSync('assets/*.{js,css,svg}', { cwd: out })) pack(join(out, file))
  writeFileSync(stamp, sources)
}

function pack(file: string): void {
  const bytes = readFileSync(file)
  if (bytes.length < packBytesMin) return
  writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }))
  writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }))
}

function hashSources(): string {
  const hash = createHash('sha256')
  const files = globSync('console/**/*.*', { cwd: root }).filter((file) => !file.includes('.test.'))
  for (const file of [...files.sort(), 'package-lock.json', 'scripts/build-console.ts']) {
    hash.update(`${file}\n`).update(readFileSync(join(root, file)))
  }
  return hash.digest('hex')
}

if (import.meta.main) await buildConsole({ force: process.argv.includes('--force') })
