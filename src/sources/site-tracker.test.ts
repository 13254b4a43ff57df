import { expect, test } from 'vitest'
import { siteTracker, urlCharactersMax } from './site-tracker.ts'
import { callOf } from './source.ts'

const signature = 'a'.repeat(64)
const context = { secret: 's', hmacSha256: () => signature }

function read(body: unknown, headers: [string, string][] = []) {
  const call = callOf({ contentType: 'text/plain', headers, body: JSON.stringify(body) })
  return siteTracker.read(call, {}, context)
}

const visit = { u: 'https://shop.example/', r: '', k: `lead:1:${signature}` }

test.each([
  [['DNT', '1'], true],
  [['dnt', ' 1'], true],
  [['Sec-GPC', '1'], true],
  [['DNT', '0'], false],
  [['X-DNT', '1'], false],
] as [[string, string], boolean][])('%j: left alone and not kept is %s', (header, left) => {
  const { items, leaveNoTrace } = read(visit, [header])
  expect(items).toHaveLength(left ? 0 : 1)
  expect(leaveNoTrace ?? false).toBe(left)
})

test.each([
  [{ ...visit, u: 'javascript:alert(1)' }, ['u']],
  [{ ...visit, u: 'https://' }, ['u']],
  [{ ...visit, u: 5 }, ['u']],
  [{ r: '', k: visit.k }, ['u']],
  [{ u: visit.u, r: '' }, ['k']],
  [{ ...visit, k: { kind: 'lead' } }, ['k']],
  [{}, ['u', 'k']],
  [[visit], ['']],
  ['visit', ['']],
])('%j is told and gives nothing', (body, paths) => {
  const { items, problems, answer } = read(body)
  expect(items).toEqual([])
  expect(problems.map(({ path }) => path)).toEqual(paths)
  expect(answer.status).toBe(204)
})

test('a referrer that is no address is none, and a long address is cut', () => {
  const long = `https://shop.example/${'😀'.repeat(urlCharactersMax)}`
  const [item] = read({ ...visit, u: long, r: 'android-app://mail' }).items
  const data = item!.do === 'activity' ? item!.data : {}
  expect(data['referrer']).toBeNull()
  expect(data['url']).toHaveLength(urlCharactersMax)
  expect((data['url'] as string).isWellFormed()).toBe(true)
})
