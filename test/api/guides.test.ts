/** The guides as pages: each in every language, with links that lead somewhere, and nothing that runs. */
import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Api, ProblemAnswer } from '../support/api.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

const folder = 'docs/guide'
const files = readdirSync(folder)
const languages = ['en', 'ru', 'pl', 'pt-BR']

/** Where a file is served, in its own language. */
function addressOf(file: string): string {
  const [name = '', language = 'en'] = file.replace(/\.md$/, '').split('.')
  return `/docs/guide${name === 'README' ? '' : `/${name}`}?language=${language}`
}

let server: TestServer
let open: Api

beforeAll(async () => {
  server = await startTestServer({ backend: 'sqlite' })
  open = server.api.with({ authorization: '' })
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
})

async function read(path: string, headers: Record<string, string> = {}): Promise<string> {
  const { status, body } = await open.get<string>(path, { headers })
  expect([path, status]).toEqual([path, 200])
  return body
}

const idsOf = (page: string) => new Set([...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id))
const titleOf = (page: string) => /<h1>(.+?)<\/h1>/.exec(page)?.[1]

describe.each(files)('%s', (file) => {
  const text = readFileSync(`${folder}/${file}`, 'utf8')
  const title = text.split('\n', 1)[0]!.slice(2)

  test('is a page that loads and runs nothing', async () => {
    const { headers, body } = await open.get<string>(addressOf(file))
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-[^ ]+; base/,
    )
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('vary')).toBe('accept-language')
    // Outside of what is said: text that looks like a tag is written as text.
    expect(body).not.toMatch(
      /<(script|img|link|iframe|form|base|object)\b|javascript:|<[^>]*\s(on\w+|style)=/i,
    )
    expect(titleOf(body)).toBe(title)
    const language = /\.(ru|pl|pt-BR)\.md$/.exec(file)?.[1] ?? 'en'
    expect(body).toContain(`<main lang="${language}">`)
  })

  test('says all that is written: each heading, table and piece of code', async () => {
    const page = await read(addressOf(file))
    const main = page.slice(page.indexOf('<main'), page.indexOf('</main>'))
    const prose = text.replaceAll(/^( *)```.*?^\1```$/gms, '')
    expect(main.match(/<h[1-6][ >]/g)).toHaveLength(prose.match(/^#+ /gm)!.length)
    expect(main.match(/<pre/g)?.length ?? 0).toBe((text.match(/^ *```/gm)?.length ?? 0) / 2)
    expect(main.match(/<table>/g)?.length ?? 0).toBe(prose.match(/^\|(?: -+:? \|)+$/gm)?.length ?? 0)
    // None are served.
    expect(prose).not.toMatch(/!\[/)
    expect(main).not.toMatch(/<a [^>]*>(?:(?!<\/a>).)*<a /s)
  })

  test('leads somewhere with every link and anchor, and loses none', async () => {
    const page = await read(addressOf(file))
    const links = [...page.matchAll(/ href="([^"]+)"/g)].map(([, href]) => href!.replaceAll('&amp;', '&'))
    for (const href of new Set(links)) {
      if (href.startsWith('https://')) continue
      const [path = '', anchor] = href.split('#', 2)
      const target = path === '' ? page : path === '/' ? '' : await read(path)
      if (anchor !== undefined) expect(idsOf(target)).toContain(anchor)
    }
    const main = page.slice(page.indexOf('<main'), page.indexOf('</main>'))
    // What lies outside of the folder is not served; of the API there is the reference.
    const written = [...text.matchAll(/(?<!!)\[[^\]]+\]\((?!\.\.\/(?!openapi\.json))[^)]+\)/g)]
    // Not the headings, and not the other languages.
    expect(main.match(/<a href="(?!#)[^"]*">/g)?.length ?? 0).toBe(written.length)
  })

  test('is offered in all of its languages', async () => {
    const name = file.split('.', 1)[0]!
    const others = files.filter((other) => other !== file && other.split('.', 1)[0] === name)
    const page = await read(addressOf(file))
    for (const other of others) expect(page).toContain(`href="${addressOf(other)}" hreflang=`)
  })
})

describe('the language', () => {
  const path = '/docs/guide/amocrm-account'
  const [english, russian] = ['amoCRM account webhook', 'Вебхук аккаунта amoCRM']

  test('is the one asked for, else the browser’s, else English', async () => {
    const russians = { 'accept-language': 'ru-RU,ru;q=0.9,en;q=0.8' }
    expect(titleOf(await read(`${path}?language=ru`))).toBe(russian)
    expect(titleOf(await read(path, russians))).toBe(russian)
    expect(titleOf(await read(`${path}?language=en`, russians))).toBe(english)
    expect(titleOf(await read(path))).toBe(english)
    expect(titleOf(await read(`${path}?language=tlh`))).toBe(english)
  })

  test('stays while reading, where it was asked for', async () => {
    const menuOf = (page: string) =>
      [...page.matchAll(/<li lang="[^"]+"><a href="([^"]+)"/g)].map(([, to]) => to!)
    const asked = menuOf(await read(`${path}?language=ru`))
    expect(asked.length).toBeGreaterThan(15)
    expect(asked.filter((href) => !href.endsWith('?language=ru'))).toEqual([])
    expect(menuOf(await read(path)).filter((href) => href.includes('?'))).toEqual([])
  })

  test.each(languages)('%s: everything around a guide is said in it', async (language) => {
    const page = await read(`/docs/guide/conditions?language=${language}`)
    expect(page).toContain(`<html lang="${language}">`)
    // Written in English only.
    expect(page).toContain('<main lang="en">')
    const words = JSON.parse(readFileSync(`console/i18n/${language}/common.json`, 'utf8')) as {
      nav: Record<string, string>
    }
    expect(page).toContain(`<a href="/docs">${words.nav['reference']}</a>`)
    expect(page).toContain(`?language=${language}">${words.nav['guides']}</a>`)
  })
})

test('the contents lead to every guide, and so does the reference', async () => {
  const page = await read('/docs/guide')
  expect(titleOf(page)).toBe('Guides')
  for (const file of files) {
    if (file !== 'README.md') expect(page).toContain(`href="/docs/guide/${file.split('.', 1)[0]}"`)
  }
  expect(await read('/docs/guide/')).toBe(page)
  expect(await read('/docs')).toContain('href="/docs/guide"')
})

test('a page is not sent again to who has it', async () => {
  for (const path of ['/docs/guide', '/docs/guide/sources', '/docs']) {
    const { headers } = await open.get(path)
    const etag = headers.get('etag')!
    expect(headers.get('cache-control')).toBe('no-cache')
    const again = await open.get(path, { headers: { 'if-none-match': `W/${etag}, "other"` } })
    expect([again.status, again.body, again.headers.get('etag')]).toEqual([304, '', etag])
    const head = await open.call('HEAD', path)
    expect([head.status, head.body]).toEqual([200, ''])
  }
  const [english, russian] = [
    await open.get('/docs/guide/alert'),
    await open.get('/docs/guide/alert?language=ru'),
  ]
  expect(russian.headers.get('etag')).not.toBe(english.headers.get('etag'))
})

test.each([
  'nothing',
  'constructor',
  '__proto__',
  'amocrm-pipeline.ru',
  'sources.md',
  '..%2f..%2fpackage.json',
  '..%2fsettings',
  '%3Cscript%3Ealert(1)%3C%2Fscript%3E',
  '%22%20onload%3D%22alert(1)',
  'sources%00',
])('there is no guide "%s", and the answer is no page', async (name) => {
  const browser = { accept: 'text/html' }
  const { status, body, headers } = await open.get<ProblemAnswer>(`/docs/guide/${name}`, { headers: browser })
  expect(status).toBe(404)
  expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
  expect(body).toMatchObject({ code: 'not_found' })
  expect(body.detail).toContain('/docs/guide')
})

test('a language cannot bring anything into a page', async () => {
  for (const language of ['"><script>', 'ru"><script>', '&language=ru'])
    expect(await read(`/docs/guide/alert?language=${encodeURIComponent(language)}`)).toBe(
      await read('/docs/guide/alert'),
    )
})
