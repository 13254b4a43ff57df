/**
 * Adds to package-lock.json the packages of other platforms that a tool names as optional and npm left out, because the
 * registry that it asked did not have them (yet). Without these entries `npm ci` says that the lockfile is out of sync.
 * To be run after adding or raising a package: node scripts/complete-lockfile.ts
 */
import { readFileSync, writeFileSync } from 'node:fs'

interface LockedPackage {
  version?: string
  dev?: boolean
  optional?: boolean
  os?: string[]
  cpu?: string[]
  libc?: string[]
  optionalDependencies?: Record<string, string>
}

const path = new URL('../package-lock.json', import.meta.url)
const lock = JSON.parse(readFileSync(path, 'utf8')) as { packages: Record<string, LockedPackage> }

const systems = new Set(['darwin', 'win32', 'linux', 'android', 'freebsd', 'openharmony'])
const processors = new Set(['arm64', 'x64', 'ia32', 'arm', 'ppc64', 'riscv64', 's390x'])

let added = 0
for (const [parent, locked] of Object.entries(lock.packages)) {
  if (parent === '') continue
  for (const [name, version] of Object.entries(locked.optionalDependencies ?? {})) {
    if (lock.packages[`node_modules/${name}`] || lock.packages[`${parent}/node_modules/${name}`]) continue
    lock.packages[`node_modules/${name}`] = platformPackage(name, version, locked.dev === true)
    added++
  }
}

const { '': root, ...others } = lock.packages
lock.packages = {
  '': root!,
  ...Object.fromEntries(Object.entries(others).sort(([a], [b]) => (a < b ? -1 : 1))),
}
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`)
console.log(`${added} packages added`)

/** The platform is in the name: `@oxlint/binding-linux-arm64-musl`. */
function platformPackage(name: string, version: string, dev: boolean): LockedPackage {
  const parts = name.slice(name.indexOf('/') + 1).split('-')
  const os = parts.filter((part) => systems.has(part))
  const cpu = parts.filter((part) => processors.has(part))
  if (os.length !== 1 || cpu.length !== 1) throw new Error(`${name}: which platform is it for?`)
  return {
    version,
    cpu,
    ...(dev ? { dev } : {}),
    ...(parts.includes('musl')
      ? { libc: ['musl'] }
      : parts.includes('gnu') && os[0] === 'linux'
        ? { libc: ['glibc'] }
        : {}),
    optional: true,
    os,
  }
}
