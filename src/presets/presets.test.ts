import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { mergeDraft, type WebhookDraft } from '../actions/webhooks/webhook-draft.ts'
import { eventTypes, systemTypeNames } from '../crm/index.ts'
import { checkUrlTemplate, findFormat } from '../formats/index.ts'
import { checkOptions, type CrmEvent, languages, type Text } from '../model/index.ts'
import { findRetryPolicy } from '../retry/index.ts'
import {
  findPreset,
  type Preset,
  type PresetExample,
  presetDraft,
  presets,
  type PresetWebhook,
} from './index.ts'

const knownEvents = new Set([...eventTypes.map(({ type }) => type), ...systemTypeNames])

/** What `POST /v1/webhooks` would keep of the preset's webhook with what the user was asked for laid over it. */
function settingsOf(preset: Preset, asked: PresetWebhook) {
  const draft = presetDraft(preset.name)!
  const request = { ...draft.request, ...asked.request }
  const { settings, errors } = mergeDraft({ ...draft, ...asked, request } as WebhookDraft, null)
  expect(errors).toEqual([])
  return settings
}

/** In the order of the model's keys, as events are stored. */
function eventOf({ type, record, current, previous, data, related }: PresetExample['event']): CrmEvent {
  return {
    id: 'evt_01',
    type,
    account_id: 'acc_01',
    external_id: null,
    occurred_at: '2026-11-20T09:00:00.000Z',
    received_at: '2026-11-20T09:00:00.120Z',
    sequence: 7,
    record,
    current,
    previous,
    data,
    related,
    actor: { kind: 'user', id: '12' },
    source: 'api',
    bulk: false,
    correlation_id: 'evt_01',
    caused_by: null,
  }
}

test('there are those of the documented systems, the standard one, and alerts', () => {
  expect(presets.map(({ name }) => name)).toEqual([
    'standard',
    'pipeline-trigger',
    'amocrm-pipeline',
    'amocrm-account',
    'salesmanago-rule',
    'key-value',
    'alert',
    'alert-slack',
    'alert-telegram',
  ])
})

test('alerts tell all that the server says of itself', () => {
  for (const name of ['alert', 'alert-slack', 'alert-telegram']) {
    expect(presetDraft(name)!.events).toEqual(systemTypeNames)
  }
})

test('there is no preset of an unknown name', () => {
  expect(findPreset('constructor')).toBeUndefined()
  expect(presetDraft('amocrm')).toBeUndefined()
})

test('a draft is called by the title, in the language asked for, and is nobody else’s', () => {
  expect(presetDraft('key-value', 'pt-BR')!.name).toBe('Chave e valor')
  presetDraft('key-value')!.events!.push('lead.created')
  expect(presetDraft('key-value')!.events).toEqual(['sale.created'])
})

test('amoCRM’s two webhooks differ as its page says: one try, or retried, within 2 s, off after 100 failures', () => {
  expect(presetDraft('amocrm-pipeline')!.delivery!.retry).toEqual({ policy: 'once' })
  expect(presetDraft('amocrm-account')!.delivery).toMatchObject({
    retry: { policy: 'schedule' },
    timeout_s: 2,
    disable_after_failures: 100,
  })
  for (const name of ['amocrm-pipeline', 'amocrm-account']) {
    expect(presetDraft(name)!.delivery!.on_gone).toBe('retry')
  }
})

describe.each(presets.map((preset) => [preset.name, preset] as const))('%s', (name, preset) => {
  test('is found by its name', () => {
    expect(findPreset(name)).toBe(preset)
  })

  test('speaks all languages', () => {
    const texts: Text[] = [preset.title, preset.description]
    for (const { title, hint } of preset.asks) texts.push(title, hint)
    for (const text of texts) {
      for (const language of languages) expect(text[language].trim()).not.toBe('')
    }
  })

  test('has its guide', () => {
    expect(existsSync(`docs/guide/${preset.guide}.en.md`)).toBe(true)
  })

  test('asks for the URL, and for nothing twice', () => {
    const paths = preset.asks.map(({ path }) => path)
    expect(paths).toContain('request.url')
    expect(new Set(paths).size).toBe(paths.length)
  })

  test('is a webhook that only lacks what it asks for', () => {
    const { events, request, delivery } = settingsOf(preset, {})
    for (const type of events) expect(knownEvents).toContain(type)
    const format = findFormat(request.format)!
    expect(format.methods).toContain(request.method)
    expect(checkOptions(format.options, request.options, '').errors).toEqual([])
    expect(format.check?.(request.options) ?? []).toEqual([])
    expect(format.warnings?.(request.options) ?? []).toEqual([])
    expect(format.cannotExpress?.(events, request.options) ?? []).toEqual([])
    const { policy, ...options } = delivery.retry
    expect(checkOptions(findRetryPolicy(policy)!.options, options, '').errors).toEqual([])
  })

  test.each(preset.examples.map((example) => [example.title, example] as const))('%s', (_title, example) => {
    const settings = settingsOf(preset, example.asked)
    const { url, method, format, options } = settings.request
    expect(checkUrlTemplate(url)).toEqual([])
    const context = {
      webhook: { id: 'whk_01', name: settings.name, description: settings.description },
      account: { id: 'acc_01', subdomain: 'acme' },
    }
    const event = eventOf(example.event)
    const rendered = findFormat(format)!.render({ event, context, options, method })
    expect({ method, ...rendered }).toEqual(example.sent)
  })
})
