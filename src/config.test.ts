import { describe, expect, test } from 'vitest'
import { readConfig } from './config.ts'

describe('readConfig', () => {
  test('nothing set: the documented defaults', () => {
    const config = readConfig({})
    expect(config).toMatchObject({
      host: '127.0.0.1',
      port: 8420,
      role: 'all',
      databaseUrl: null,
      bodyBytesMax: 1_048_576,
    })
  })

  test('every wrong setting is named at once', () => {
    const wrong = {
      HOOKLINE_PORT: '99999',
      HOOKLINE_ROLE: 'boss',
      HOOKLINE_ADMIN_TOKEN: 'hl_short',
      HOOKLINE_MASTER_KEY: 'short',
      HOOKLINE_PUBLIC_URL: 'https://example.com/path',
      HOOKLINE_TRUSTED_PROXIES: '10.0.0.0/8, 10.0.0.1/33',
      HOOKLINE_PROT: '1',
    }
    for (const name of Object.keys(wrong)) expect(() => readConfig(wrong)).toThrow(name)
  })

  test('a process that only sends or only listens needs PostgreSQL', () => {
    expect(() => readConfig({ HOOKLINE_ROLE: 'worker' })).toThrow('DATABASE_URL')
    expect(readConfig({ HOOKLINE_ROLE: 'worker', DATABASE_URL: 'postgres://localhost/hookline' }).role).toBe(
      'worker',
    )
  })

  test('a secret is not in the error about it', () => {
    const token = 'hl_this-is-no-token-but-secret'
    expect(() => readConfig({ HOOKLINE_ADMIN_TOKEN: token })).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining(token) }),
    )
  })
})
