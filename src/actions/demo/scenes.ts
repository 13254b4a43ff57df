/** The moments on which the story turns: each is there to be found on some page of the console. */
import type { BaseRecord } from './crm.ts'
import { leadStageIds, opportunityPipeline, opportunityStageIds, unnamed, userId } from './crm.ts'
import { makeLead } from './story-leads.ts'
import { activity, write, type Telling } from './telling.ts'
import type { WorkingTime } from './working-time.ts'
import { hourMs, minuteMs } from './working-time.ts'

/** What goes wrong, and when. */
export interface Troubles {
  /** The accounts office cannot be reached. */
  till: { from: number; to: number }
  /** The old form answers 500 from here on, and 410 from `gone` on. */
  newsletter: { from: number; gone: number }
  /** The data warehouse is busy, once for a moment and once now. */
  busy: { from: number; to: number }
  busyNow: number
  /** The ERP is down since then. */
  erp: number
  /** When somebody pauses the spreadsheet. */
  paused: number
}

const at = (hour: number, minute = 0) => hour * hourMs + minute * minuteMs

export function troublesOf(time: WorkingTime, now: number): Troubles {
  return {
    till: { from: time.weekday(5, at(10, 15)), to: time.weekday(5, at(13)) },
    newsletter: { from: time.weekday(3, at(9)), gone: time.weekday(3, at(11, 20)) },
    busy: { from: time.weekday(1, at(14)), to: time.weekday(1, at(14, 10)) },
    busyNow: now - 7 * minuteMs,
    erp: now - 4.5 * hourMs,
    paused: time.weekday(2, at(16, 30)),
  }
}

const scenes = [tellTill, tellNewsletter, tellBusy, tellHandover, tellBigDeal, tellUnnamed, tellToday]

export function tellScenes(telling: Telling, troubles: Troubles): void {
  for (const tell of scenes) tell(telling, troubles)
  telling.steps.push({ at: troubles.paused, do: 'pause', role: 'sheet' })
  telling.steps.push({ at: troubles.busy.from + 3 * minuteMs, do: 'cancel', role: 'warehouse' })
}

/** A lead that the scenes alone move. */
function extra(telling: Telling, index: number, stage: 'new' | 'negotiation'): BaseRecord {
  return makeLead(telling, 40 + index, stage)
}

function before(telling: Telling, index: number, price: number): BaseRecord {
  const lead = extra(telling, index, 'negotiation')
  lead.fields['price'] = price * telling.text.factor
  telling.base.push(lead)
  return lead
}

/** While the accounts office cannot be reached, something is to be told to it: those deliveries die. */
function tellTill(telling: Telling, { till }: Troubles): void {
  const { text, crm } = telling
  const owner = userId(2)
  const [customer] = crm.customers
  const record = { kind: 'sale', id: '7760' }
  const named = { currency: text.currency, owner_id: owner }
  const sold = { name: `${text.sale} 7760`, total: 4_150 * text.factor, customer_id: customer!.record.id }
  write(telling, till.from + 25 * minuteMs, record, { ...sold, ...named }, owner)
  const opportunity = {
    record: { kind: 'opportunity', id: '514020' },
    fields: {
      name: `${text.products[10]} – ${text.companies[3]}`,
      price: 61_000 * text.factor,
      pipeline_id: opportunityPipeline,
      stage_id: opportunityStageIds.proposal,
      company_id: crm.companies[3]!.record.id,
      ...named,
    },
  }
  telling.base.push(opportunity)
  const stage_id = opportunityStageIds.contract
  write(telling, till.from + 55 * minuteMs, opportunity.record, { stage_id }, owner)
}

/** Three readers are tagged: one waits, with one the receiver says that it is gone, and one comes too late. */
function tellNewsletter(telling: Telling, { newsletter: { gone } }: Troubles): void {
  const { text, crm, now } = telling
  const moments = [gone - 12 * minuteMs, gone + 4 * minuteMs, gone + 2 * hourMs, now - 3 * hourMs]
  moments.forEach((moment, index) => {
    const { record, fields } = crm.contacts[index * 10 + 1]!
    const tags = [...(fields['tags'] as string[]), text.tags.newsletter]
    write(telling, moment, record, { tags }, fields['owner_id'] as string)
  })
}

/** While the data warehouse is busy, a note is written; somebody cancels what waits. */
function tellBusy(telling: Telling, { busy }: Troubles): void {
  const { text } = telling
  const { record } = before(telling, 0, 3_000)
  const data = { text: text.notes[0]!, user_id: userId(1) }
  activity(telling, busy.from + minuteMs, record, 'note_added', data, userId(1))
}

/** Leads are given to the same person in working hours and in the evening, and to somebody else. */
function tellHandover(telling: Telling): void {
  const { time } = telling
  const give = (index: number, moment: number, user: string) => {
    const lead = before(telling, index, 2_500)
    lead.fields['owner_id'] = userId(4)
    write(telling, moment, lead.record, { owner_id: user }, userId(4))
  }
  give(1, time.weekday(2, at(10, 12)), userId(0))
  give(2, time.weekday(2, at(20, 40)), userId(0))
  give(3, time.weekday(4, at(11, 5)), userId(3))
}

/** A deal grows past the mark, and then grows again. */
function tellBigDeal(telling: Telling): void {
  const { text, time } = telling
  const lead = before(telling, 4, 8_500)
  const owner = lead.fields['owner_id'] as string
  write(telling, time.weekday(3, at(15, 10)), lead.record, { price: 12_400 * text.factor }, owner)
  write(telling, time.weekday(1, at(10, 35)), lead.record, { price: 14_800 * text.factor }, owner)
}

/** Another branch's CRM tells of leads in places, by people and with a field that nobody here has named. */
function tellUnnamed(telling: Telling): void {
  const { text, time, now } = telling
  for (let index = 0; index < 3; index++) {
    const record = { kind: 'lead', id: String(29_004_417 + index * 12) }
    const fields = {
      name: `${text.products[index + 4]} – ${text.companies[index * 2 + 1]}`,
      price: (1_400 + index * 900) * text.factor,
      currency: text.currency,
      pipeline_id: unnamed.pipeline,
      stage_id: unnamed.stages[index === 1 ? 1 : 0],
      owner_id: unnamed.user,
      [unnamed.field]: String(10_384 + index * 77),
    }
    write(
      telling,
      index < 2 ? time.weekday(4 - index * 3, at(12, 20)) : now - 100 * minuteMs,
      record,
      fields,
      null,
      'amocrm',
    )
  }
}

/** The last hours, whatever the hour: the ERP is down, the spreadsheet is paused, the data warehouse is busy. */
function tellToday(telling: Telling): void {
  const { text, now } = telling
  ;[230, 120, 25].forEach((ago, index) => {
    const lead = before(telling, 5 + index, 3_600 + index * 1_450)
    const owner = lead.fields['owner_id'] as string
    write(telling, now - ago * minuteMs, lead.record, { stage_id: leadStageIds.won }, owner)
  })
  ;[190, 50].forEach((ago, index) => {
    const lead = extra(telling, 8 + index, 'new')
    write(telling, now - ago * minuteMs, lead.record, lead.fields, null, 'site')
  })
  const noted = before(telling, 10, 5_200)
  const data = { ...text.followUps[2]!, method: 'meeting', user_id: userId(5) }
  activity(telling, now - 5 * minuteMs, noted.record, 'follow_up_logged', data, userId(5))
}
