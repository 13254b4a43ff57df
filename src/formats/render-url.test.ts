import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Fields } from '../model/index.ts'
import { exampleEvent } from './example-event.ts'
import { RenderError } from './render-error.ts'
import { appendQuery, checkUrlTemplate, compileUrl } from './render-url.ts'

const context = {
  webhook: { id: 'whk_1', name: 'A & B', description: '' },
  account: { id: 'acc_1', subdomain: 'acme' },
}

const render = (url: string, current: Fields = {}) => compileUrl(url)(exampleEvent({ current }), context)
const codes = (url: string) => checkUrlTemplate(url).map(({ code }) => code)

describe('a template', () => {
  test.each([
    'https://erp.example/hooks/{{ record.id }}',
    'https://erp.example/hooks?a={{current.price}}&b={{ webhook.name }}',
    'https://erp.example?id={{ record.id }}',
    'HTTPS://user:pw@erp.example:8443/{{ record.id }}',
    'http://[::1]:8420/i/{{ record.id }}',
    'https://erp.example/a}}b{c}',
    'https://erp.example',
  ])('%s is taken', (url) => {
    expect(checkUrlTemplate(url)).toEqual([])
  })

  test.each([
    ['{{ current.url }}', ['placeholder_in_origin']],
    ['{{ current.scheme }}://erp.example/', ['placeholder_in_origin']],
    ['https://{{ account.subdomain }}.example/', ['placeholder_in_origin']],
    ['https://erp.example:{{ current.port }}/', ['placeholder_in_origin']],
    ['https://erp.example{{ record.id }}/', ['placeholder_in_origin']],
    ['https://{{ current.user }}@erp.example/', ['placeholder_in_origin']],
    ['https://user@{{ current.host }}', ['placeholder_in_origin']],
    ['https:/{{ record.id }}/x', ['placeholder_in_origin']],
    ['https:///{{ record.id }}/x', ['placeholder_in_origin']],
    ['https:\\\\{{ record.id }}/x', ['placeholder_in_origin']],
    ['https://\\{{ record.id }}/x', ['placeholder_in_origin']],
    ['https:{{ record.id }}/x', ['placeholder_in_origin']],
    ['https://\t/{{ record.id }}', ['bad_url', 'placeholder_in_origin']],
    [' https://erp.example/{{ record.id }}', ['bad_url', 'placeholder_in_origin']],
    ['https://erp.example/a b', ['bad_url']],
    ['https://erp.example/\n{{ record.id }}', ['bad_url']],
    ['https://erp.example/{{ record.id', ['unclosed_placeholder']],
    ['https://erp.example/{{ record.id }}/{{', ['unclosed_placeholder']],
    ['https://erp.example/{{ }}', ['bad_path']],
    ['https://erp.example/{{ id }}', ['bad_path']],
    ['https://erp.example/{{ record.name }}/{{ record.id }}/{{ price }}', ['bad_path', 'bad_path']],
  ])('%j is refused', (url, expected) => {
    expect(codes(url)).toEqual(expected)
    for (const detail of checkUrlTemplate(url)) expect(detail.path).toBe('request.url')
  })
})

test('placeholders become values, percent-encoded', () => {
  const url =
    'https://erp.example/{{record.kind}}/{{ record.id }}?n={{ current.n }}&w={{ webhook.name }}&s={{ stage.name }}'
  expect(render(url, { n: 1.5 })).toBe('https://erp.example/lead/4831596?n=1.5&w=A%20%26%20B&s=Won')
  expect(render('https://erp.example/{{ current.a }}#{{ current.a }}', { a: '/?#\\@:ż\ud800' })).toBe(
    'https://erp.example/%2F%3F%23%5C%40%3A%C5%BC%EF%BF%BD#%2F%3F%23%5C%40%3A%C5%BC%EF%BF%BD',
  )
})

test('a missing value is empty, a list is its JSON', () => {
  expect(render('https://erp.example/{{ current.gone }}/{{ current.nothing }}x', { nothing: null })).toBe(
    'https://erp.example//x',
  )
  expect(render('https://erp.example/?t={{ current.tags }}', { tags: ['a', 'b'] })).toBe(
    'https://erp.example/?t=%5B%22a%22%2C%22b%22%5D',
  )
})

test('a value is not read as a template again', () => {
  expect(render('https://erp.example/{{ current.a }}', { a: '{{ record.id }}' })).toBe(
    'https://erp.example/%7B%7B%20record.id%20%7D%7D',
  )
})

test.each([
  ['https://erp.example/a/{{ current.v }}/b', '..'],
  ['https://erp.example/a/{{ current.v }}', '.'],
  ['https://erp.example/a/.{{ current.v }}', '.'],
  ['https://erp.example/a/.{{ current.v }}', ''],
  ['https://erp.example/a/%2{{ current.v }}.', 'e'],
  ['https://erp.example/a/%2E{{ current.v }}?x', '.'],
  ['https://erp.example/../a\\{{ current.v }}/', '..'],
])('%s does not climb with %j', (url, v) => {
  expect(() => render(url, { v })).toThrow(RenderError)
})

