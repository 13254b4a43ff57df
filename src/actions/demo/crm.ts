/** What the sales team has at hand before the story begins: pipelines, people, records. */
import type { AccountField, CrmUser, Fields, Pipeline, RecordRef, Stage } from '../../model/index.ts'
import { leadStages, opportunityStages } from './demo-text.ts'
import type { DemoText, LeadStage, OpportunityStage } from './demo-text.ts'
import { domainOf, emailOf, phoneOf } from './people.ts'
import type { Random } from './random.ts'

export const leadPipeline = '7305001'
export const opportunityPipeline = '7305002'

/** Ids as amoCRM gives them: closed stages have the same ones in every pipeline. */
export const leadStageIds: Record<LeadStage, string> = {
  new: '61204101',
  qualified: '61204102',
  offer: '61204103',
  negotiation: '61204104',
  won: '142',
  lost: '143',
}
export const opportunityStageIds: Record<OpportunityStage, string> = {
  contacted: '61204201',
  demo: '61204202',
  proposal: '61204203',
  contract: '61204204',
  won: '142',
  lost: '143',
}

/** Named by records only, so that the account has something that waits for its name. */
export const unnamed = {
  pipeline: '7305520',
  stages: ['61204478', '61204482'],
  user: '11845233',
  field: 'UF_CRM_1718873',
} as const

/** The ids of periods, in their order. */
export const periods = ['9301', '9302', '9303'] as const

const leadColors = ['#8ec5ff', '#a8e6cf', '#ffe08a', '#ffb86b', '#6fcf6f', '#c7ccd6']
const opportunityColors = ['#d7c8ff', '#b6a2f2', '#8fd3e8', '#f7c978', '#5cc689', '#d0d3da']

export interface BaseRecord {
  record: RecordRef
  fields: Fields
}

export interface DemoCrm {
  pipelines: Pipeline[]
  users: CrmUser[]
  fields: AccountField[]
  companies: BaseRecord[]
  contacts: BaseRecord[]
  customers: BaseRecord[]
}

export function makeCrm(text: DemoText, random: Random): DemoCrm {
  const users = text.users.map((name, index): CrmUser => {
    return { id: userId(index), name, email: emailOf(name, 'team.example'), origin: 'declared' }
  })
  const companies = text.companies.map((name, index) => ({
    record: { kind: 'company', id: String(4_101_001 + index) },
    fields: {
      name,
      industry: text.industry.choices[index % text.industry.choices.length]!,
      owner_id: userId(index % users.length),
    },
  }))
  const contacts = text.contacts.map((name, index) => {
    const company = companies[Math.floor(index / 4)]!
    const tags = [
      ...(index % 2 === 0 ? [text.tags.newsletter] : []),
      ...(index % 9 === 4 ? [text.tags.vip] : []),
    ]
    return {
      record: { kind: 'contact', id: String(4_201_001 + index) },
      fields: {
        name,
        email: emailOf(name, domainOf(company.fields.name)),
        phone: phoneOf(text.phone, random),
        company_id: company.record.id,
        owner_id: company.fields.owner_id,
        score: random.between(0, 60),
        tags,
      },
    }
  })
  const customers = [0, 2, 4, 6, 8, 9].map((company, index) => ({
    record: { kind: 'customer', id: String(3_101 + index) },
    fields: {
      name: text.companies[company]!,
      company_id: companies[company]!.record.id,
      contact_id: contacts[company * 4]!.record.id,
      email: contacts[company * 4]!.fields.email,
      phone: contacts[company * 4]!.fields.phone,
      owner_id: userId(company % users.length),
      period_id: periods[index % 2]!,
    },
  }))
  const industry: Omit<AccountField, 'kind'> = {
    name: 'industry',
    title: text.industry.title,
    type: 'choice',
    choices: [...text.industry.choices],
    links: null,
    origin: 'declared',
  }
  return {
    pipelines: pipelinesOf(text),
    users,
    fields: ['company', 'lead'].map((kind) => ({ kind, ...industry })),
    companies,
    contacts,
    customers,
  }
}

export function userId(index: number): string {
  return String(7_305_011 + index)
}

function pipelinesOf({ leads, opportunities }: DemoText): Pipeline[] {
  return [
    {
      kind: 'lead',
      id: leadPipeline,
      name: leads.name,
      origin: 'declared',
      stages: leadStages.map((stage, index) =>
        stageOf(leadStageIds[stage], leads.stages[stage], stage, leadColors[index]!),
      ),
    },
    {
      kind: 'opportunity',
      id: opportunityPipeline,
      name: opportunities.name,
      origin: 'declared',
      stages: opportunityStages.map((stage, index) =>
        stageOf(opportunityStageIds[stage], opportunities.stages[stage], stage, opportunityColors[index]!),
      ),
    },
  ]
}

function stageOf(id: string, name: string, stage: string, color: string): Stage {
  return {
    id,
    name,
    type: stage === 'won' || stage === 'lost' ? stage : 'open',
    color,
    origin: 'declared',
  }
}
