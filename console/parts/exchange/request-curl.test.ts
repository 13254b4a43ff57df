import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import type { SentRequest } from '../../data/deliveries.ts'
import { curlOf } from './request-curl.ts'

const request = (changes: Partial<SentRequest> = {}): SentRequest => ({
  method: 'POST',
  url: 'https://erp.example/hooks',
  headers: [['content-type', 'application/json']],
  body: '{"a":1}',
  body_encoding: 'utf8',
  ...changes,
})

/** What curl would be given by a real shell: its arguments, and what is piped into it. */
function asRun(command: string): { words: string[]; input: string } {
  const script = `curl() { printf '%s\\0' "$@" end; if [ ! -t 0 ]; then cat; fi; }; ${command}`
  const [words, input] = execFileSync('sh', ['-c', script], { input: '' }).toString('latin1').split('end\0')
  return { words: (words ?? '').split('\0').slice(0, -1).map(fromBytes), input: input ?? '' }
}

const fromBytes = (bytes: string) => Buffer.from(bytes, 'latin1').toString('utf8')

test('a post is written over several lines', () => {
  expect(curlOf(request())).toBe(
    [
      `curl 'https://erp.example/hooks' \\`,
      `  --header 'content-type: application/json' \\`,
      `  --data-raw '{"a":1}'`,
    ].join('\n'),
  )
})

test('a get has no body and names no method', () => {
  expect(curlOf(request({ method: 'GET', body: null, headers: [] }))).toBe(`curl 'https://erp.example/hooks'`)
})

test.each([
  `it's $HOME and \`date\` and "quotes" and \\ and !`,
  'two\nlines and a tab\t',
  '@not-a-file',
  'Сделка с «Ромашкой» 🙂',
  `'`,
])('a shell hands on %j as it is', (text) => {
  const { words } = asRun(curlOf(request({ body: text, headers: [['x-note', text.replaceAll('\n', ' ')]] })))
  expect(words.at(-1)).toBe(text)
  expect(words).toContain(`x-note: ${text.replaceAll('\n', ' ')}`)
})

test('other methods are named', () => {
  expect(asRun(curlOf(request({ method: 'PUT' }))).words.slice(0, 2)).toEqual(['--request', 'PUT'])
  expect(asRun(curlOf(request({ method: 'DELETE', body: null }))).words.slice(0, 2)).toEqual([
    '--request',
    'DELETE',
  ])
  expect(asRun(curlOf(request({ method: 'POST', body: null }))).words.slice(0, 2)).toEqual([
    '--request',
    'POST',
  ])
})

test('brackets in an address are no patterns', () => {
  const url = 'https://erp.example/hooks?leads[0]={1}'
  expect(asRun(curlOf(request({ url }))).words.slice(0, 2)).toEqual(['--globoff', url])
})

test('what curl writes itself is left to it', () => {
  const headers: [string, string][] = [
    ['Host', 'erp.example'],
    ['Content-Length', '7'],
    ['x-mine', '1'],
  ]
  const { words } = asRun(curlOf(request({ headers })))
  expect(words.filter((word) => /host|length/i.test(word))).toEqual([])
  expect(words).toContain('x-mine: 1')
})

test('a header without a value is sent, and a body without a type has none', () => {
  const { words } = asRun(curlOf(request({ headers: [['x-empty', '']] })))
  expect(words).toContain('x-empty;')
  expect(words).toContain('content-type:')
})

test('bytes that are no text come through a pipe', () => {
  const bytes = Buffer.from([0, 255, 1, 10, 39])
  const command = curlOf(request({ body: bytes.toString('base64'), body_encoding: 'base64' }))
  const { words, input } = asRun(command)
  expect(words.slice(-2)).toEqual(['--data-binary', '@-'])
  expect(Buffer.from(input, 'latin1').equals(bytes)).toBe(true)
})

test('text with NUL comes through a pipe, too', () => {
  const { input } = asRun(curlOf(request({ body: 'ż\0b' })))
  expect(fromBytes(input)).toBe('ż\0b')
})
