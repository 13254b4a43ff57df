import { describe, expect, it } from 'vitest'
import { languages } from '../model/index.ts'
import type { Fields, StageType, Text } from '../model/index.ts'
import { capabilities } from './capabilities/index.ts'
import { derive } from './derive.ts'
import { eventTypes, eventTypesOf, findEventType } from './event-type.ts'
import { defineKind, fieldsOf } from './kind.ts'
import { builtInKinds } from './kinds/index.ts'
import { systemEventTypes } from './system-events.ts'
import { vocabularyOf } from './vocabulary.ts'
import { findKind } from './index.ts'

function typesCalled(system: string, name: string): string[] {
  return eventTypes.filter(({ aliases }) => aliases[system]?.includes(name)).map(({ type }) => type)
}

// Typed in from the list on Upnify's page, in its order, letter for letter.
const upnifyEvents = [
  ['Mudança de fase do cliente', 'customer.stage_changed'],
  ['Mudança de fase das oportunidades', 'opportunity.stage_changed'],
  ['Conduz a mudança de fase', 'prospect.stage_changed'],
  ['Cliente arquivado', 'customer.archived'],
  ['Cliente compartilhado', 'customer.shared'],
  ['Cliente descartado', 'customer.discarded'],
  ['Cliente editado', 'customer.updated'],
  ['Cliente etiquetado', 'customer.tagged'],
  ['Cliente não compartilhado', 'customer.unshared'],
  ['Novo cliente', 'customer.created'],
  ['Cliente reativado', 'customer.reactivated'],
  ['Cliente reatribuído', 'customer.reassigned'],
  ['Citação criada', 'quote.created'],
  ['Oportunidade de vendas editadas', 'opportunity.updated'],
  ['Novas oportunidades de vendas', 'opportunity.created'],
  ['Oportunidade de vendas reativada', 'opportunity.reactivated'],
  ['Oportunidade de vendas reatribuídas', 'opportunity.reassigned'],
  ['Prospecto Arquivado', 'prospect.archived'],
  ['Prospecto compartilhado', 'prospect.shared'],
  ['Prospecto descartado', 'prospect.discarded'],
  ['Prospecto editado', 'prospect.updated'],
  ['Prospecto etiquetado', 'prospect.tagged'],
  ['Folheto não compartilhado', 'prospect.unshared'],
  ['Novo folheto', 'prospect.created'],
  ['Brochura reativada', 'prospect.reactivated'],
  ['Prospecto reatribuído', 'prospect.reassigned'],
  ['Seguimento do cliente', 'customer.follow_up_logged'],
  ['Seguimento das oportunidades', 'opportunity.follow_up_logged'],
  ['Seguimento para prospecção', 'prospect.follow_up_logged'],
  ['Nova venda', 'sale.created'],
] as const

describe('the names of other systems', () => {
  it('Upnify has thirty, and no other', () => {
    expect(upnifyEvents).toHaveLength(30)
    const ours = eventTypes.flatMap(({ aliases }) => aliases.upnify ?? [])
    expect(ours.sort()).toEqual(upnifyEvents.map(([name]) => name as string).sort())
  })

  it.each(upnifyEvents)('Upnify: %s is %s', (name, type) => {
    expect(typesCalled('upnify', name)).toEqual([type])
  })

  it.each([
    ['mail_in', 'email_received'],
    ['call_in', 'call_received'],
    ['chat', 'chat_message_received'],
    ['site_visit', 'site_visited'],
    ['status', 'stage_changed'],
    ['period', 'period_changed'],
  ])('amoCRM, digital pipeline: %s is %s of leads and customers', (name, action) => {
    expect(typesCalled('amocrm', name)).toEqual(
      expect.arrayContaining([`lead.${action}`, `customer.${action}`]),
    )
  })

  it.each([
    ['add_lead', 'lead.created'],
    ['update_lead', 'lead.updated'],
    ['delete_lead', 'lead.deleted'],
    ['restore_lead', 'lead.restored'],
    ['status_lead', 'lead.stage_changed'],
    ['responsible_lead', 'lead.reassigned'],
    ['note_lead', 'lead.note_added'],
    ['add_contact', 'contact.created'],
    ['restore_company', 'company.restored'],
    ['note_customer', 'customer.note_added'],
    ['responsible_task', 'task.reassigned'],
  ])('amoCRM, account: %s is %s', (name, type) => {
    expect(typesCalled('amocrm', name)).toEqual([type])
  })

  it.each([
    ['Dodanie kontaktu do systemu', 'contact.created'],
    ['Przypisano tag do kontaktu', 'contact.tagged'],
    ['Zmiany na etapach w lejkach sprzedażowych', 'contact.stage_changed'],
    ['Scoring kontaktu osiągnął', 'contact.score_changed'],
    ['Kontakt otworzył e-mail', 'contact.email_opened'],
    ['Kontakt kliknął link w e-mailu', 'contact.link_clicked'],
    ['Wysłanie automatycznej wiadomości', 'contact.email_sent'],
  ])('SALESmanago: %s is %s', (name, type) => {
    expect(typesCalled('salesmanago', name)).toEqual([type])
  })

  it('every kind names only events that it has', () => {
    for (const kind of builtInKinds) {
      const actions = eventTypesOf(kind).map(({ action }) => action)
      expect(actions).toEqual(expect.arrayContaining(Object.keys(kind.aliases ?? {})))
    }
  })
})

