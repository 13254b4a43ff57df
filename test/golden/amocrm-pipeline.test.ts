import qs from 'qs'
import { describe, expect, test } from 'vitest'
import { findFormat } from '../../src/formats/index.ts'
import type { CrmEvent } from '../../src/model/index.ts'
import { amocrmPipeline, type GoldenBody } from './amocrm-pipeline.ts'

const format = findFormat('amocrm')!

const context = {
  webhook: { id: 'whk_01', name: 'To the warehouse', description: '' },
  account: { id: 'acc_01', subdomain: 'acme' },
}

function eventOf({ type, record, current, previous, data }: GoldenBody): CrmEvent {
  return {
    id: 'evt_01',
    type,
    account_id: 'acc_01',
    external_id: null,
    occurred_at: '2026-11-20T09:00:00.000Z',
    received_at: '2026-11-20T09:00:00.120Z',
    sequence: 1,
    record,
    current,
    previous,
    data,
    related: {},
    actor: { kind: 'api', id: null },
    source: 'api',
    bulk: false,
    correlation_id: 'evt_01',
    caused_by: null,
  }
}

describe.each(amocrmPipeline.map((golden) => [golden.title, golden] as const))('%s', (_title, golden) => {
  const render = (encoding: string) =>
    format.render({
      event: eventOf(golden),
      context,
      options: { body: 'pipeline', encoding },
      method: 'POST',
    })

  test('as a form', () => {
    const { contentType, body, query } = render('form')
    expect(body).toBe(golden.form)
    expect(decodeURIComponent(body!)).toBe(golden.decoded)
    expect(contentType).toBe('application/x-www-form-urlencoded')
    expect(query).toEqual([])
  })

  test('as JSON', () => {
    const { contentType, body, query } = render('json')
    expect(body).toBe(golden.json)
    expect(contentType).toBe('application/json')
    expect(query).toEqual([])
  })

  test('both say the same to a receiver', () => {
    const asText = JSON.parse(golden.json, (_key, value) =>
      typeof value === 'number' ? String(value) : value,
    )
    expect(qs.parse(render('form').body!)).toEqual(asText)
  })
})
