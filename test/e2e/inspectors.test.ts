import { describe, expect, test } from 'vitest'
import { done, type Page } from '../support/api.ts'
import { deliveryIn, makeWebhook, secretOf } from '../support/scenario.ts'
import { backends } from '../support/server.ts'
import { isSignedWith } from '../support/signature.ts'
import { call, useStage } from '../support/stage.ts'

describe.each(backends)('inspectors on %s', (backend) => {
  const stage = useStage(backend)

  test("the server's own inspector shows what it got, and answers as it was told", async () => {
    const { api } = await stage.server.newAccount()
    interface InspectorRequest {
      method: string
      query: string
      url: string
      body: string
      headers: [string, string][]
    }
    const inspector = await done(
      api.post<{ id: string; url: string }>('/v1/inspectors', {
        answer: { status: 202, body: 'noted', headers: [{ name: 'x-seen', value: 'yes' }] },
      }),
    )
    expect(new URL(inspector.url).origin).toBe(stage.server.url)
    const webhook = await makeWebhook(api, { url: `${inspector.url}/deals/{{ record.id }}?shop=7` })
    const { attempts } = await deliveryIn(api, await call(api, webhook), 'delivered')
    expect(attempts[0]!.response).toMatchObject({ status_code: 202, body: 'noted' })
    expect(attempts[0]!.response!.headers).toContainEqual(['x-seen', 'yes'])
    const { items } = await done(api.get<Page<InspectorRequest>>(`/v1/inspectors/${inspector.id}/requests`))
    expect(items).toHaveLength(1)
    const [request] = items
    const headers = Object.fromEntries(request!.headers)
    expect(request).toMatchObject({ method: 'POST', query: 'shop=7' })
    expect(request!.url).toMatch(/\/deals\/4831596\?shop=7$/)
    const { secret } = await secretOf(api, webhook)
    expect(isSignedWith(secret, { headers, body: Buffer.from(request!.body) })).toBe(true)

    // By hand over HTTP it is the same inspector.
    const answer = await fetch(`${inspector.url}?by=hand`, { method: 'PUT', body: 'hello' })
    expect([answer.status, await answer.text(), answer.headers.get('x-seen')]).toEqual([202, 'noted', 'yes'])
    const after = await done(api.get<Page<InspectorRequest>>(`/v1/inspectors/${inspector.id}/requests`))
    expect(after.items.map(({ method, body }) => [method, body])).toContainEqual(['PUT', 'hello'])
    expect(after.items).toHaveLength(2)
  })
})
