import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { serveConsole } from './console.ts'

const script = 'export const answer = 42\n'.repeat(20)

let builtTo: string
let app: FastifyInstance

beforeAll(() => {
  builtTo = mkdtempSync(join(tmpdir(), 'console-'))
  mkdirSync(join(builtTo, 'assets'))
  writeFileSync(join(builtTo, 'index.html'), '<!doctype html><meta property="csp-nonce" nonce="%nonce%">')
  writeFileSync(join(builtTo, 'icon.svg'), '<svg/>')
  writeFileSync(join(builtTo, 'assets/page-Ab12.js'), script)
  writeFileSync(join(builtTo, 'assets/page-Ab12.js.br'), brotliCompressSync(script))
  app = Fastify()
  const sendPage = serveConsole(app, builtTo)
  app.setNotFoundHandler((_request, reply) => sendPage(reply))
})
afterAll(async () => {
  await app.close()
  rmSync(builtTo, { recursive: true, force: true })
})

describe('a file whose name changes with its content', () => {
  const url = '/assets/page-Ab12.js'

  test('is kept by browsers for good, packed for those that can unpack it', async () => {
    const packed = await app.inject({ url, headers: { 'accept-encoding': 'gzip, br' } })
    expect(packed.headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-encoding': 'br',
      vary: 'accept-encoding',
      'x-content-type-options': 'nosniff',
    })
    const plain = await app.inject({ url })
    expect(plain.headers['content-encoding']).toBeUndefined()
    expect(plain.body).toBe(script)
  })

  test('is not sent again to who has it', async () => {
    const { headers } = await app.inject({ method: 'HEAD', url })
    expect(headers['content-length']).toBe(String(script.length))
    const again = await app.inject({ url, headers: { 'if-none-match': String(headers.etag) } })
    expect([again.statusCode, again.body]).toEqual([304, ''])
  })
})

test('the icon is read once, and answered also to HEAD', async () => {
  rmSync(join(builtTo, 'icon.svg'))
  const icon = await app.inject('/icon.svg')
  expect([icon.statusCode, icon.body, icon.headers['content-type']]).toEqual([200, '<svg/>', 'image/svg+xml'])
  const head = await app.inject({ method: 'HEAD', url: '/icon.svg' })
  expect([head.statusCode, head.body]).toEqual([200, ''])
})

test('the page is kept by nobody, since each answer has a nonce of its own', async () => {
  const [first, second] = [await app.inject('/webhooks'), await app.inject('/webhooks')]
  expect(first.headers['cache-control']).toBe('no-store')
  expect(first.body).not.toContain('%nonce%')
  expect(first.body).not.toBe(second.body)
  expect((await app.inject({ method: 'HEAD', url: '/webhooks' })).statusCode).toBe(200)
})
