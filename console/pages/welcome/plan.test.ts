import { describe, expect, test } from 'vitest'
import { presets } from '../../../src/presets/index.ts'
import { systemTypeNames } from '../../../src/crm/index.ts'
import { findFormat } from '../../../src/formats/index.ts'
import type { Preset } from '../../data/catalogue.ts'
import type { Inspector } from '../../data/inspectors.ts'
import type { Pipeline, Stage } from '../../data/pipelines.ts'
import type { CrmRecord } from '../../data/records.ts'
import type { Webhook } from '../../data/webhooks.ts'
import { addsMoves, findGuide, guideWebhook, isAlert, wayOf } from './plan.ts'

const stage = (id: string, type: Stage['type'] = 'open'): Stage => ({
  id,
  name: id,
  type,
  color: null,
  origin: 'declared',
})
const sales: Pipeline = {
  kind: 'lead',
  id: 'sales',
  name: 'Sales',
  origin: 'declared',
  stages: [stage('new'), stage('offer'), stage('won', 'won')],
}
const starter = {
  kind: 'lead',
  id: 'first',
  name: 'First',
  stages: [
    { id: 'a', name: 'A' },
    { id: 'b', name: 'B' },
  ],
}

describe('where the lead is moved', () => {
  test('in the pipeline that is there', () => {
    expect(wayOf([sales], starter)).toMatchObject({
      exists: true,
      pipeline: { id: 'sales' },
      from: { id: 'new' },
      to: { id: 'offer' },
    })
  })

  test('in one that people made rather than in one that was discovered', () => {
    const discovered: Pipeline = { ...sales, id: '752662', origin: 'discovered' }
    expect(wayOf([discovered, sales], starter).pipeline.id).toBe('sales')
    expect(wayOf([discovered], starter).pipeline.id).toBe('752662')
  })

  test('in a new one where there is none with two stages', () => {
    const lone: Pipeline = { ...sales, stages: [stage('only')] }
    const other: Pipeline = { ...sales, kind: 'customer' }
    expect(wayOf([lone, other], starter)).toMatchObject({
      exists: false,
      pipeline: { id: 'first' },
      from: { id: 'a' },
      to: { id: 'b' },
    })
  })

  test('from an open stage, also where the first one is not', () => {
    const odd: Pipeline = { ...sales, stages: [stage('won', 'won'), stage('lost', 'lost'), stage('new')] }
    expect(wayOf([odd], starter)).toMatchObject({ from: { id: 'new' }, to: { id: 'won' } })
  })
})

describe('every preset about records', () => {
  const described = presets.map((preset) => ({ ...preset, asks: preset.asks }) as unknown as Preset)
  const alerts = described.filter((preset) => isAlert(preset, [...systemTypeNames]))

  test('is told from the alerts', () => {
    expect(alerts.map(({ name }) => name)).toEqual(['alert', 'alert-slack', 'alert-telegram'])
  })

  test.each(
    described.filter((preset) => !alerts.includes(preset)).map((preset) => [preset.name, preset] as const),
  )('%s makes a webhook that a move sends', (_name, preset) => {
    const way = wayOf([sales], starter)
    const draft = guideWebhook(preset, way, 'http://127.0.0.1:8420/i/x')
    const events = draft.events ?? (preset.webhook['events'] as string[])
    expect(events).toContain('lead.stage_changed')
    expect(draft.events === undefined).toBe(!addsMoves(preset))
    const { format, options } = (preset.webhook['request'] ?? {}) as { format: string; options: never }
    expect(findFormat(format)?.cannotExpress?.(events, options) ?? []).toEqual([])
  })

  test('with a stage to choose stands on the one that the lead is moved to', () => {
    const trigger = described.find(({ name }) => name === 'pipeline-trigger')!
    expect(guideWebhook(trigger, wayOf([sales], starter), 'http://x').scope).toEqual([
      { pipeline_id: 'sales', stage_ids: ['offer'] },
    ])
    const standard = described.find(({ name }) => name === 'standard')!
    expect(guideWebhook(standard, wayOf([sales], starter), 'http://x')).not.toHaveProperty('scope')
  })
})

describe('what was made before', () => {
  const inspector = { id: 'ins_1', url: 'http://127.0.0.1:8420/i/abc' } as Inspector
  const webhook = {
    id: 'whk_1',
    request: { url: inspector.url },
    scope: [{ pipeline_id: 'sales', stage_ids: ['won'] }],
  } as Webhook
  const record: CrmRecord = {
    kind: 'lead',
    id: 'first-lead',
    state: 'present',
    fields: { pipeline_id: 'sales', stage_id: 'new' },
    sequence: 1,
    created_at: '',
    updated_at: '',
  }
  const there = {
    webhooks: [webhook],
    inspectors: [inspector],
    pipelines: [sales],
    record,
    remembered: null,
    demoLoaded: false,
  }

  test('is found by any browser', () => {
    expect(findGuide(there)).toMatchObject({
      webhook: { id: 'whk_1' },
      way: { from: { id: 'new' }, to: { id: 'won' } },
    })
  })

  test('is only what this browser remembers where there are others', () => {
    expect(findGuide({ ...there, demoLoaded: true })).toBeNull()
    expect(findGuide({ ...there, demoLoaded: true, remembered: 'whk_1' })).not.toBeNull()
    expect(findGuide({ ...there, remembered: 'whk_other' })).toBeNull()
  })

  test('is nothing where a part of it was deleted', () => {
    expect(findGuide({ ...there, inspectors: [] })).toBeNull()
    expect(findGuide({ ...there, pipelines: [] })).toBeNull()
    expect(findGuide({ ...there, record: null })).toBeNull()
    expect(findGuide({ ...there, record: { ...record, state: 'deleted' } })).toBeNull()
  })
})
