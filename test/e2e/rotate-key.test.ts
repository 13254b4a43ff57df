/** The master key is exchanged while the servers are stopped; a wrong one is refused at the start, with a sentence. */
import { randomBytes } from 'node:crypto'
import { readFile, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { rotateKey } from '../../src/cli/rotate-key.ts'
import { done } from '../support/api.ts'
import { makeWebhook, secretOf, sendCall } from '../support/scenario.ts'
import { openReceiver } from '../support/receiver.ts'
import { backends, makePlace, type Place, startTestServer } from '../support/server.ts'

const newKey = () => randomBytes(32).toString('base64')

async function rotate(place: Place, environment: Record<string, string>): Promise<string> {
  const lines: string[] = []
  const out = (line: string) => void lines.push(line)
  await rotateKey.run([], { out, error: out, environment: { ...place.environment, ...environment } })
  return lines.join('\n')
}

/** A webhook with a secret, sent once; the server is stopped again. Answers its id and signing secret. */
async function makeSecret(place: Place, url: string) {
  await using server = await startTestServer({ backend: place.backend, place })
  const auth = { type: 'bearer', token: 'the-receivers-own-word' }
  const { id } = await makeWebhook(server.api, { url, request: { auth } })
  return { id, secret: (await secretOf(server.api, { id })).secret }
}

describe.each(backends)('%s: rotate-key', (backend) => {
  test('secrets are the same under the new key, and the old one is refused', async () => {
    await using place = await makePlace(backend)
    await using receiver = await openReceiver()
    const { id, secret } = await makeSecret(place, receiver.url)
    const old = place.environment['HOOKLINE_MASTER_KEY']!
    const key = newKey()
    const keys = { HOOKLINE_MASTER_KEY: key, HOOKLINE_MASTER_KEY_OLD: old }
    expect(await rotate(place, keys)).toContain('1 webhooks and 0 sources')
    expect(await rotate(place, keys)).toContain('already')

    await expect(startTestServer({ backend, place })).rejects.toThrow('The master key is not the one')
    await using server = await startTestServer({ backend, place, environment: { HOOKLINE_MASTER_KEY: key } })
    expect((await secretOf(server.api, { id })).secret).toBe(secret)
    await sendCall(server.api)
    const [request] = await receiver.waitFor(1)
    expect(request!.headers['authorization']).toBe('Bearer the-receivers-own-word')
  })

  test('a wrong old key changes nothing', async () => {
    await using place = await makePlace(backend)
    const { id, secret } = await makeSecret(place, 'https://erp.example/hooks')
    const wrong = { HOOKLINE_MASTER_KEY: newKey(), HOOKLINE_MASTER_KEY_OLD: newKey() }
    await expect(rotate(place, wrong)).rejects.toThrow('Neither the old nor the new key')
    await expect(rotate(place, {})).rejects.toThrow('HOOKLINE_MASTER_KEY')
    await using server = await startTestServer({ backend, place })
    expect((await secretOf(server.api, { id })).secret).toBe(secret)
  })
})

describe('sqlite: the key in a file', () => {
  async function filePlace() {
    const place = await makePlace('sqlite')
    const { HOOKLINE_MASTER_KEY: _, ...environment } = place.environment
    const path = join(environment['HOOKLINE_DATA_DIR']!, 'master.key')
    return { place: { ...place, environment } as Place, path, whole: place }
  }

  test('a new file takes the place of the old one, readable by its owner alone', async () => {
    const { place, path, whole } = await filePlace()
    await using _kept = whole
    const { id, secret } = await makeSecret(place, 'https://erp.example/hooks')
    const before = await readFile(path, 'utf8')
    await rotate(place, {})
    expect(await readFile(path, 'utf8')).not.toBe(before)
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    await using server = await startTestServer({ backend: 'sqlite', place })
    expect((await secretOf(server.api, { id })).secret).toBe(secret)
    await expect(rotate(place, {})).rejects.toThrow('Another Hookline server')
  })

  test('a rotation that was cut off before the file was exchanged is finished by the next', async () => {
    const { place, path, whole } = await filePlace()
    await using _kept = whole
    const { id, secret } = await makeSecret(place, 'https://erp.example/hooks')
    const before = await readFile(path, 'utf8')
    await rotate(place, {})
    await rename(path, `${path}.new`)
    await writeFile(path, before)
    await expect(startTestServer({ backend: 'sqlite', place })).rejects.toThrow('rotate-key` again')
    expect(await rotate(place, {})).toContain('already')
    await using server = await startTestServer({ backend: 'sqlite', place })
    expect((await secretOf(server.api, { id })).secret).toBe(secret)
    expect(await done(server.api.get('/v1/webhooks'))).toMatchObject({ items: [{ id }] })
  })
})
