import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Api, done } from '../support/api.ts'
import { consolePages } from '../support/console-pages.ts'
import { noBrowser, useConsole } from '../support/console.ts'
import type { TestAccount } from '../support/server.ts'

/** What the overview and the history are called. */
const titles = {
  en: ['Overview', 'History'],
  ru: ['Обзор', 'История'],
  pl: ['Przegląd', 'Historia'],
  'pt-BR': ['Visão geral', 'Histórico'],
} as const
type Language = keyof typeof titles

/** English words that mean nothing in the other three languages. */
const english =
  /\b(the|and|with|are|not|from|this|that|new|edit|save|delete|close|copy|open|search|loading|actions|clear|show|choose|remove|more|name|event|events|record|records|delivery|deliveries|attempts|settings|never|ago|empty)\b/i

/** Addresses, paths in them, codes of events, names of headers, a method, and what a button of Slack is called. */
const foreign = /https?:\S+|\/\S+|\{\{[^}]*\}\}|\w+\.\w+|\w+(-\w+)+|DELETE|Add New Webhook/g

const mainPages = ['/', '/pipelines', '/webhooks/:id/edit', '/history/:id', '/events/:id']

describe.skipIf(noBrowser)('the language', () => {
  const stage = useConsole()
  let team: TestAccount
  beforeAll(async () => {
    team = await stage.server.newAccount()
    // What people wrote themselves is Russian in all languages: no English, either.
    await done(team.api.post('/v1/demo', { language: 'ru' }))
  })

  test.each([
    ['ru-RU', 'ru'],
    ['pl', 'pl'],
    ['pt-BR', 'pt-BR'],
    ['pt-PT', 'pt-BR'],
    ['de-DE', 'en'],
  ] as const)('of a browser that speaks %s is %s', async (locale, language) => {
    const { page } = await stage.visit({ language: locale })
    await speaks(page, language)
  })

  test('is switched by anybody, here and at the next visit', async () => {
    const { page, open } = await stage.visit({ path: '/history' })
    for (const [language, name] of [
      ['pl', 'Polski'],
      ['pt-BR', 'Português (Brasil)'],
      ['ru', 'Русский'],
    ] as const) {
      await page
        .locator('header')
        .getByRole('button', { name: /^(Language|Język|Idioma)$/ })
        .click()
      await page.getByRole('menuitem', { name }).click()
      await page.getByRole('heading', { level: 1, name: titles[language][1] }).waitFor()
    }
    await open('/')
    await speaks(page, 'ru')
  })

  test('of a member is what the member has chosen, in every browser', async () => {
    const { page, person } = await stage.visit({ path: '/settings/profile', language: 'en' })
    await page.getByRole('combobox', { name: 'Language of the console' }).click()
    await page.getByRole('option', { name: 'Русский' }).click()
    await page.getByRole('heading', { level: 1, name: 'Мой профиль' }).waitFor()

    const { page: other } = await stage.visit({ role: null, path: '/sign-in', language: 'pl' })
    await other.getByRole('heading', { level: 1, name: 'Logowanie' }).waitFor()
    await other.getByLabel('E-mail').fill(person!.email)
    await other.locator('input[type=password]').fill(person!.password)
    await other.locator('button[type=submit]').click()
    await speaks(other, 'ru')
  })

  test.each([
    ['ru', consolePages],
    ['pl', consolePages.filter(({ route }) => mainPages.includes(route))],
    ['pt-BR', consolePages.filter(({ route }) => mainPages.includes(route))],
  ] as const)('has no English left in %s', async (language, pages) => {
    const { page, open } = await stage.visit({ account: team, path: '/settings/profile', language })
    const found: Record<string, string[]> = {}
    for (const { route, path, outside } of pages) {
      if (outside) continue
      await open(await path(team.api))
      await page
        .locator('.mantine-Skeleton-root, .mantine-Loader-root')
        .first()
        .waitFor({ state: 'detached' })
      const left = (await linesOn(page)).filter((line) => english.test(line.replaceAll(foreign, '')))
      if (left.length > 0) found[route] = left
    }
    expect(found).toEqual({})
  })

  test.each([
    ['ru', ['1 событие.', '2 события.', '5 событий.', '21 событие.']],
    ['pl', ['1 zdarzenie.', '2 zdarzenia.', '5 zdarzeń.', '21 zdarzeń.']],
  ] as const)('has the plural forms of %s', async (language, forms) => {
    const { page, api, open } = await stage.visit({ path: '/settings/profile', language })
    for (const form of forms) {
      const count = Number.parseInt(form)
      await makeEvents(api, count)
      await open(`/events?record_kind=lead&record_id=${count}`)
      await page.getByText(new RegExp(`: ${form}$`)).waitFor()
    }
  })
})

/** So many events of a lead of its own. */
async function makeEvents(api: Api, count: number): Promise<void> {
  for (let price = 1; price <= count; price++) await done(api.put(`/v1/records/lead/${count}`, { price }))
}

/** The overview is open, in this language. */
async function speaks(page: Page, language: Language): Promise<void> {
  await page.getByRole('heading', { level: 1, name: titles[language][0] }).waitFor()
  await page.getByRole('link', { name: titles[language][1], exact: true }).waitFor()
  expect(await page.locator('html').getAttribute('lang')).toBe(language)
}

/** Everything that is read or heard, but for code. */
function linesOn(page: Page): Promise<string[]> {
  return page
    .locator('body *:not(code, code *, pre, pre *, script, noscript, style, title)')
    .evaluateAll((all) => [
      ...new Set(
        all.flatMap((one) => [
          ...Array.from(one.childNodes as Iterable<{ nodeType: number; textContent: string }>)
            .filter(({ nodeType }) => nodeType === 3)
            .map(({ textContent }) => textContent.trim()),
          ...['aria-label', 'title', 'placeholder', 'alt'].map(
            (name) => one.getAttribute(name)?.trim() ?? '',
          ),
        ]),
      ),
    ])
}
