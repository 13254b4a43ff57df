import { converse } from './conversations.ts'
import { opportunityPipeline, opportunityStageIds, periods, userId, type BaseRecord } from './crm.ts'
import { opportunityStages, type OpportunityStage } from './demo-text.ts'
import { activity, write, type Telling } from './telling.ts'
import { dayMs, hourMs, minuteMs } from './working-time.ts'

const targets: OpportunityStage[] = [
  'contract', 'demo', 'won', 'proposal', 'lost', 'contacted', 'proposal', 'contract', 'demo', 'contacted', 'won', 'proposal',
  'demo', 'contacted', 'lost', 'demo',
] // prettier-ignore

const quietMs = 2 * hourMs

/** Key accounts: fewer, dearer and slower than leads. */
export function tellOpportunities(telling: Telling): void {
  const { text, random, time, start, now, crm } = telling
  targets.forEach((target, index) => {
    const company = crm.companies[(index * 3) % crm.companies.length]!
    const contact = crm.contacts[((index * 3) % crm.companies.length) * 4 + 1]!
    const customer = crm.customers.find(({ fields }) => fields['company_id'] === company.record.id)
    const owner = userId((index * 5) % text.users.length)
    const record = { kind: 'opportunity', id: String(514_001 + index) }
    const isOlder = index < 7
    const path = target === 'lost' ? (['demo', 'lost'] as const) : pathTo(target)
    const begin = isOlder && path.length > 1 ? path[0]! : 'contacted'
    const fields = {
      name: `${text.products[(index * 7 + 2) % text.products.length]} – ${company.fields['name'] as string}`,
      price: random.between(30, 160) * 500 * text.factor,
      currency: text.currency,
      pipeline_id: opportunityPipeline,
      stage_id: opportunityStageIds[begin],
      owner_id: owner,
      contact_id: contact.record.id,
      company_id: company.record.id,
      ...(customer ? { customer_id: customer.record.id } : {}),
    }
    const born = isOlder ? start : time.between(start, now - 3 * dayMs)
    if (isOlder) telling.base.push({ record, fields })
    else write(telling, born, record, fields, owner)
    const left = isOlder && path.length > 1 ? path.slice(1) : path
    const moments = left.map(() => time.between(born + minuteMs, now - quietMs)).sort((a, b) => a - b)
    left.forEach((stage, at) => {
      write(telling, moments[at]!, record, { stage_id: opportunityStageIds[stage] }, owner)
    })
    const email = contact.fields['email'] as string
    converse(telling, record, {
      from: born + minuteMs,
      to: now - quietMs,
      count: random.between(1, 3),
      owner,
      email,
    })
    if (target === 'won' || target === 'contract') tellQuote(telling, { record, fields }, index)
  })
}

function pathTo(target: OpportunityStage): OpportunityStage[] {
  return opportunityStages.slice(1, opportunityStages.indexOf(target) + 1)
}

/** A quote, and where it was accepted a sale. */
function tellQuote(telling: Telling, { record, fields }: BaseRecord, index: number): void {
  const { text, time, start, now } = telling
  const { price, currency, owner_id: owner } = fields
  const at = time.between(start + dayMs, now - dayMs)
  const quote = { kind: 'quote', id: String(1_180 + index) }
  const named = { currency: currency!, owner_id: owner! }
  const by = owner as string
  write(
    telling,
    at,
    quote,
    { name: `${text.quote} 118${index}`, total: price!, opportunity_id: record.id, ...named },
    by,
  )
  if (index % 2 === 0)
    write(telling, at + 40 * minuteMs, quote, { total: Math.round(Number(price) * 0.94) }, by)
}

/** What customers buy again, and the periods that they are in. */
export function tellCustomers(telling: Telling): void {
  const { text, random, time, start, now, crm } = telling
  crm.customers.forEach(({ record, fields }, index) => {
    const owner = fields['owner_id'] as string
    const next = periods[periods.indexOf(fields['period_id'] as (typeof periods)[number]) + 1]
    if (next && index !== 3)
      write(telling, time.between(start, now - hourMs), record, { period_id: next }, owner)
    const total = random.between(8, 90) * 100 * text.factor
    const sale = { kind: 'sale', id: String(7_741 + index) }
    const sold = {
      name: `${text.sale} ${sale.id}`,
      total,
      currency: text.currency,
      customer_id: record.id,
      owner_id: owner,
    }
    write(telling, time.between(start, now - hourMs), sale, sold, owner)
    const email = fields['email'] as string
    converse(telling, record, { from: start, to: now - hourMs, count: 2, owner, email })
  })
}

/** Readers open mails, click, visit pages; their score rises, some are tagged. */
export function tellContacts(telling: Telling): void {
  const { text, random, time, start, now, crm } = telling
  const end = now - 10 * minuteMs
  crm.contacts.forEach(({ record, fields }, index) => {
    const email = fields['email'] as string
    const owner = fields['owner_id'] as string
    for (let count = random.between(0, 4); count > 0; count--) {
      const page = random.pick(text.pages)
      const data = { url: `https://www.team.example${page.path}`, title: page.title }
      activity(telling, time.between(start, end), record, 'site_visited', data, null, 'site')
    }
    for (let count = random.between(0, 2); count > 0; count--) {
      const { subject } = random.pick(text.sent)
      const at = time.between(start, end - hourMs)
      activity(telling, at, record, 'email_opened', { to: email, subject })
      if (random.chance(0.5)) {
        const url = `https://www.team.example${random.pick(text.pages).path}`
        activity(telling, at + random.between(10, 300) * 1000, record, 'link_clicked', { url, subject })
      }
    }
    if (index % 4 === 3)
      write(telling, time.between(start, end), record, { score: Number(fields['score']) + 35 }, owner)
    if (index % 6 === 5) {
      const tags = [...(fields['tags'] as string[]), text.tags.fair]
      write(telling, time.between(start, end), record, { tags }, owner)
    }
  })
}

export function tellTasks(telling: Telling): void {
  const { text, time, start, now } = telling
  for (let index = 0; index < 10; index++) {
    const owner = userId(index % text.users.length)
    const record = { kind: 'task', id: String(9_901 + index) }
    const at = time.between(start, now - hourMs)
    const name = text.tasks[index % text.tasks.length]!
    write(telling, at, record, { name, owner_id: owner, completed: false }, owner)
    if (index % 3 !== 2) {
      const done = time.between(at + minuteMs, now - 30 * minuteMs)
      write(telling, done, record, { completed: true }, owner)
    }
  }
}
