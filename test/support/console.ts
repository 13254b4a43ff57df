/** The console as people use it: a real browser, signed in, on a server of this process. */
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContext, Dialog, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest'
import type { Api } from './api.ts'
import { bundledBrowserRuns, launchBrowser, systemBrowser } from './browser.ts'
import { addPerson, type Person, type Role } from './people.ts'
import { type Backend, startTestServer, type TestServer } from './server.ts'

/** Browser tests are left out only where there is no browser for this machine; never in CI. */
export const noBrowser = !process.env['CI'] && systemBrowser() === undefined && !bundledBrowserRuns()

export interface VisitOptions {
  /** null: nobody is signed in. */
  role?: Role | null
  path?: string
  language?: string
  dark?: boolean
  width?: number
  /** The same account as another visit's, to look at it with other eyes. */
  account?: { api: Api }
}

/** Somebody in front of the console. */
export interface Visit {
  page: Page
  context: BrowserContext
  /** null where nobody is signed in. */
  person: Person | null
  /** With all rights, in the visitor's account. */
  api: Api
  /** Opens a page of the console. */
  open(path: string): Promise<void>
}

export interface ConsoleStage {
  readonly server: TestServer
  visit(options?: VisitOptions): Promise<Visit>
  /** Takes what matches out of what the browser has complained of, and answers whether there was any. */
  complainedOf(pattern: RegExp): boolean
}

/** One server and one browser for all tests of the block that calls this; each visit has an account of its own. */
export function useConsole(backend: Backend = 'sqlite'): ConsoleStage {
  let server: TestServer
  let browser: Browser
  const used: { page: Page; language: string }[] = []
  // Emptied and taken again: a window that knows the scripts already opens a page in a fourth of the time.
  const empty: Record<string, Page[]> = {}
  const complaints: string[] = []
  beforeAll(async () => {
    const built = await fetch(inject('consoleDoor'))
    if (!built.ok) throw new Error(`The console does not build: ${await built.text()}`)
    server = await startTestServer({ backend, environment: { HOOKLINE_POLL_MS: '25' } })
    browser = await launchBrowser()
  })
  afterEach(async () => {
    const heard = complaints.splice(0)
    await Promise.all(
      used.splice(0).map(async ({ page, language }) => {
        await forgetEverything(page, server.url)
        ;(empty[language] ??= []).push(page)
      }),
    )
    // What was still loading complains of being left.
    complaints.length = 0
    // Errors in the browser's console are somebody's mistake, refusals by the Content-Security-Policy among them.
    expect(heard).toEqual([])
  })
  afterAll(async () => {
    await browser?.close()
    await server?.[Symbol.asyncDispose]()
  })
  const newWindow = async (locale: string) => {
    const context = await browser.newContext({ baseURL: server.url, locale, reducedMotion: 'reduce' })
    const page = await context.newPage()
    page.setDefaultTimeout(20_000)
    page.on('pageerror', (error) => complaints.push(String(error)))
    page.on('console', (message) => {
      // The network says so itself when the API refuses, which is often what a test is about.
      const refused = message.text().startsWith('Failed to load resource')
      if (message.type() === 'error' && !refused) complaints.push(message.text())
    })
    return page
  }
  return {
    get server() {
      return server
    },
    complainedOf(pattern) {
      const others = complaints.filter((complaint) => !pattern.test(complaint))
      return complaints.splice(0, complaints.length, ...others).length > others.length
    },
    async visit({ role = 'owner', path = '/', language = 'en', dark = false, width = 1280, account } = {}) {
      const { api } = account ?? (await server.newAccount())
      const page = empty[language]?.pop() ?? (await newWindow(language))
      const context = page.context()
      used.push({ page, language })
      const person = role && (await addPerson(server, api, role))
      if (person) await context.addCookies([cookieOf(person, server.url)])
      await page.setViewportSize({ width, height: 900 })
      await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' })
      const open = async (path: string) => {
        await page.goto(path)
        await page.getByRole('heading', { level: 1 }).waitFor()
      }
      await open(path)
      return { page, context, person, api, open }
    },
  }
}

/** Leaves nothing of one visit to the next one but the scripts and styles that it has loaded. */
async function forgetEverything(page: Page, origin: string): Promise<void> {
  const context = page.context()
  // What was typed and not saved may go.
  page.on('dialog', leave)
  await page.goto('about:blank')
  page.off('dialog', leave)
  const devtools = await context.newCDPSession(page)
  await devtools.send('Storage.clearDataForOrigin', { origin, storageTypes: 'local_storage,indexeddb' })
  await devtools.detach()
  const others = context.pages().filter((other) => other !== page)
  await Promise.all(others.map((other) => other.close()))
  await context.clearCookies()
  await context.clearPermissions()
}

const leave = (dialog: Dialog) => void dialog.accept()

function cookieOf({ cookie }: Person, url: string) {
  const at = cookie.indexOf('=')
  return {
    name: cookie.slice(0, at),
    value: cookie.slice(at + 1),
    url,
    httpOnly: true,
    sameSite: 'Strict' as const,
  }
}

export interface Look {
  /** These rules alone. */
  only?: string[]
  /** What a selector finds, and what is in it; else the whole page. */
  within?: string
}

/** What axe finds serious or critical on the page, one line each. */
export async function seriousFindings(page: Page, { only, within }: Look = {}): Promise<string[]> {
  // Without frames there is no need for the page of its own in which axe puts its results together: a third of the time.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] })
  if (within !== undefined) axe.include(within)
  // Menus and dialogs are drawn beside the landmarks.
  const { violations } = await (only ? axe.withRules(only) : axe.disableRules(['region'])).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary = '' }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`),
    )
}
