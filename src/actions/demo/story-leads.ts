import type { Fields } from '../../model/index.ts'
import { converse } from './conversations.ts'
import { leadPipeline, leadStageIds, userId, type BaseRecord } from './crm.ts'
import { leadStages, type LeadStage } from './demo-text.ts'
import { activity, write, type Telling } from './telling.ts'
import { hourMs, minuteMs } from './working-time.ts'

/** Where leads are when the story ends: those that were there before, then those that came, oldest first. */
const older: LeadStage[] = [
  'negotiation', 'won', 'offer', 'lost', 'won', 'negotiation', 'lost', 'offer', 'won', 'qualified', 'lost', 'won', 'offer',
  'negotiation',
] // prettier-ignore
const newer: LeadStage[] = [
  'won', 'offer', 'lost', 'negotiation', 'offer', 'won', 'qualified', 'offer', 'lost', 'qualified', 'won', 'qualified',
  'offer', 'qualified', 'new', 'offer', 'qualified', 'new', 'qualified', 'new', 'offer', 'new', 'qualified', 'new', 'new', 'new',
] // prettier-ignore

/** The last hours belong to the scenes: until then leads move by themselves. */
const quietMs = 5.5 * hourMs
const chatterEndMs = 12 * minuteMs

/** A lead's fields as they are when it comes. */
export function makeLead(telling: Telling, index: number, stage: LeadStage): BaseRecord {
  const { text, random, crm } = telling
  const contact = crm.contacts[(index * 7) % crm.contacts.length]!
  const company = crm.companies.find(({ record }) => record.id === contact.fields['company_id'])!
  return {
    record: { kind: 'lead', id: String(4_831_501 + index * 3) },
    fields: {
      name: `${text.products[(index * 5) % text.products.length]} – ${company.fields['name'] as string}`,
      price: random.between(12, 250) * 50 * text.factor,
      currency: text.currency,
      pipeline_id: leadPipeline,
      stage_id: leadStageIds[stage],
      owner_id: userId((index * 3) % text.users.length),
      contact_id: contact.record.id,
      company_id: company.record.id,
      industry: company.fields['industry']!,
      tags: index % 6 === 1 ? [text.tags.fair] : [],
    },
  }
}

/** Leads come, go through their stages, are talked about, and some change hands, price or tags. */
export function tellLeads(telling: Telling): void {
  const { start, now, time } = telling
  older.forEach((target, index) => {
    const place = leadStages.indexOf(target)
    const first = leadStages[Math.min(place, index % 3)]!
    const lead = makeLead(telling, index, first === target ? 'new' : first)
    telling.base.push(lead)
    tellLife(telling, lead, { born: start, target })
  })
  const births = newer.map(() => time.between(start, now - quietMs)).sort((a, b) => a - b)
  newer.forEach((target, index) => {
    const lead = makeLead(telling, older.length + index, 'new')
    const born = births[index]!
    const viaSite = index % 3 === 0
    write(telling, born, lead.record, lead.fields, viaSite ? null : ownerOf(lead), viaSite ? 'site' : 'ui')
    tellLife(telling, lead, { born, target })
  })
}

function ownerOf({ fields }: BaseRecord): string {
  return fields['owner_id'] as string
}

interface Life {
  born: number
  target: LeadStage
}

function tellLife(telling: Telling, lead: BaseRecord, { born, target }: Life): void {
  const { random, time, now } = telling
  const end = Math.max(now - quietMs, born + minuteMs)
  const stages = pathTo(lead, target)
  const moments = stages.map(() => time.between(born + minuteMs, end)).sort((a, b) => a - b)
  stages.forEach((stage, index) => {
    write(telling, moments[index]!, lead.record, { stage_id: leadStageIds[stage] }, ownerOf(lead))
  })
  const last = moments.at(-1) ?? born
  converse(telling, lead.record, {
    from: born + minuteMs,
    to: target === 'lost' ? Math.max(last, born + hourMs) : now - chatterEndMs,
    count: random.between(2, 5),
    owner: ownerOf(lead),
    email: emailOf(telling, lead),
  })
  tellTurns(telling, lead, { from: born + minuteMs, to: end })
  if (target === 'lost' && random.chance(0.6)) archive(telling, lead, last)
}

/** Some skip a stage, as in life. */
function pathTo({ fields }: BaseRecord, target: LeadStage): LeadStage[] {
  const from = leadStages.findIndex((stage) => leadStageIds[stage] === fields['stage_id'])
  if (target === 'lost') return from < 2 ? ['qualified', 'offer', 'lost'] : ['lost']
  return leadStages.slice(from + 1, leadStages.indexOf(target) + 1)
}

function emailOf({ crm }: Telling, { fields }: BaseRecord): string {
  return crm.contacts.find(({ record }) => record.id === fields['contact_id'])!.fields['email'] as string
}

/** What changes beside the stage. */
function tellTurns(telling: Telling, lead: BaseRecord, { from, to }: { from: number; to: number }): void {
  const { random, time, text } = telling
  const owner = ownerOf(lead)
  const say = (fields: Fields) => write(telling, time.between(from, to), lead.record, fields, owner)
  if (random.chance(0.45))
    say({ price: Math.round(Number(lead.fields['price']) * (0.8 + random.next() * 0.6)) })
  if (random.chance(0.25)) say({ owner_id: userId(random.between(0, text.users.length - 1)) })
  if (random.chance(0.3))
    say({ tags: [...(lead.fields['tags'] as string[]), random.pick([text.tags.urgent, text.tags.partner])] })
  if (random.chance(0.12)) say({ shared_with: [userId(random.between(0, 3)), userId(random.between(4, 7))] })
  if (random.chance(0.5)) {
    const page = random.pick(text.pages)
    const data = { url: `https://www.team.example${page.path}`, title: page.title }
    activity(telling, time.between(from, to), lead.record, 'site_visited', data, null, 'site')
  }
}

function archive(telling: Telling, lead: BaseRecord, after: number): void {
  const { random, text, time, now } = telling
  const at = time.between(after + minuteMs, Math.max(now - quietMs, after + hourMs))
  const fields = { state: 'archived', state_reason: random.pick(text.lostReasons) }
  write(telling, Math.min(at, now - chatterEndMs), lead.record, fields, ownerOf(lead))
}
