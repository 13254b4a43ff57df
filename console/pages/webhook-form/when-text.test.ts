import { createInstance } from 'i18next'
import { beforeAll, describe, expect, test } from 'vitest'
import { catalogueFor } from '../../../src/catalogue/index.ts'
import type { Catalogue } from '../../data/catalogue.ts'
import type { Pipeline } from '../../data/pipelines.ts'
import type { WebhookSettings } from '../../data/webhooks.ts'
import en from '../../i18n/en/form.json' with { type: 'json' }
import pl from '../../i18n/pl/form.json' with { type: 'json' }
import ptBR from '../../i18n/pt-BR/form.json' with { type: 'json' }
import ru from '../../i18n/ru/form.json' with { type: 'json' }
import type { Language } from '../../i18n/languages.ts'
import { suggestName } from './suggest-name.ts'
import { whenText } from './when-text.ts'

const stage = (id: string, name: string) => ({
  id,
  name,
  type: 'open' as const,
  color: null,
  origin: 'declared' as const,
})
const pipelines: Pipeline[] = [
  {
    kind: 'lead',
    id: '1',
    name: 'Sales',
    origin: 'declared',
    stages: [stage('w', 'Won'), stage('o', 'Offer')],
  },
  { kind: 'lead', id: '2', name: 'Returns', origin: 'declared', stages: [] },
  { kind: 'customer', id: '3', name: 'Care', origin: 'declared', stages: [stage('n', 'New')] },
]

const words = createInstance()
beforeAll(() =>
  words.init({
    lng: 'en',
    defaultNS: 'form',
    resources: { en: { form: en }, ru: { form: ru }, pl: { form: pl }, 'pt-BR': { form: ptBR } },
    interpolation: { escapeValue: false },
  }),
)

function said(when: Partial<WebhookSettings>, language: Language = 'en') {
  const catalogue = catalogueFor(
    { kinds: [], event_types: [], fields: [], pipelines: [], users: [] },
    language,
  ) as Catalogue
  const titleOf = (event: string) => catalogue.events.find(({ type }) => type === event)?.title ?? event
  return whenText(
    { events: [], scope: [], entering: 'moved', ...when },
    { t: words.getFixedT(language, 'form'), language, catalogue, pipelines, titleOf },
  )
}

const wonOrOffer = [{ pipeline_id: '1', stage_ids: ['w', 'o'] }]

describe('a move to a stage', () => {
  const events = ['lead.stage_changed']

  test('says how the record comes there', () => {
    expect(said({ events, scope: wonOrOffer }).clauses).toEqual(['Lead: moved to Won or Offer of Sales'])
    expect(said({ events, scope: wonOrOffer, entering: 'created' }).clauses).toEqual([
      'Lead: created in Won or Offer of Sales',
    ])
    expect(said({ events, scope: wonOrOffer, entering: 'moved_or_created' }).clauses).toEqual([
      'Lead: moved to Won or Offer of Sales, or created there',
    ])
  })

  test('in every language', () => {
    const when = { events, scope: wonOrOffer }
    expect(said(when, 'ru').clauses).toEqual(['Сделка: переход на этап «Won» или «Offer» воронки «Sales»'])
    expect(said(when, 'pl').clauses).toEqual(['Lead: przejście na etap „Won” lub „Offer” w lejku „Sales”'])
    expect(said(when, 'pt-BR').clauses).toEqual(['Lead: mudança para “Won” ou “Offer” do funil “Sales”'])
  })

  test('to several pipelines, as a whole, by ids that nobody named, in periods', () => {
    const scope = [...wonOrOffer, { pipeline_id: '2' }, { pipeline_id: '9', stage_ids: ['x'] }]
    expect(said({ events, scope }).clauses).toEqual([
      'Lead: moved to Won or Offer of Sales, to any stage of Returns or to x of 9',
    ])
    expect(said({ events, scope: [{ pipeline_id: '2', period_ids: ['7', '8'] }] }).clauses).toEqual([
      'Lead: moved to any stage of Returns, in the period 7 or 8',
    ])
  })
})

test('other events happen while the record stands there', () => {
  expect(said({ events: ['lead.email_received', 'lead.stage_changed'], scope: wonOrOffer }).clauses).toEqual([
    'Lead: moved to Won or Offer of Sales',
    'Lead: e-mail received, while in Won or Offer of Sales',
  ])
})

test('each kind has its own pipelines, and what can never happen is said', () => {
  const { clauses, never } = said({ events: ['*.stage_changed', 'task.created'], scope: wonOrOffer })
  expect(clauses).toEqual(['Lead: moved to Won or Offer of Sales'])
  expect(never).toEqual(['Customers', 'Contacts', 'Prospects', 'Opportunities', 'Tasks'])
})

test('without a place it is the events, of which some are named', () => {
  expect(said({ events: ['lead.won', 'task.completed'] }).clauses).toEqual(['Lead: won or Task: completed'])
  const many = ['lead.won', 'lead.lost', 'lead.created', 'lead.deleted', 'lead.tagged', 'lead.shared']
  expect(said({ events: many }).clauses).toEqual(['Lead: won, Lead: lost, Lead: created or 3 more events'])
  expect(said({ events: [] })).toEqual({ clauses: [], never: [] })
})

describe('a name for who gave none', () => {
  const name = (events: string[], scope: WebhookSettings['scope'], url: string) =>
    suggestName({ events, scope, request: { url } }, { pipelines, titleOf: (event) => `<${event}>` })

  test('is the stage, or the event, and where it goes', () => {
    expect(name(['lead.stage_changed'], wonOrOffer, 'https://erp.example/x')).toBe(
      'Won, Offer (Sales) → erp.example',
    )
    expect(name(['lead.stage_changed'], [{ pipeline_id: '2' }, { pipeline_id: '1' }], '')).toBe('Returns +1')
    expect(name(['lead.won', 'lead.lost'], [], 'https://erp.example:8443/{{ record.id }}')).toBe(
      '<lead.won> +1 → erp.example:8443',
    )
    expect(name(['lead.won'], [{ pipeline_id: 'unknown' }], 'nonsense')).toBe('<lead.won>')
    expect(name([], wonOrOffer, 'https://erp.example')).toBe('')
  })

  test('fits', () => {
    expect(name([`lead.${'x'.repeat(500)}`], [], '')).toHaveLength(200)
  })
})