describe('event types', () => {
  it('are kinds × capabilities, each once', () => {
    const types = eventTypes.map(({ type }) => type)
    expect(types).toEqual([...new Set(types)])
    expect(types).toContain('lead.stage_changed')
    expect(types.filter((type) => type.startsWith('sale.'))).toEqual([
      'sale.created',
      'sale.updated',
      'sale.deleted',
      'sale.restored',
      'sale.reassigned',
    ])
    expect(types).not.toContain('contact.period_changed')
  })

  it('are found by their name, and nothing else is', () => {
    expect(findEventType('lead.stage_changed')).toMatchObject({ kind: 'lead', action: 'stage_changed' })
    expect(findEventType('lead.stage_change')).toBeUndefined()
    expect(findEventType('constructor')).toBeUndefined()
    expect(findKind('lead')?.name).toBe('lead')
    expect(findKind('toString')).toBeUndefined()
  })

  it('are called by kind and action in every language', () => {
    expect(findEventType('lead.stage_changed')!.title).toEqual({
      en: 'Lead: stage changed',
      ru: 'Сделка: смена этапа',
      pl: 'Lead: zmiana etapu',
      'pt-BR': 'Lead: mudança de etapa',
    })
  })

  it('accept transition operators just where the record had a state before', () => {
    const without = eventTypes.filter(({ transition }) => !transition)
    expect([...new Set(without.map(({ action }) => action))].sort()).toEqual(
      [
        'created',
        'deleted',
        ...eventTypes.filter(({ activity }) => activity).map(({ action }) => action),
      ].filter((action, index, all) => all.indexOf(action) === index).sort(), // prettier-ignore
    )
    expect(eventTypes.filter(({ activity, transition }) => activity && transition)).toEqual([])
  })

  it('of a kind that an account declares are made the same way', () => {
    const title = { en: 'Subscription', ru: 'Подписка', pl: 'Subskrypcja', 'pt-BR': 'Assinatura' }
    const [lifecycle] = capabilities
    const kind = defineKind({
      name: 'subscription',
      title,
      plural: title,
      capabilities: [lifecycle!],
      fields: {},
    })
    expect(eventTypesOf(kind).map(({ type }) => type)).toEqual([
      'subscription.created',
      'subscription.updated',
      'subscription.deleted',
      'subscription.restored',
    ])
  })
})

describe('an event type that an account declares', () => {
  const { eventTypes: known } = vocabularyOf({
    kinds: [],
    event_types: [{ type: 'contact.webinar_attended', title: 'Webinar attended', sample: { minutes: 42 } }],
    fields: [],
    pipelines: [],
    users: [],
  })

  it('is described by its title, which stands in every language', () => {
    const { title, description } = known.get('contact.webinar_attended')!
    for (const language of languages) {
      expect(title[language]).toBe('Webinar attended')
      expect(description[language]).toBe('Webinar attended')
    }
  })
})

describe('samples', () => {
  const stageTypes: Record<string, StageType> = { '142': 'won', '143': 'lost' }
  const changing = eventTypes.filter(({ transition }) => transition)

  it.each(changing)('$type: its sample is what such a write really gives', ({ kind, action, sample }) => {
    const before: Fields = { ...sample.current, ...sample.previous }
    const events = derive(findKind(kind)!, before, sample.current, {
      previous: sample.previous,
      restored: action === 'restored',
      stageType: (_pipelineId, stageId) => stageTypes[String(stageId)] ?? 'open',
    })
    expect(events).toContainEqual({ action, data: sample.data })
  })

  it('hold only fields that their kind has', () => {
    for (const { kind, sample } of eventTypes) {
      const fields = Object.keys(fieldsOf(findKind(kind)!))
      expect(fields).toEqual(expect.arrayContaining(Object.keys({ ...sample.current, ...sample.previous })))
    }
  })
})

describe('texts', () => {
  const texts: [string, Text][] = [
    ...builtInKinds.flatMap((kind): [string, Text][] => [
      [kind.name, kind.title],
      [`${kind.name}, plural`, kind.plural],
      ...Object.entries(fieldsOf(kind)).map(([name, { title }]): [string, Text] => [
        `${kind.name}.${name}`,
        title,
      ]),
    ]),
    ...capabilities.map(({ name, title }): [string, Text] => [name, title]),
    ...eventTypes.map(({ type, title }): [string, Text] => [type, title]),
    ...eventTypes.map(({ type, description }): [string, Text] => [`${type}, description`, description]),
    ...systemEventTypes.flatMap(({ type, title, description }): [string, Text][] => [
      [type, title],
      [`${type}, description`, description],
    ]),
  ]

  it.each(texts)('%s is said in four languages', (_name, text) => {
    expect(Object.keys(text).sort()).toEqual([...languages].sort())
    for (const language of languages) expect(text[language]).toMatch(/\S/)
    expect(text.ru).toMatch(/[а-я]/i)
  })

  it('no kind has two events of the same title', () => {
    for (const language of languages) {
      const titles = eventTypes.map(({ title }) => title[language])
      expect(titles).toEqual([...new Set(titles)])
    }
  })
})
