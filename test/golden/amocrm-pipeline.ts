import type { Json } from '../../src/model/index.ts'

/**
 * What amoCRM's page "Webhooks in digital pipeline" (the API: send webhook) documents, typed in by hand. Its three samples are
 * the first, the sixth and the last case, keys and numbers as printed there (without the stray braces, which are no JSON);
 * the others follow its tables of events and fields. Never to be recorded from our own output.
 */
export interface GoldenBody {
  title: string
  type: string
  record: { kind: string; id: string }
  current: Record<string, Json>
  previous: Record<string, Json>
  data: Record<string, Json>
  json: string
  /** The form as it stands on the wire, and the same for people to read. */
  form: string
  decoded: string
}

const lead = { kind: 'lead', id: '4921027' }
const inStage = { name: 'A deal', pipeline_id: '752662', stage_id: '16203334' }
const customer = { kind: 'customer', id: '4831596' }
const inPeriod = { name: 'A buyer', period_id: '16203337' }

export const amocrmPipeline: GoldenBody[] = [
  {
    title: 'incoming mail, lead',
    type: 'lead.email_received',
    record: lead,
    current: inStage,
    previous: {},
    data: { from: 'ann@acme.example', subject: 'Offer' },
    json: '{"leads":{"mail_in":[{"id":4921027,"pipeline_id":752662,"status_id":16203334}]}}',
    form: 'leads%5Bmail_in%5D%5B0%5D%5Bid%5D=4921027&leads%5Bmail_in%5D%5B0%5D%5Bpipeline_id%5D=752662&leads%5Bmail_in%5D%5B0%5D%5Bstatus_id%5D=16203334',
    decoded:
      'leads[mail_in][0][id]=4921027&leads[mail_in][0][pipeline_id]=752662&leads[mail_in][0][status_id]=16203334',
  },
  {
    title: 'incoming call, lead',
    type: 'lead.call_received',
    record: lead,
    current: inStage,
    previous: {},
    data: { from: '+15550100' },
    json: '{"leads":{"call_in":[{"id":4921027,"pipeline_id":752662,"status_id":16203334}]}}',
    form: 'leads%5Bcall_in%5D%5B0%5D%5Bid%5D=4921027&leads%5Bcall_in%5D%5B0%5D%5Bpipeline_id%5D=752662&leads%5Bcall_in%5D%5B0%5D%5Bstatus_id%5D=16203334',
    decoded:
      'leads[call_in][0][id]=4921027&leads[call_in][0][pipeline_id]=752662&leads[call_in][0][status_id]=16203334',
  },
  {
    title: 'chat message, lead',
    type: 'lead.chat_message_received',
    record: lead,
    current: inStage,
    previous: {},
    data: { text: 'Hello' },
    json: '{"leads":{"chat":[{"id":4921027,"pipeline_id":752662,"status_id":16203334}]}}',
    form: 'leads%5Bchat%5D%5B0%5D%5Bid%5D=4921027&leads%5Bchat%5D%5B0%5D%5Bpipeline_id%5D=752662&leads%5Bchat%5D%5B0%5D%5Bstatus_id%5D=16203334',
    decoded:
      'leads[chat][0][id]=4921027&leads[chat][0][pipeline_id]=752662&leads[chat][0][status_id]=16203334',
  },
  {
    title: 'site visit, lead',
    type: 'lead.site_visited',
    record: lead,
    current: inStage,
    previous: {},
    data: { url: 'https://acme.example/prices' },
    json: '{"leads":{"site_visit":[{"id":4921027,"pipeline_id":752662,"status_id":16203334}]}}',
    form: 'leads%5Bsite_visit%5D%5B0%5D%5Bid%5D=4921027&leads%5Bsite_visit%5D%5B0%5D%5Bpipeline_id%5D=752662&leads%5Bsite_visit%5D%5B0%5D%5Bstatus_id%5D=16203334',
    decoded:
      'leads[site_visit][0][id]=4921027&leads[site_visit][0][pipeline_id]=752662&leads[site_visit][0][status_id]=16203334',
  },
  {
    title: 'a customer has its period where a lead has pipeline and status',
    type: 'customer.email_received',
    record: customer,
    current: inPeriod,
    previous: {},
    data: {},
    json: '{"customers":{"mail_in":[{"id":4831596,"period_id":16203337}]}}',
    form: 'customers%5Bmail_in%5D%5B0%5D%5Bid%5D=4831596&customers%5Bmail_in%5D%5B0%5D%5Bperiod_id%5D=16203337',
    decoded: 'customers[mail_in][0][id]=4831596&customers[mail_in][0][period_id]=16203337',
  },
  {
    title: 'going to the stage, lead',
    type: 'lead.stage_changed',
    record: { kind: 'lead', id: '4831596' },
    current: { pipeline_id: '752662', stage_id: '16203337' },
    previous: { stage_id: '16203334' },
    data: {
      old_pipeline_id: '752662',
      pipeline_id: '752662',
      old_stage_id: '16203334',
      stage_id: '16203337',
    },
    json: '{"leads":{"status":[{"id":4831596,"old_pipeline_id":752662,"pipeline_id":752662,"old_status_id":16203334,"status_id":16203337}]}}',
    form: 'leads%5Bstatus%5D%5B0%5D%5Bid%5D=4831596&leads%5Bstatus%5D%5B0%5D%5Bold_pipeline_id%5D=752662&leads%5Bstatus%5D%5B0%5D%5Bpipeline_id%5D=752662&leads%5Bstatus%5D%5B0%5D%5Bold_status_id%5D=16203334&leads%5Bstatus%5D%5B0%5D%5Bstatus_id%5D=16203337',
    decoded:
      'leads[status][0][id]=4831596&leads[status][0][old_pipeline_id]=752662&leads[status][0][pipeline_id]=752662&leads[status][0][old_status_id]=16203334&leads[status][0][status_id]=16203337',
  },
  {
    title: 'period change, customer',
    type: 'customer.period_changed',
    record: customer,
    current: inPeriod,
    previous: { period_id: '16203334' },
    data: { old_period_id: '16203334', period_id: '16203337' },
    json: '{"customers":{"period":[{"id":4831596,"old_period_id":16203334,"period_id":16203337}]}}',
    form: 'customers%5Bperiod%5D%5B0%5D%5Bid%5D=4831596&customers%5Bperiod%5D%5B0%5D%5Bold_period_id%5D=16203334&customers%5Bperiod%5D%5B0%5D%5Bperiod_id%5D=16203337',
    decoded:
      'customers[period][0][id]=4831596&customers[period][0][old_period_id]=16203334&customers[period][0][period_id]=16203337',
  },
]
