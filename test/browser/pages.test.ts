import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { done } from '../support/api.ts'
import { consolePages, firstId } from '../support/console-pages.ts'
import { noBrowser, seriousFindings, useConsole } from '../support/console.ts'
import type { TestAccount } from '../support/server.ts'

test('the list of pages is that of the routes', async () => {
  const routes = await readFile(join(import.meta.dirname, '../../console/routes.tsx'), 'utf8')
  const there = [...routes.matchAll(/(?:page\(|path: )'([^']+)'/g)].map(([, route]) => route)
  expect(
    consolePages
      .map(({ route }) => route)
      .concat('/setup')
      .sort(),
  ).toEqual(there.sort())
})

describe.skipIf(noBrowser)('with the demo', () => {
  const stage = useConsole()
  let team: TestAccount
  beforeAll(async () => {
    team = await stage.server.newAccount()
    await done(team.api.post('/v1/demo', { language: 'en' }))
  })

  test.each(consolePages)('$route can be used by all, in both colour schemes and on a phone', async (one) => {
    const { page } = await stage.visit({
      account: team,
      path: await one.path(team.api),
      role: one.outside ? null : 'owner',
    })
    await isUsable(page)
  })

  test('a menu, a question and the palette can be used by all', async () => {
    const { page, open } = await stage.visit({ account: team, path: '/webhooks' })
    await page
      .getByRole('button', { name: /^Actions for / })
      .first()
      .click()
    await page.getByRole('menuitem', { name: 'Settings' }).waitFor()
    // With the row that the mouse is on.
    await isReadable(page)
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).waitFor()
    await isUsable(page, dialog)

    await open('/')
    await page.keyboard.press('Control+k')
    await page.getByRole('textbox', { name: 'Search' }).fill('lead')
    await page.getByRole('dialog').getByText('All changes of leads to the data warehouse').waitFor()
    await isUsable(page, dialog)
    // What a receiver names is the id of the delivery.
    const delivery = await firstId(team.api, '/v1/deliveries?state=dead')
    await page.getByRole('textbox', { name: 'Search' }).fill(delivery)
    await page.getByRole('button', { name: 'Open the delivery' }).click()
    await page.waitForURL(`**/history/${delivery}`)
  })

  test('a server that is away is said to be, as long as it is', async () => {
    const { page, context } = await stage.visit({ account: team, path: '/settings/profile' })
    const away = page.getByText('The server cannot be reached', { exact: true })
    await context.setOffline(true)
    await away.waitFor()
    await isReadable(page)
    await context.setOffline(false)
    await away.waitFor({ state: 'hidden' })
  })

  test('a card of the board, its menu and the editor can be used by all', async () => {
    const pipeline = await firstId(team.api, '/v1/pipelines?kind=opportunity')
    const { page } = await stage.visit({ account: team, path: `/pipelines/opportunity/${pipeline}` })
    const card = page
      .getByRole('listitem')
      .filter({ has: page.getByRole('button', { name: /^Drag / }) })
      .first()
    await card.getByRole('button', { name: /^Move / }).click()
    await page.getByRole('menuitem', { name: 'Open' }).waitFor()
    await isReadable(page, menu)
    await page.keyboard.press('Escape')
    await page.getByRole('menu').waitFor({ state: 'hidden' })
    await card.getByRole('link').first().click()
    const opened = page.getByRole('dialog')
    await opened.getByRole('heading', { name: 'History' }).waitFor()
    await isUsable(page, dialog)
    await opened.getByRole('button', { name: 'Close' }).first().click()
    await opened.waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: 'Manage pipelines' }).click()
    await page.getByRole('menuitem', { name: 'Edit pipeline and stages' }).click()
    await opened.getByRole('button', { name: 'Add a stage' }).waitFor()
    await isUsable(page, dialog)
  })

  test('the form can be used by all with conditions, a delivery policy and mistakes', async () => {
    const { page } = await stage.visit({
      account: team,
      path: '/webhooks/new?preset=none&event=lead.stage_changed',
    })
    await page.getByRole('button', { name: 'Condition', exact: true }).click()
    await page.getByRole('option', { name: /current\.price/ }).click()
    await page.getByRole('button', { name: 'Group', exact: true }).click()
    await page.getByRole('option', { name: /current\.price/ }).waitFor()
    await page.getByRole('button', { name: /^Retries/ }).click()
    await page.getByRole('button', { name: /^Headers/ }).click()
    await page.getByRole('button', { name: 'Make the webhook' }).click()
    await page.getByRole('alert').filter({ hasText: 'must be fixed' }).waitFor()
    await isUsable(page)
  })

  test('what is given to a developer can be used by all', async () => {
    const { page } = await stage.visit({ account: team, path: '/webhooks' })
    await page.getByRole('row').filter({ hasText: 'Failing' }).getByRole('link', { name: 'Won deal' }).click()
    await page.getByRole('tab', { name: 'Give to your developer' }).click()
    await page.getByRole('heading', { name: 'A sample request' }).waitFor()
    await isUsable(page)
  })

  test('a filter and a replay of many can be used by all', async () => {
    const { page } = await stage.visit({ account: team, path: '/history?state=dead' })
    await page.getByRole('checkbox', { name: 'Choose all that are shown' }).click()
    const again = page.getByRole('button', { name: /^Send \d+ again$/ })
    await again.waitFor()
    await page.getByRole('button', { name: 'Time', exact: true }).click()
    await page.getByRole('dialog', { name: 'Time' }).waitFor()
    // With the rows that are chosen.
    await isReadable(page)
    await page.getByText('Exact time').click()
    await page.getByLabel('Until').waitFor()
    await isReadable(page)
    await page.keyboard.press('Escape')
    await again.click()
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).waitFor()
    await isUsable(page, dialog)
  })
})

