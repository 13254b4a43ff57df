import { expect, test } from 'vitest'
import { tokenKinds } from '../../../data/tokens.ts'
import { firstCall } from './first-call.ts'

test('a call that writes carries its body', () => {
  expect(firstCall('ingest', 'https://hooks.acme.example', 'hl_abc')).toBe(
    [
      `curl -X PATCH 'https://hooks.acme.example/v1/records/lead/4831596' \\`,
      `  -H 'Authorization: Bearer hl_abc' \\`,
      `  -H 'Content-Type: application/json' \\`,
      `  -d '{"name":"Deal with ACME","price":12000}'`,
    ].join('\n'),
  )
})

test('a call that reads is short', () => {
  expect(firstCall('read', 'https://hooks.acme.example', 'hl_abc')).toBe(
    `curl 'https://hooks.acme.example/v1/deliveries?limit=5' \\\n  -H 'Authorization: Bearer hl_abc'`,
  )
})

test.each(tokenKinds)('there is one for %s, with the token in it', (kind) => {
  expect(firstCall(kind, 'http://127.0.0.1:8420', 'hl_abc')).toContain('Bearer hl_abc')
})
