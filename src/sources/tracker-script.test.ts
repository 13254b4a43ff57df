import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { siteTracker } from './site-tracker.ts'
import { callOf } from './source.ts'
import { trackerScript } from './tracker-script.ts'

interface Page {
  href: string
  referrer: string
  dataset: Record<string, string>
  src: string
  navigator: Record<string, unknown>
  windowExtra: Record<string, unknown>
  currentScript: object | null
}

/** Runs the script as a page would, and answers what it sent. */
function visit(page: Partial<Page> = {}, beacon: boolean | 'missing' | 'throws' = true) {
  const {
    href = 'https://shop.example/prices',
    referrer = '',
    dataset = { source: 'tok_1', visitor: 'lead:1:aa' },
    src = 'https://hooks.shop.example/t.js',
    navigator = {},
    windowExtra = {},
  } = page
  const sent: { by: 'beacon' | 'fetch'; url: string; body: string; init?: RequestInit }[] = []
  const sendBeacon = (url: string, body: string) => {
    if (beacon === 'throws') throw new Error('blocked')
    if (beacon === true) sent.push({ by: 'beacon', url, body })
    return beacon
  }
  const window = {
    navigator: { ...(beacon === 'missing' ? {} : { sendBeacon }), ...navigator },
    location: { href },
    fetch: (url: string, init: RequestInit) => {
      sent.push({ by: 'fetch', url, body: init.body as string, init })
      return Promise.reject(new Error('offline'))
    },
    ...windowExtra,
  }
  const currentScript = page.currentScript === null ? null : { dataset, src }
  runInNewContext(trackerScript, { window, document: { currentScript, referrer }, URL })
  return sent
}

test('is a few hundred bytes of plain ASCII that can stand in any page', () => {
  expect(trackerScript.length).toBeLessThan(800)
  expect(trackerScript).toMatch(/^[\x20-\x7e]+$/)
  expect(trackerScript).not.toContain('</')
})

test('tells the page, where from, and who, beside its own address', () => {
  expect(visit({ href: 'https://shop.example/prices?p=2#top', referrer: 'https://search.example/' })).toEqual(
    [
      {
        by: 'beacon',
        url: 'https://hooks.shop.example/in/tok_1',
        body: '{"u":"https://shop.example/prices?p=2","r":"https://search.example/","k":"lead:1:aa"}',
      },
    ],
  )
})

test('works below a path, and with a token that needs encoding', () => {
  const [sent] = visit({
    src: 'https://shop.example/hooks/t.js?v=1',
    dataset: { source: 'a/b', visitor: 'k' },
  })
  expect(sent!.url).toBe('https://shop.example/hooks/in/a%2Fb')
})

test('takes the visitor from a link, and does not pass the token on in the address', () => {
  const [sent] = visit({ href: 'https://shop.example/?a=1&hl=contact:2:bb', dataset: { source: 's' } })
  expect(JSON.parse(sent!.body)).toEqual({ u: 'https://shop.example/?a=1', r: '', k: 'contact:2:bb' })
})

test.each([
  [{ navigator: { doNotTrack: '1' } }],
  [{ navigator: { doNotTrack: 'yes' } }],
  [{ windowExtra: { doNotTrack: '1' } }],
  [{ navigator: { globalPrivacyControl: true } }],
  [{ dataset: { source: 's' } }],
  [{ currentScript: null }],
  [{ href: 'about:blank', src: 'not an address' }],
])('sends nothing: %j', (page) => {
  expect(visit(page)).toEqual([])
})

test('sends where tracking was allowed', () => {
  expect(visit({ navigator: { doNotTrack: '0', globalPrivacyControl: false } })).toHaveLength(1)
  expect(visit({ navigator: { doNotTrack: 'unspecified' } })).toHaveLength(1)
})

test.each(['missing', false] as const)('a beacon that is %s is made up for by a fetch', (beacon) => {
  const [sent] = visit({}, beacon)
  expect(sent).toMatchObject({
    by: 'fetch',
    url: 'https://hooks.shop.example/in/tok_1',
    init: { method: 'POST', keepalive: true, mode: 'no-cors', credentials: 'omit' },
  })
})

test('never breaks the page', () => {
  expect(visit({}, 'throws')).toEqual([])
})

test('its source reads what it sends', () => {
  const [sent] = visit({ referrer: 'https://search.example/' })
  const context = { secret: 's', hmacSha256: () => 'a'.repeat(64) }
  const body = sent!.body.replace('lead:1:aa', `lead:1:${'a'.repeat(64)}`)
  const { items } = siteTracker.read(callOf({ contentType: 'text/plain;charset=UTF-8', body }), {}, context)
  expect(items).toEqual([
    {
      do: 'activity',
      record: { kind: 'lead', id: '1' },
      type: 'site_visited',
      data: { url: 'https://shop.example/prices', referrer: 'https://search.example/' },
      occurred_at: null,
      external_id: null,
    },
  ])
})
