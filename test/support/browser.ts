/**
 * A real Chromium for tests of the console and for screenshots: the one of CHROME_PATH or of the system, else the one that
 * came with the packages, unpacked once into the temporary folder.
 */
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress } from 'node:zlib'
import { type Browser, chromium } from 'playwright-core'
import { extract } from 'tar-fs'

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Containers have a small /dev/shm.
  '--disable-dev-shm-usage',
  '--font-render-hinting=none',
]

const systemPlaces = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Where this machine has a browser of its own. */
export function systemBrowser(): string | undefined {
  return process.env['CHROME_PATH'] ?? systemPlaces.find((path) => existsSync(path))
}

/** The package holds a program for Linux on x64 only. */
export function bundledBrowserRuns(): boolean {
  return process.platform === 'linux' && process.arch === 'x64'
}

/** BROWSER=bundled takes the packaged one also where the system has its own. */
export async function launchBrowser(): Promise<Browser> {
  const system = systemBrowser()
  if (system && process.env['BROWSER'] !== 'bundled') {
    return chromium.launch({ executablePath: system, args: flags })
  }
  const { path, env } = await unpackBundled()
  return chromium.launch({ executablePath: path, env, args: [...flags, '--no-zygote'] })
}

/** The package holds the program, the libraries that a bare Debian lacks, and a font; all packed. */
async function unpackBundled(): Promise<{ path: string; env: Record<string, string> }> {
  const packed = join(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '..', 'bin')
  const place = join(tmpdir(), 'hookline-chromium-153')
  if (!existsSync(place)) {
    const making = `${place}.${process.pid}`
    await mkdir(making, { recursive: true })
    const unpack = (file: string, to: NodeJS.WritableStream) =>
      pipeline(createReadStream(join(packed, file)), createBrotliDecompress(), to)
    await Promise.all([
      unpack('chromium.br', createWriteStream(join(making, 'chromium'), { mode: 0o755 })),
      unpack('al2023.tar.br', extract(making)),
      unpack('fonts.tar.br', extract(making)),
    ])
    await writeFile(
      join(making, 'fonts.conf'),
      `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${place}/fonts</dir><cachedir>${place}/fc-cache</cachedir></fontconfig>`,
    )
    // Where another process was faster, its copy is taken.
    await rename(making, place).catch(() => rm(making, { recursive: true, force: true }))
  }
  const { LD_LIBRARY_PATH, ...rest } = process.env
  const libraries = [join(place, 'lib'), LD_LIBRARY_PATH].filter(Boolean).join(':')
  const env = { ...rest, LD_LIBRARY_PATH: libraries, FONTCONFIG_PATH: place, HOME: rest['HOME'] ?? tmpdir() }
  return { path: join(place, 'chromium'), env: env as Record<string, string> }
}
