import { describe, expect, test } from 'vitest'
import { done } from '../support/api.ts'
import { makeWebhook, readWebhook, secretOf, sendCall } from '../support/scenario.ts'
import { backends } from '../support/server.ts'
import { isSignedWith } from '../support/signature.ts'
import { useStage } from '../support/stage.ts'

describe.each(backends)('signing secrets on %s', (backend) => {
  const stage = useStage(backend)

  test('while a secret is being replaced both verify; afterwards only the new one does', async () => {
    const { api, url, arrivals } = await stage.scene()
    const webhook = await makeWebhook(api, { url })
    const { secret: old } = await secretOf(api, webhook)
    const rotated = await done(
      api.post<{ secret: string; previous: { secret: string }[] }>(
        `/v1/webhooks/${webhook.id}/rotate-secret`,
      ),
    )
    expect(rotated.previous.map(({ secret }) => secret)).toEqual([old])
    expect(rotated.secret).not.toBe(old)
    expect(await secretOf(api, webhook)).toEqual(rotated)
    expect((await readWebhook(api, webhook)).version).toBe(1)

    await sendCall(api)
    const [first] = await arrivals(1)
    for (const secret of [old, rotated.secret]) expect(isSignedWith(secret, first!)).toBe(true)

    stage.wind(25 * 3_600_000)
    await sendCall(api)
    const [, second] = await arrivals(2)
    expect(isSignedWith(rotated.secret, second!)).toBe(true)
    expect(isSignedWith(old, second!)).toBe(false)
    expect(await secretOf(api, webhook)).toEqual({ secret: rotated.secret, previous: [] })
  })
})
