import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { noBrowser, useConsole } from '../support/console.ts'

const assets = join(import.meta.dirname, '../../dist/console/assets')
/** What a page may bring in script, gzipped: about two seconds on a slow line. */
const scriptBytesMax = 350_000

describe.skipIf(noBrowser)('the first load', () => {
  const stage = useConsole()

  test.each(['/', '/webhooks', '/pipelines'])('of %s brings no more script than it should', async (path) => {
    const { page, open } = await stage.visit({ path: '/settings/profile' })
    const scripts = new Set<string>()
    page.on('response', (response) => {
      const { pathname } = new URL(response.url())
      if (pathname.startsWith('/assets/') && pathname.endsWith('.js'))
        scripts.add(pathname.slice('/assets/'.length))
    })
    await open(path)
    await page.waitForLoadState('load')
    const sizes = await Promise.all(
      [...scripts].map(async (name) => gzipSync(await readFile(join(assets, name))).length),
    )
    const bytes = sizes.reduce((sum, size) => sum + size, 0)
    expect(scripts.size).toBeGreaterThan(1)
    expect(bytes).toBeLessThanOrEqual(scriptBytesMax)
  })

  test('nothing is asked of any other server', async () => {
    const { page, open } = await stage.visit()
    const origins = new Set<string>()
    page.on('request', (request) => origins.add(new URL(request.url()).origin))
    for (const path of ['/', '/webhooks', '/inspector', '/settings/account']) await open(path)
    expect([...origins]).toEqual([new URL(stage.server.url).origin])
  })

  test('a page whose scripts are gone says so, and comes once they are there', async () => {
    const { page } = await stage.visit()
    await page.route('**/assets/*.js', (route) => route.fulfill({ status: 404 }))
    await page.getByRole('link', { name: 'Sources' }).click()
    await page.getByText('This part of the console could not be loaded').waitFor()
    await page.unroute('**/assets/*.js')
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('heading', { level: 1, name: 'Sources' }).waitFor()
    expect(stage.complainedOf(/Failed to fetch dynamically imported module/)).toBe(true)
  })
})
