import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { done } from '../support/api.ts'
import { consolePages } from '../support/console-pages.ts'
import { noBrowser, useConsole } from '../support/console.ts'
import type { TestAccount } from '../support/server.ts'

/** How the names of controls begin that change something, and how some of them end. */
const changes =
  /^(new|add|make|edit|change|save|delete|remove|rename|discard|send|replay|duplicate|pause|resume|switch|invite|load|revoke|drag|move|log|import|declare|cancel|stop|choose|forget|manage|use a test)\b|\bagain\b/i
/** The next page of a list, and a filter of the history. */
const harmless = /^(Load more|Sent again)$/
/** Whose fields show what is kept, and take nothing. */
const keptFields = ['/records/:kind/:id', '/webhooks/:id/edit', '/sources/:id', '/settings/account']

describe.skipIf(noBrowser)('a viewer', () => {
  const stage = useConsole()
  let team: TestAccount
  beforeAll(async () => {
    team = await stage.server.newAccount()
    await done(team.api.post('/v1/demo', { language: 'en' }))
  })

  test('sees every page, and nothing on it that changes anything', async () => {
    const { page, open } = await stage.visit({ account: team, role: 'viewer', path: '/settings/profile' })
    const found: Record<string, string[]> = {}
    // One's own name and password are one's own to change.
    for (const { route, path, outside } of consolePages) {
      if (outside || route === '/settings/profile') continue
      await open(await path(team.api))
      await page
        .locator('.mantine-Skeleton-root, .mantine-Loader-root')
        .first()
        .waitFor({ state: 'detached' })
      const names = await controls(page)
      found[route] = names.filter((name) => changes.test(name) && !harmless.test(name))
      if (keptFields.includes(route)) found[route].push(...(await openFields(page)))
    }
    expect(Object.fromEntries(Object.entries(found).filter(([, names]) => names.length > 0))).toEqual({})
  })

  test('finds in menus and on cards only what leads somewhere', async () => {
    const { page, open } = await stage.visit({ account: team, role: 'viewer', path: '/webhooks' })
    await page
      .getByRole('button', { name: /^Actions for / })
      .first()
      .click()
    await page.getByRole('menuitem').first().waitFor()
    expect(await page.getByRole('menuitem').allInnerTexts()).toEqual([
      'Last execution',
      'History',
      'Settings',
    ])

    await open('/pipelines')
    const card = page.getByRole('link', { name: /Licences for 25 seats/ }).first()
    await card.waitFor()
    expect(await page.getByRole('button', { name: /^(Drag|Move) / }).count()).toBe(0)
    const from = page.getByRole('region', { name: 'New', exact: true })
    const records = await from.getByRole('listitem').count()
    await from
      .getByRole('listitem')
      .first()
      .dragTo(page.getByRole('region', { name: 'Qualified' }).getByRole('list'), { steps: 5 })
    expect(await from.getByRole('listitem').count()).toBe(records)
    await card.click()
    const drawer = page.getByRole('dialog')
    await drawer.getByRole('heading', { name: 'History' }).waitFor()
    expect((await controls(page, '[role="dialog"]')).filter((name) => changes.test(name))).toEqual([])
  })

  test('is refused by the server, whatever the browser sends', async () => {
    const { page } = await stage.visit({ account: team, role: 'viewer' })
    const { paths } = await done(
      team.api.get<{ paths: Record<string, Record<string, unknown>> }>('/openapi.json'),
    )
    // The way in and out, one's own name and password, and what only looks.
    const allowed = /^\/v1\/(session|setup|join|sources\/preview)\b/
    const calls = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods)
        .filter((method) => method !== 'get' && !allowed.test(path))
        .map((method) => ({ method: method.toUpperCase(), path: path.replaceAll(/\{\w+\}/g, 'x') })),
    )
    const statuses = (await page.evaluate(`Promise.all(${JSON.stringify(calls)}.map(
      ({ method, path }) => fetch(path, {
        method, headers: { 'content-type': 'application/json' }, body: '{}',
      }).then(({ status }) => method + ' ' + path + ' ' + status)))`)) as string[]
    expect(statuses.length).toBeGreaterThan(50)
    expect(statuses.filter((line) => !line.endsWith(' 403'))).toEqual([])
  })
})

/** The names of all buttons, switches and fields that work, and where links lead that make something. */
function controls(page: Page, within = 'main'): Promise<string[]> {
  return page
    .locator(within)
    .last()
    .locator(
      'button:not([role="tab"]), [role="menuitem"], input[type="checkbox"], input[type="radio"], a[href*="/new"]',
    )
    .filter({ visible: true })
    .evaluateAll((all) =>
      all
        .filter((one) => !one.matches(':disabled, [aria-disabled="true"]'))
        .map((one) => String(one.getAttribute('aria-label') ?? one.textContent).trim()),
    )
}

/** The names of the fields that would take something. */
function openFields(page: Page): Promise<string[]> {
  return page
    .getByRole('main')
    .locator('input, textarea')
    .filter({ visible: true })
    .evaluateAll((all) =>
      all
        .filter((one) => !one.matches(':disabled, :read-only'))
        .map(
          (one) =>
            `the field ${one.getAttribute('aria-label') ?? one.parentElement?.parentElement?.textContent}`,
        ),
    )
}
