/** Any system's JSON, and visits of a site: what they say becomes records, activities and events. */
import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { done } from '../support/api.ts'
import { fromPreset, write } from '../support/crm-steps.ts'
import { backends } from '../support/server.ts'
import { history, keptCalls, makeSource, readSource, record, types } from '../support/source-steps.ts'
import { useStage } from '../support/stage.ts'

describe.each(backends)('sources on %s', (backend) => {
  const stage = useStage(backend)

  test('any JSON: the places of a body fill records, in its own words', async () => {
    const { api } = await stage.server.newAccount()
    const map = [
      { to: 'record.kind', from: 'path', value: 'object' },
      { to: 'record.id', from: 'path', value: 'id' },
      { to: 'event', from: 'path', value: '$.event' },
      { to: 'fields.name', from: 'path', value: 'attributes.title' },
      { to: 'fields.price', from: 'path', value: 'attributes.amount' },
      { to: 'fields.stage_id', from: 'path', value: 'attributes.stage' },
      { to: 'old.stage_id', from: 'path', value: 'was.stage' },
      { to: 'fields.origin', from: 'value', value: 'partner' },
      { to: 'as_of', from: 'path', value: 'updated' },
    ]
    const options = {
      items: 'data',
      map,
      kinds: [{ name: 'Deal', means: 'lead' }],
      events: [
        { name: 'deal.added', means: 'created' },
        { name: 'deal.moved', means: 'updated' },
      ],
    }
    const source = await makeSource(api, 'generic-json', options)
    const tell = async (body: unknown) => {
      const response = await fetch(source.url, { method: 'POST', body: JSON.stringify(body) })
      return { status: response.status, said: (await response.json()) as { taken: number } }
    }
    const deal = (attributes: object, updated: string, more: object = {}) => ({
      object: 'Deal',
      id: 'A-1',
      attributes,
      updated,
      ...more,
    })
    const first = deal({ title: 'Roof', amount: '500', stage: 'offer' }, '2026-11-20T09:00:00+01:00')
    expect(await tell({ event: 'deal.added', data: [first] })).toMatchObject({
      status: 200,
      said: { taken: 1 },
    })
    const moved = deal({ stage: 'won' }, '2026-11-20T09:05:00+01:00', { was: { stage: 'offer' } })
    expect(await tell({ event: 'deal.moved', data: [moved, { object: 'Deal' }] })).toMatchObject({
      status: 200,
      said: { taken: 1, problems: [{ path: 'data[1]' }] },
    })
    expect(await types(api)).toEqual(['lead.created A-1', 'lead.stage_changed A-1'])
    expect((await record(api, 'lead', 'A-1')).fields).toMatchObject({
      name: 'Roof',
      price: 500,
      stage_id: 'won',
      origin: 'partner',
    })
    expect(await keptCalls(api, source)).toMatchObject([{ items: 1, problems: [{ path: 'data[1]' }] }])
  })

  describe('visits of a site', () => {
    const page = 'https://shop.example/prices?page=2'

    interface Visit {
      /** The element that the page holds. */
      script: string
      navigator?: Record<string, unknown>
    }

    /** Loads `/t.js` and runs it as the visitor's browser would; resolves with the answers to what it sent. */
    async function visit({ script, navigator = {} }: Visit): Promise<number[]> {
      const attribute = (name: string) => new RegExp(` ${name}="([^"]*)"`).exec(script)?.[1]
      const src = attribute('src')!
      const loaded = await fetch(src)
      expect(loaded.headers.get('content-type')).toMatch(/^text\/javascript/)
      const sent: Promise<number>[] = []
      const sendBeacon = (url: string, body: string) => {
        sent.push(fetch(url, { method: 'POST', body }).then((response) => response.status))
        return true
      }
      const dataset = { source: attribute('data-source'), visitor: attribute('data-visitor') }
      const window = { navigator: { sendBeacon, ...navigator }, location: { href: `${page}#top` } }
      const document = { currentScript: { src, dataset }, referrer: 'https://search.example/' }
      runInNewContext(await loaded.text(), { window, document, URL })
      return Promise.all(sent)
    }

    async function tracked() {
      const { api } = await stage.server.newAccount()
      const source = await makeSource(api, 'site-tracker')
      const sign = (id: string) =>
        done(
          api.post<{ token: string; script: string }>(`/v1/sources/${source.id}/visitor-token`, {
            kind: 'lead',
            id,
          }),
        )
      return { api, source, sign }
    }

    test('a known lead opens a page: the webhook of the digital pipeline says site_visit', async () => {
      const { api, source, sign } = await tracked()
      await write(api, 'lead', '4921027', { pipeline_id: '752662', stage_id: '16203334' })
      const url = `${stage.receiver.url}/visit-${source.id}`
      await fromPreset(api, 'amocrm-pipeline', {
        name: 'Visits',
        events: ['lead.site_visited'],
        request: { url },
      })
      const { script } = await sign('4921027')
      expect(await visit({ script })).toEqual([204])
      const [, event] = await history(api)
      expect(event).toMatchObject({
        type: 'lead.site_visited',
        record: { kind: 'lead', id: '4921027' },
        data: { url: page, referrer: 'https://search.example/' },
        source: 'site-tracker',
      })
      const path = new URL(url).pathname
      const [request] = (await stage.receiver.waitFor((all) => all.some((one) => one.path === path))).filter(
        (one) => one.path === path,
      )
      expect(decodeURIComponent(request!.body.toString())).toBe(
        'leads[site_visit][0][id]=4921027&leads[site_visit][0][pipeline_id]=752662&leads[site_visit][0][status_id]=16203334',
      )
    })

    test('nobody can say that they are another lead', async () => {
      const { api, source, sign } = await tracked()
      const { script, token } = await sign('1')
      expect(token).toMatch(/^lead:1:[0-9a-f]{64}$/)
      expect(await visit({ script: script.replace('lead:1:', 'lead:2:') })).toEqual([204])
      // A token of one source is nothing to another.
      const other = await makeSource(api, 'site-tracker')
      expect(await visit({ script: script.replace(source.token, other.token) })).toEqual([204])
      expect(await history(api)).toEqual([])
      for (const one of [source, other])
        expect(await keptCalls(api, one)).toMatchObject([{ items: 0, problems: [{ path: 'k' }] }])
    })

    test('a visitor who asked not to be tracked leaves no trace', async () => {
      const { api, source, sign } = await tracked()
      const { script, token } = await sign('1')
      for (const navigator of [{ doNotTrack: '1' }, { globalPrivacyControl: true }])
        expect(await visit({ script, navigator })).toEqual([])
      // Nor does another script that tells all the same.
      const body = JSON.stringify({ u: page, r: '', k: token })
      for (const name of ['dnt', 'sec-gpc'])
        expect((await fetch(source.url, { method: 'POST', headers: { [name]: '1' }, body })).status).toBe(204)
      expect(await history(api)).toEqual([])
      expect(await keptCalls(api, source)).toEqual([])
      expect(await readSource(api, source)).toMatchObject({ calls: 0, items: 0, problems: 0 })
    })
  })
})