describe.skipIf(noBrowser)('before anybody is there', () => {
  const stage = useConsole()

  test.each(['/setup', '/sign-in'])('%s can be used by all', async (path) => {
    const { page } = await stage.visit({ role: null, path })
    await isUsable(page)
  })
})

/** No barriers at a desk in both colour schemes, nor on a phone, where nothing stands out of the page either. */
async function isUsable(page: Page, within?: string): Promise<void> {
  await isReadable(page, within)
  await page.setViewportSize({ width: 390, height: 844 })
  await isDrawn(page)
  await isSettled(page)
  const { wide, seen } = (await page.evaluate(widths)) as { wide: number; seen: number }
  expect(wide, `${page.url()} scrolls sideways`).toBeLessThanOrEqual(seen)
  expect(await seriousFindings(page, inside(within))).toEqual([])
  await page.setViewportSize({ width: 1280, height: 900 })
}

/** Whoever listens finds the same in both schemes, whoever looks does not. */
async function isReadable(page: Page, within?: string): Promise<void> {
  await isSettled(page)
  expect(await seriousFindings(page, inside(within))).toEqual([])
  await turn(page, 'dark')
  expect(await seriousFindings(page, { only: ['color-contrast'], ...inside(within) })).toEqual([])
  await turn(page, 'light')
}

async function turn(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme })
  await page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor()
  await isDrawn(page)
}

/** However short a transition is, it takes a frame. */
async function isDrawn(page: Page): Promise<void> {
  await page.evaluate(`(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
    await frame()
    await frame()
    const moving = document.getAnimations().filter((one) => one instanceof CSSTransition)
    await Promise.allSettled(moving.map(({ finished }) => finished))
  })()`)
}

const inside = (within?: string) => (within === undefined ? {} : { within })
const menu = '[role="menu"]'
const dialog = '[role="dialog"]'

const widths = `({
  wide: document.documentElement.scrollWidth,
  seen: document.documentElement.clientWidth,
})`

/** Everything that is loaded is there. */
async function isSettled(page: Page): Promise<void> {
  await page.locator('.mantine-Skeleton-root, .mantine-Loader-root').first().waitFor({ state: 'detached' })
}
