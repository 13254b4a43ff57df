import { describe, expect, it } from 'vitest'
import type { AccountField, CrmUser, Fields, Pipeline } from '../model/index.ts'
import { contact } from './kinds/contact.ts'
import { lead } from './kinds/lead.ts'
import { sale } from './kinds/sale.ts'
import { linksOf, relatedOf, secondHopOf } from './related.ts'
import type { RelatedInput } from './related.ts'

const sales: Pipeline = {
  kind: 'lead',
  id: '752662',
  name: 'Sales',
  origin: 'declared',
  stages: [
    { id: '16203334', name: 'Offer', type: 'open', color: null, origin: 'declared' },
    { id: '142', name: 'Won', type: 'won', color: null, origin: 'declared' },
  ],
}
const repeat: Pipeline = {
  kind: 'lead',
  id: '9',
  name: 'Repeat sales',
  origin: 'declared',
  stages: [{ id: '142', name: 'Bought again', type: 'won', color: null, origin: 'declared' }],
}
const users: CrmUser[] = [
  { id: '7', name: 'Olga', email: 'olga@shop.example', origin: 'declared' },
  { id: '9', name: 'Piotr', email: null, origin: 'declared' },
]
const records: Record<string, Fields> = {
  'contact 88': { name: 'Anna', email: 'anna@acme.example', phone: null, vip: true, tags: ['a'], company_id: '42' },
  'contact 89': { name: 'Jan' },
  'company 42': { name: 'ACME', employees: 12 },
  'company 43': { name: 'Beta' },
  'customer 31': { name: 'Lima', email: 'lima@shop.example' },
} // prettier-ignore

function linked(kind: string, id: string): Fields | null {
  return records[`${kind} ${id}`] ?? null
}

function related(input: Partial<RelatedInput>) {
  return relatedOf({
    kind: lead,
    current: {},
    previous: {},
    data: {},
    linked,
    pipelines: new Map([sales, repeat].map((pipeline) => [pipeline.id, pipeline])),
    users: new Map(users.map((user) => [user.id, user])),
    fields: [],
    ...input,
  })
}

function accountField(name: string, more: Partial<AccountField>): AccountField {
  return {
    kind: 'lead',
    name,
    title: name,
    type: 'text',
    choices: null,
    links: null,
    origin: 'declared',
    ...more,
  }
}

describe('stages, pipelines and owners', () => {
  it('are named as they are now', () => {
    const current = { pipeline_id: '752662', stage_id: '142', owner_id: '7' }
    expect(related({ current })).toEqual({
      pipeline: { id: '752662', name: 'Sales' },
      stage: { id: '142', name: 'Won', type: 'won' },
      owner: { id: '7', name: 'Olga', email: 'olga@shop.example' },
    })
  })

  it('and as they were, where the event says so, also where it is the same pipeline', () => {
    const current = { pipeline_id: '752662', stage_id: '142', owner_id: '7' }
    const data = {
      old_pipeline_id: '752662',
      pipeline_id: '752662',
      old_stage_id: '16203334',
      stage_id: '142',
    }
    expect(related({ current, previous: { stage_id: '16203334' }, data })).toMatchObject({
      stage: { name: 'Won' },
      old_stage: { id: '16203334', name: 'Offer', type: 'open' },
      pipeline: { name: 'Sales' },
      old_pipeline: { id: '752662', name: 'Sales' },
    })
    expect(related({ current, data })).not.toHaveProperty('old_owner')
  })

  it('an old stage is looked up in the old pipeline', () => {
    const current = { pipeline_id: '752662', stage_id: '142' }
    expect(related({ current, previous: { pipeline_id: '9' } })).toEqual({
      pipeline: { id: '752662', name: 'Sales' },
      old_pipeline: { id: '9', name: 'Repeat sales' },
      stage: { id: '142', name: 'Won', type: 'won' },
    })
    expect(related({ current, previous: { pipeline_id: '9', stage_id: '142' } })).toMatchObject({
      old_stage: { id: '142', name: 'Bought again', type: 'won' },
    })
  })

  it('an old owner stands beside the new one', () => {
    expect(related({ current: { owner_id: '9' }, previous: { owner_id: '7' } })).toEqual({
      owner: { id: '9', name: 'Piotr', email: null },
      old_owner: { id: '7', name: 'Olga', email: 'olga@shop.example' },
    })
    expect(related({ current: { owner_id: null }, previous: { owner_id: '7' } })).toEqual({
      old_owner: { id: '7', name: 'Olga', email: 'olga@shop.example' },
    })
    expect(related({ current: { owner_id: '9' }, previous: { owner_id: null } })).toEqual({
      owner: { id: '9', name: 'Piotr', email: null },
    })
  })

  it('are called by their id where nobody named them', () => {
    expect(related({ current: { pipeline_id: '1', stage_id: 'x', owner_id: '5' } })).toEqual({
      pipeline: { id: '1', name: '1' },
      stage: { id: 'x', name: 'x', type: 'open' },
      owner: { id: '5', name: '5', email: null },
    })
  })

  it('are taken from the data of an event that came ready-made', () => {
    const data = { old_pipeline_id: 752662, pipeline_id: 752662, old_stage_id: 16203334, stage_id: 142 }
    expect(related({ data })).toMatchObject({
      stage: { id: '142', name: 'Won', type: 'won' },
      old_stage: { id: '16203334', name: 'Offer' },
    })
  })
})

