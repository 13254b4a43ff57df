/** The webhooks of the demo, each with a part in the story. */
export const roles = [
  'warehouse',
  'amocrm',
  'erp',
  'rule',
  'till',
  'boss',
  'handover',
  'sheet',
  'newsletter',
  'alert',
] as const
export type Role = (typeof roles)[number]

export const leadStages = ['new', 'qualified', 'offer', 'negotiation', 'won', 'lost'] as const
export type LeadStage = (typeof leadStages)[number]
export const opportunityStages = ['contacted', 'demo', 'proposal', 'contract', 'won', 'lost'] as const
export type OpportunityStage = (typeof opportunityStages)[number]

/** A sales team in one language: whom it sells to, what is said, and what it calls its things. */
export interface DemoText {
  /** ISO 4217, and how much of it a euro is, roughly. */
  currency: string
  factor: number
  /** Each `#` is a digit. */
  phone: string
  /** Those who sell. */
  users: readonly string[]
  companies: readonly string[]
  /** Four to a company. */
  contacts: readonly string[]
  products: readonly string[]
  leads: { name: string; stages: Record<LeadStage, string> }
  opportunities: { name: string; stages: Record<OpportunityStage, string> }
  tags: Record<'newsletter' | 'vip' | 'partner' | 'urgent' | 'fair', string>
  industry: { title: string; choices: readonly string[] }
  sources: Record<'site' | 'amocrm', string>
  inspectors: Record<'fine' | 'erp' | 'gone', string>
  webhooks: Record<Role, { name: string; description: string }>
  /** What the template of `boss` begins with; the deal's name and price follow. */
  bigDeal: string
  received: readonly Mail[]
  sent: readonly Mail[]
  chats: readonly string[]
  notes: readonly string[]
  followUps: readonly { text: string; result: string }[]
  lostReasons: readonly string[]
  tasks: readonly string[]
  pages: readonly { path: string; title: string }[]
  quote: string
  sale: string
}

export interface Mail {
  subject: string
  text: string
}
