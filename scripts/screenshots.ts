/**
 * `npm run screenshots`: draws every screen of the console, filled with the demo, at the width of a desk and of a phone,
 * into docs/screenshots; and, in folders there that are not kept, in the dark and in Russian and Polish, whose words are
 * longest. Made to be looked at.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { startServer, type Server } from '../src/app.ts'
import { readConfig } from '../src/config.ts'
import { openLog } from '../src/runtime/log.ts'
import { launchBrowser } from '../test/support/browser.ts'
import { buildConsole } from './build-console.ts'

const out = join(import.meta.dirname, '../docs/screenshots')
const widths = { desk: 1280, phone: 390 }
const credentials = { email: 'olga@example.com', password: 'a password for pictures' }

interface Look {
  /** Under docs/screenshots. */
  folder: string
  language: string
  dark: boolean
}

const looks: Look[] = [
  { folder: '', language: 'en', dark: false },
  { folder: 'ru-dark', language: 'ru', dark: true },
  { folder: 'pl', language: 'pl', dark: false },
]

/** Names of screens, with where they are; those of single things are found by asking the API. */
async function screensOf(server: Server, cookie: string): Promise<Record<string, string>> {
  const ask = async <T>(path: string): Promise<T> =>
    (await (await fetch(`${server.url}/v1${path}`, { headers: { cookie } })).json()) as T
  const first = async (path: string) => (await ask<{ items: { id: string }[] }>(path)).items[0]?.id ?? ''
  const failing = (
    await ask<{ items: { id: string; health: { failures_in_a_row: number } }[] }>('/webhooks')
  ).items.find(({ health }) => health.failures_in_a_row > 1)
  return {
    overview: '/',
    pipelines: '/pipelines',
    record: `/records/lead/${await first('/records/lead?order=updated')}`,
    records: '/records/lead',
    webhooks: '/webhooks',
    webhook: `/webhooks/${failing?.id}`,
    'webhook-developer': `/webhooks/${failing?.id}?tab=developer`,
    'webhook-form': `/webhooks/${failing?.id}/edit`,
    'webhook-new': '/webhooks/new',
    history: '/history',
    delivery: `/history/${await first('/deliveries?state=dead')}`,
    replays: '/replays',
    events: '/events',
    event: `/events/${await first('/events?type=lead.stage_changed')}`,
    inspector: '/inspector',
    sources: '/sources',
    source: `/sources/${await first('/sources')}`,
    welcome: '/welcome',
    account: '/settings/account',
    members: '/settings/members',
    tokens: '/settings/tokens',
    names: '/settings/names',
    audit: '/settings/audit',
    profile: '/settings/profile',
  }
}

async function signUp(server: Server): Promise<string> {
  const code = server.setupLink?.split('#')[1]
  const headers = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' }
  const body = JSON.stringify({ code, name: 'Olga Nowak', ...credentials })
  const answer = await fetch(`${server.url}/v1/setup`, { method: 'POST', headers, body })
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
  await fetch(`${server.url}/v1/demo`, { method: 'POST', headers: { ...headers, cookie }, body: '{}' })
  return cookie
}

async function draw(browser: Browser, server: Server, screens: Record<string, string>): Promise<void> {
  for (const look of looks) {
    for (const [device, width] of Object.entries(widths)) {
      const context = await browser.newContext({
        baseURL: server.url,
        viewport: { width, height: 900 },
        locale: look.language,
        colorScheme: look.dark ? 'dark' : 'light',
        reducedMotion: 'reduce',
      })
      const page = await context.newPage()
      await page.goto('/sign-in')
      await page.locator('input[type=email]').fill(credentials.email)
      await page.locator('input[type=password]').fill(credentials.password)
      await page.locator('button[type=submit]').click()
      await page.getByRole('navigation').first().waitFor({ state: 'attached' })
      for (const [name, path] of Object.entries(screens)) {
        await page.goto(path)
        await page.getByRole('heading', { level: 1 }).waitFor()
        // Live pages are never idle for long; what they show first is there by then.
        await page.waitForLoadState('networkidle', { timeout: 5000 }).catch(() => undefined)
        const file = join(look.folder, `${name}-${device}.jpg`)
        await page.screenshot({ path: join(out, file), type: 'jpeg', quality: 70 })
        console.log(file)
      }
      await context.close()
    }
  }
}

await buildConsole()
await rm(out, { recursive: true, force: true })
await mkdir(out, { recursive: true })
const place = await mkdtemp(join(tmpdir(), 'hookline-screenshots-'))
const config = readConfig({ HOOKLINE_DATA_DIR: place, HOOKLINE_PORT: '0' })
const server = await startServer(config, openLog('silent').logger)
const browser = await launchBrowser()
try {
  await draw(browser, server, await screensOf(server, await signUp(server)))
} finally {
  await browser.close()
  await server.stop()
  await rm(place, { recursive: true, force: true })
}