describe('linked records', () => {
  it('bring their id and all their plain values', () => {
    expect(related({ current: { contact_id: '88', company_id: '43' } })).toEqual({
      contact: { name: 'Anna', email: 'anna@acme.example', vip: true, company_id: '42', id: '88' },
      company: { name: 'Beta', id: '43' },
    })
  })

  it("company is the record's own, else its contact's", () => {
    expect(related({ current: { contact_id: '88' } }).company).toEqual({
      name: 'ACME',
      employees: 12,
      id: '42',
    })
    expect(related({ current: { contact_id: '89' } })).not.toHaveProperty('company')
    expect(related({ kind: contact, current: { company_id: '42' } }).company).toMatchObject({ name: 'ACME' })
  })

  it('that nobody wrote yet bring their id only', () => {
    expect(related({ current: { contact_id: '404' } })).toEqual({ contact: { id: '404' } })
  })

  it('a sale brings its customer', () => {
    expect(related({ kind: sale, current: { customer_id: '31' } })).toEqual({
      customer: { name: 'Lima', email: 'lima@shop.example', id: '31' },
    })
  })

  it('an id is never taken from a field of that name', () => {
    const odd = () => ({ id: 'their own', name: 'Anna' })
    expect(related({ current: { contact_id: '88' }, linked: odd }).contact).toMatchObject({ id: '88' })
  })
})

describe('fields that an account declared', () => {
  const fields = [
    accountField('partner_id', { type: 'link', links: 'company' }),
    accountField('referrer', { type: 'link', links: 'contact' }),
    accountField('manager_id', { type: 'user' }),
    accountField('elsewhere_id', { type: 'link', links: 'company', kind: 'sale' }),
    accountField('contact_id', { type: 'link', links: 'company' }),
  ]

  it('point as the built-in ones do, under their own names', () => {
    const current = {
      partner_id: '43',
      referrer: '89',
      manager_id: '9',
      elsewhere_id: '43',
      contact_id: '88',
    }
    const found = related({ current, previous: { manager_id: '7' }, fields })
    expect(found).toMatchObject({
      partner: { id: '43', name: 'Beta' },
      referrer: { id: '89', name: 'Jan' },
      manager: { id: '9', name: 'Piotr' },
      old_manager: { id: '7', name: 'Olga' },
      contact: { name: 'Anna' },
    })
    expect(found).not.toHaveProperty('elsewhere')
  })
})

describe('linksOf and secondHopOf', () => {
  it('name what must be read', () => {
    const links = linksOf(lead, { contact_id: '88', owner_id: '7', company_id: null }, [])
    expect(links).toEqual([{ name: 'contact', kind: 'contact', id: '88' }])
    expect(secondHopOf(links, linked)).toEqual({ name: 'company', kind: 'company', id: '42' })
  })

  it('need no second hop where the record names its company, or the contact none', () => {
    expect(secondHopOf(linksOf(lead, { contact_id: '88', company_id: '43' }, []), linked)).toBeNull()
    expect(secondHopOf(linksOf(lead, { contact_id: '89' }, []), linked)).toBeNull()
    expect(secondHopOf([], linked)).toBeNull()
  })

  it('relatedOf asks for nothing else', () => {
    const current = { contact_id: '88', owner_id: '7', pipeline_id: '752662', stage_id: '142' }
    const links = linksOf(lead, current, [])
    const known = new Set([...links, secondHopOf(links, linked)!].map(({ kind, id }) => `${kind} ${id}`))
    const asked = new Set<string>()
    related({
      current,
      linked: (kind, id) => {
        asked.add(`${kind} ${id}`)
        return linked(kind, id)
      },
    })
    expect(asked).toEqual(known)
  })
})
