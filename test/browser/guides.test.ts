import { describe, expect, test } from 'vitest'
import { noBrowser, seriousFindings, useConsole } from '../support/console.ts'

describe.skipIf(noBrowser)('the guides', () => {
  const stage = useConsole()

  test('of a preset are a click away, in the language of the console', async () => {
    const { page, context } = await stage.visit({
      path: '/webhooks/new?preset=amocrm-pipeline',
      language: 'ru',
    })
    const opened = context.waitForEvent('page')
    await page.getByRole('link', { name: 'Пошаговое руководство' }).click()
    const guide = await opened
    await guide.getByRole('heading', { level: 1, name: 'Вебхуки цифровой воронки amoCRM' }).waitFor()
    await guide.getByRole('link', { name: 'Webhooks в цифровой воронке' }).click()
    await guide.getByRole('heading', { level: 1, name: 'Webhooks в цифровой воронке' }).waitFor()
    await guide.getByRole('link', { name: 'English' }).click()
    await guide.getByRole('heading', { level: 1, name: 'Trigger on a pipeline stage' }).waitFor()
  })

  test('all of them are below the navigation', async () => {
    const { page, context } = await stage.visit({ path: '/settings/profile' })
    const opened = context.waitForEvent('page')
    await page.getByRole('link', { name: 'Guides', exact: true }).click()
    await (await opened).getByRole('heading', { level: 1, name: 'Guides' }).waitFor()
  })

  test.each(['/docs/guide', '/docs/guide/conditions', '/docs/guide/amocrm-pipeline?language=ru'])(
    '%s can be read by all, without a sign-in, in both colour schemes and on a phone',
    async (path) => {
      const { page } = await stage.visit({ role: null, path })
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        expect(await seriousFindings(page)).toEqual([])
      }
      await page.setViewportSize({ width: 360, height: 740 })
      const tooWide = 'document.documentElement.scrollWidth - document.documentElement.clientWidth'
      expect(await page.evaluate(tooWide)).toBe(0)
      expect(await seriousFindings(page)).toEqual([])
    },
  )
})
