import { describe, expect, test } from 'vitest'
import { mergeDraft, type WebhookDraft } from '../../../src/actions/webhooks/webhook-draft.ts'
import { catalogueFor } from '../../../src/catalogue/index.ts'
import type { Catalogue } from '../../data/catalogue.ts'
import type { Webhook } from '../../data/webhooks.ts'
import { emptySettings, fillsIn, settingsOf, settingsOfPreset, withLink } from './start-settings.ts'

const catalogue = catalogueFor(
  { kinds: [], event_types: [], fields: [], pipelines: [], users: [] },
  'en',
) as Catalogue

test('an empty form stands at the server’s own defaults', () => {
  expect(emptySettings).toEqual(mergeDraft({}, null).settings)
})

describe.each(catalogue.presets.map((preset) => [preset.name, preset] as const))(
  'preset %s',
  (_name, preset) => {
    test('means the same as when the server starts from it', () => {
      const settings = settingsOfPreset(preset, catalogue)
      const byServer = mergeDraft(preset.webhook as WebhookDraft, null).settings
      const { options: _options, ...request } = byServer.request
      const { retry, ...delivery } = byServer.delivery
      expect(settings).toMatchObject({ ...byServer, name: '', request, delivery })
      expect(settings.request.options).toMatchObject(byServer.request.options)
      expect(settings.delivery.retry).toMatchObject(retry)
    })
  },
)

test('options stand at their defaults from the start', () => {
  expect(settingsOfPreset({ webhook: { request: { format: 'params' } } }, catalogue).request.options).toEqual(
    {
      encoding: 'json',
      params: [],
    },
  )
  expect(settingsOfPreset(null, catalogue).delivery.retry['waits_s']).toHaveLength(9)
})

test('a preset that sends by GET is not signed where it does not say so', () => {
  const webhook = { request: { method: 'GET', format: 'params' } }
  expect(settingsOfPreset({ webhook }, catalogue).delivery.signing).toBe('none')
})

describe('a link', () => {
  const linked = (query: string) => withLink(emptySettings, new URLSearchParams(query))

  test('puts a trigger on a stage', () => {
    expect(linked('event=lead.stage_changed&pipeline=1&stage=2&name=Hot')).toMatchObject({
      name: 'Hot',
      events: ['lead.stage_changed'],
      scope: [{ pipeline_id: '1', stage_ids: ['2'] }],
      entering: 'moved_or_created',
    })
  })

  test('names several stages, or the whole pipeline', () => {
    expect(linked('pipeline=1&stage=2&stage=3').scope).toEqual([{ pipeline_id: '1', stage_ids: ['2', '3'] }])
    expect(linked('pipeline=1').scope).toEqual([{ pipeline_id: '1' }])
  })

  test('asks for no way of coming where no event is about stages', () => {
    expect(linked('event=lead.won&pipeline=1').entering).toBe('moved')
  })

  test('without anything leaves all as it was', () => {
    expect(linked('preset=standard')).toEqual(emptySettings)
    expect(fillsIn(new URLSearchParams('preset=standard'))).toBe(false)
    expect(fillsIn(new URLSearchParams('stage=2'))).toBe(true)
  })
})

test('of a webhook only the settings are edited', () => {
  const webhook = { ...emptySettings, id: 'whk_1', version: 3, status: 'active' } as Webhook
  expect(settingsOf(webhook)).toEqual(emptySettings)
})