test('dots that do not climb are let through', () => {
  expect(render('https://erp.example/{{ current.v }}/b', { v: '...' })).toBe('https://erp.example/.../b')
  expect(render('https://erp.example/v{{ current.v }}', { v: '..' })).toBe('https://erp.example/v..')
  expect(render('https://erp.example/../{{ current.v }}', { v: 'a' })).toBe('https://erp.example/../a')
  expect(render('https://erp.example/?p=/{{ current.v }}', { v: '..' })).toBe('https://erp.example/?p=/..')
})

test('a URL never becomes longer than a server may take', () => {
  expect(() => render('https://erp.example/{{ current.v }}', { v: 'x'.repeat(65_000) })).not.toThrow()
  expect(() => render('https://erp.example/{{ current.v }}', { v: 'x'.repeat(65_536) })).toThrow(RenderError)
  expect(() => render('https://erp.example/{{ current.v }}', { v: 'ż'.repeat(20_000) })).toThrow(RenderError)
  expect(() => appendQuery('https://erp.example/', [['v', 'x'.repeat(65_536)]])).toThrow(RenderError)
})

test("the format's query stands behind the URL's own", () => {
  const query: [string, string][] = [
    ['a[b]', 'c d'],
    ['e', ''],
  ]
  expect(appendQuery('https://erp.example', query)).toBe('https://erp.example?a%5Bb%5D=c%20d&e=')
  expect(appendQuery('https://erp.example/?x=1', query)).toBe('https://erp.example/?x=1&a%5Bb%5D=c%20d&e=')
  expect(appendQuery('https://erp.example/?', query)).toBe('https://erp.example/?a%5Bb%5D=c%20d&e=')
  expect(appendQuery('https://erp.example/?x&', query)).toBe('https://erp.example/?x&a%5Bb%5D=c%20d&e=')
  expect(appendQuery('https://erp.example/?x#y', query)).toBe('https://erp.example/?x&a%5Bb%5D=c%20d&e=')
  expect(appendQuery('https://erp.example/#y', [])).toBe('https://erp.example/#y')
})

const nasty = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.stringMatching(/^[./\\@:?#%2eEfF{}[\]\t ]{0,8}$/),
  fc.constantFrom(
    '..',
    '.',
    '//evil.example',
    '@evil.example',
    ':99',
    '%2e%2e',
    'https://evil.example/',
    '\\\\evil',
  ),
)

test('whatever a field holds, a taken template keeps its origin, its depth and its neighbours', () => {
  const url = 'https://user:pw@erp.example:8443/a/{{ current.v }}/b?q={{ current.v }}&r=1'
  fc.assert(
    fc.property(nasty, (v) => {
      if (/^\.\.?$/.test(v)) {
        expect(() => render(url, { v })).toThrow(RenderError)
        return
      }
      const rendered = new URL(render(url, { v }))
      expect(rendered.origin).toBe('https://erp.example:8443')
      expect(rendered.username).toBe('user')
      const path = rendered.pathname.split('/')
      expect([path.length, path[1], path[3]]).toEqual([4, 'a', 'b'])
      expect(decodeURIComponent(path[2]!)).toBe(v.toWellFormed())
      expect(rendered.searchParams.get('q')).toBe(v.toWellFormed())
      expect(rendered.searchParams.get('r')).toBe('1')
    }),
    { numRuns: 1000 },
  )
})

test('of any template, what is taken keeps its origin for any value', () => {
  const piece = fc.constantFrom('https:', 'http:', '/', '\\', 'a', '.', '@', ':', '?', '#', '\t', ' ', '%2', '{{ current.v }}', '{{', '}}') // prettier-ignore
  const template = fc.oneof(
    fc.array(piece, { maxLength: 10 }).map((pieces) => pieces.join('')),
    fc.array(piece, { maxLength: 8 }).map((pieces) => `https://erp.example/${pieces.join('')}`),
    fc.array(piece, { maxLength: 8 }).map((pieces) => `https://${pieces.join('')}/{{ current.v }}`),
  )
  fc.assert(
    fc.property(template, nasty, (url, v) => {
      fc.pre(url.includes('current.v') && checkUrlTemplate(url).length === 0)
      const plain = URL.parse(url.replaceAll('{{ current.v }}', 'x'))
      fc.pre(plain !== null)
      let rendered: string
      try {
        rendered = render(url, { v })
      } catch (error) {
        expect(error).toBeInstanceOf(RenderError)
        expect((error as Error).message).not.toContain('another host')
        return
      }
      const { origin, username, password } = new URL(rendered)
      expect([origin, username, password]).toEqual([plain.origin, plain.username, plain.password])
    }),
    { numRuns: 2000 },
  )
})
