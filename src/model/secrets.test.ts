import { expect, test } from 'vitest'
import { maskSecrets, secretMask, unmaskSecrets } from './secrets.ts'
import type { Auth, WebhookRequest } from './webhook.ts'

function request(auth: Auth): { request: WebhookRequest } {
  return {
    request: {
      method: 'POST',
      url: 'https://erp.example/hooks',
      headers: [{ name: 'X-Key', value: 'top secret' }],
      auth,
      format: 'standard',
      options: {},
    },
  }
}

test.each<[Auth, Auth]>([
  [{ type: 'none' }, { type: 'none' }],
  [
    { type: 'basic', username: 'u', password: 'top secret' },
    { type: 'basic', username: 'u', password: secretMask },
  ],
  [
    { type: 'bearer', token: 'top secret' },
    { type: 'bearer', token: secretMask },
  ],
  [
    { type: 'header', name: 'X-Auth', value: 'top secret' },
    { type: 'header', name: 'X-Auth', value: secretMask },
  ],
])('%j is shown without its secret, and comes back whole', (auth, shown) => {
  const settings = request(auth)
  const masked = maskSecrets(settings)
  expect(masked.request.auth).toEqual(shown)
  expect(JSON.stringify(masked)).not.toContain('top secret')
  expect(unmaskSecrets(masked, settings.request)).toEqual(settings)
})
