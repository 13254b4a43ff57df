import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { amocrmPipeline } from '../../test/golden/amocrm-pipeline.ts'
import { exampleEvent } from '../formats/example-event.ts'
import { findFormat } from '../formats/index.ts'
import { actionOf } from '../model/index.ts'
import type { CrmEvent, Fields } from '../model/index.ts'
import { amocrm } from './amocrm.ts'
import { itemsMax } from './remarks.ts'
import { callOf } from './source.ts'
import type { SourceItem } from './source.ts'

const noContext = { secret: '', hmacSha256: () => '' }

function readBody(body: string, options = {}) {
  return amocrm.read(callOf({ contentType: 'application/x-www-form-urlencoded', body }), options, noContext)
}

function readPairs(pairs: Record<string, string>, options = {}) {
  return readBody(new URLSearchParams(pairs).toString(), options)
}

const activities = new Set([
  'email_received',
  'call_received',
  'chat_message_received',
  'site_visited',
  'note_added',
])

describe.each(amocrmPipeline.map((golden) => [golden.title, golden] as const))(
  'the documented body: %s',
  (_title, { type, record, data, current, form, json }) => {
    const action = actionOf(type)
    const wanted = activities.has(action) ? ['write', 'activity'] : ['write']

    test.each([form, json])('%s', (body) => {
      const { items, problems } = readBody(body)
      expect(problems).toEqual([])
      expect(items.map((item) => item.do)).toEqual(wanted)
      for (const item of items) expect(item.record).toEqual(record)
      const [first, second] = items
      const where = record.kind === 'lead' ? ['pipeline_id', 'stage_id'] : ['period_id']
      const old = Object.fromEntries(
        where.filter((name) => `old_${name}` in data).map((name) => [name, data[`old_${name}`]]),
      )
      expect(first).toMatchObject({ created: false, old })
      expect(first?.do === 'write' && first.fields).toEqual(
        Object.fromEntries(where.map((name) => [name, current[name]])),
      )
      if (second) expect(second).toMatchObject({ type: action })
    })
  },
)

describe('what our own format writes is read back', () => {
  const format = findFormat('amocrm')!
  const context = {
    webhook: { id: 'whk_1', name: '', description: '' },
    account: { id: 'acc_1', subdomain: 'acme' },
  }
  const render = (event: CrmEvent, options: { body: string; encoding: string }) => {
    const { body, contentType } = format.render({ event, context, options, method: 'POST' })
    return amocrm.read(callOf({ contentType, body: body! }), {}, noContext)
  }

  const id = fc.oneof(
    fc.bigInt({ min: 0n, max: 10n ** 20n }).map(String),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }).filter((text) => !text.includes('\0')),
  )
  const idOrNone = fc.option(id)

  test.each(['form', 'json'])('pipeline, as %s: any ids come through unchanged', (encoding) => {
    fc.assert(
      fc.property(
        fc.constantFrom(...amocrmPipeline.map(({ type }) => type)),
        fc.record({ id, now: idOrNone, old: idOrNone, pipeline: idOrNone, oldPipeline: idOrNone }),
        (type, ids) => {
          const isLead = type.startsWith('lead.')
          const fields: Fields = isLead
            ? { pipeline_id: ids.pipeline, stage_id: ids.now }
            : { period_id: ids.now }
          const old: Fields = isLead
            ? { pipeline_id: ids.oldPipeline, stage_id: ids.old }
            : { period_id: ids.old }
          const moves = type.endsWith('_changed')
          const oldData = Object.fromEntries(
            Object.entries(old).map(([name, value]) => [`old_${name}`, value]),
          )
          const record = { kind: isLead ? 'lead' : 'customer', id: ids.id }
          const data = moves ? { ...fields, ...oldData } : {}
          const event = exampleEvent({ type, record, current: fields, previous: {}, data })
          const write: SourceItem = {
            do: 'write', record, fields, old: moves ? old : {}, created: false,
            as_of: null, occurred_at: null, actor_id: null, titles: {},
          } // prettier-ignore
          const activity: SourceItem = {
            do: 'activity', record, type: actionOf(type), data: {}, occurred_at: null, external_id: null,
          } // prettier-ignore
          const { items, problems } = render(event, { body: 'pipeline', encoding })
          expect(problems).toEqual([])
          expect(items).toEqual(moves ? [write] : [write, activity])
        },
      ),
    )
  })

  const common = {
    name: 'Deal with ACME & co',
    owner_id: '7',
    tags: ['vip', 'ż & co'],
    cf_55: 'own',
    utm: 'ads',
  }
  const cases: [type: string, current: CrmEvent['current'], more: Partial<CrmEvent>, item: object][] = [
    ['lead.created', { ...common, price: 12000, pipeline_id: '1', stage_id: '2', contact_id: '88' }, {}, { created: true }],
    ['lead.stage_changed', { pipeline_id: '1', stage_id: '2' }, { data: { old_pipeline_id: '1', old_stage_id: '9', pipeline_id: '1', stage_id: '2' } }, { old: { pipeline_id: '1', stage_id: '9' } }],
    ['lead.reassigned', common, { data: { old_owner_id: '5', owner_id: '7' } }, { old: { owner_id: '5' } }],
    ['contact.updated', { ...common, email: 'a@b.example', phone: '+48 1', company_id: '4' }, {}, { created: false }],
    ['company.created', common, {}, { created: true }],
    ['customer.period_changed', { period_id: '3' }, { data: { old_period_id: '2', period_id: '3' } }, { old: { period_id: '2' } }],
    ['task.updated', { name: 'Call', completed: true, lead_id: '5', owner_id: '7' }, {}, { created: false }],
  ] // prettier-ignore

  describe.each(['form', 'json'])('account, as %s', (encoding) => {
    test.each(cases)('%s', (type, current, more, item) => {
      const record = { kind: type.split('.')[0]!, id: '4831596' }
      const event = exampleEvent({ type, record, current, previous: {}, data: {}, related: {}, ...more })
      const { items, problems } = render(event, { body: 'account', encoding })
      expect(problems).toEqual([])
      const [read] = items
      expect(items).toHaveLength(1)
      expect(read).toMatchObject({ do: 'write', record, as_of: event.occurred_at, actor_id: '12', ...item })
      const {
        created_at: _made,
        created_user_id: _maker,
        ...fields
      } = read!.do === 'write' ? read!.fields : {}
      expect(JSON.parse(JSON.stringify(fields), textAsInForms)).toEqual(
        JSON.parse(JSON.stringify(current), textAsInForms),
      )
    })

    test('deleted, restored, note', () => {
      const record = { kind: 'company', id: '42' }
      const read = (type: string, data = {}) =>
        render(exampleEvent({ type, record, current: { name: 'ACME' }, data }), { body: 'account', encoding })
          .items
      expect(read('company.deleted')).toMatchObject([{ do: 'delete', record }])
      expect(read('company.restored')).toMatchObject([{ do: 'restore', record, fields: { name: 'ACME' } }])
      expect(read('company.note_added', { text: 'Decides in May', user_id: '7' })).toMatchObject([
        {
          do: 'activity',
          record,
          type: 'note_added',
          data: { text: 'Decides in May', user_id: '7' },
          occurred_at: '2026-11-20T09:00:00.000Z',
        },
      ])
    })
  })

  function textAsInForms(_key: string, value: unknown): unknown {
    return typeof value === 'number' ? String(value) : value
  }
})

describe('account webhooks', () => {
  test('several records in one call, in their order', () => {
    const { items, problems } = readPairs({
      'leads[status][0][id]': '1',
      'leads[status][1][id]': '2',
      'leads[delete][0][id]': '3',
      'leads[delete][0][type]': 'lead',
      'contacts[delete][0][id]': '4',
      'contacts[delete][0][type]': 'company',
      'contacts[restore][0][id]': '5',
      'contacts[restore][0][name]': 'Anna',
      'account[id]': '10216991',
    })
    expect(problems).toEqual([])
    expect(items.map((item) => `${item.do} ${item.record.kind} ${item.record.id}`)).toEqual([
      'write lead 1',
      'write lead 2',
      'delete lead 3',
      'delete company 4',
      'restore contact 5',
    ])
  })

  test('a task, with what it is about and when it is due', () => {
    const { items } = readPairs({
      'task[add][0][id]': '9',
      'task[add][0][element_id]': '4831596',
      'task[add][0][element_type]': '2',
      'task[add][0][text]': 'Call back',
      'task[add][0][task_type]': '1',
      'task[add][0][complete_till]': '1456822527',
      'task[add][0][responsible_user_id]': '7',
      'task[add][0][status]': '1',
    })
    expect(items).toMatchObject([
      {
        do: 'write',
        record: { kind: 'task', id: '9' },
        fields: {
          name: 'Call back',
          lead_id: '4831596',
          task_type: '1',
          complete_till: '2016-03-01T08:55:27.000Z',
          owner_id: '7',
          completed: true,
        },
        created: true,
      },
    ])
  })

  test.each(['leads[note][0][note]', 'leads[note][0]'])('a note under %s', (prefix) => {
    const { items } = readPairs({
      [`${prefix}[id]`]: '77',
      [`${prefix}[element_id]`]: '4831596',
      [`${prefix}[element_type]`]: '2',
      [`${prefix}[note_type]`]: '4',
      [`${prefix}[text]`]: 'Decides in May',
      [`${prefix}[created_by]`]: '7',
      [`${prefix}[date_create]`]: '2016-03-01 11:55:27',
      [`${prefix}[timestamp_x]`]: '2016-03-01 11:55:27',
    })
    expect(items).toEqual([
      {
        do: 'activity',
        record: { kind: 'lead', id: '4831596' },
        type: 'note_added',
        data: { text: 'Decides in May', user_id: '7', note_type: '4' },
        occurred_at: null,
        external_id: 'note:77',
      },
    ])
  })

  test('a note that telephony wrote is the call', () => {
    const { items } = readPairs({
      'contacts[note][0][note][id]': '78',
      'contacts[note][0][note][element_id]': '88',
      'contacts[note][0][note][note_type]': '10',
      'contacts[note][0][note][text]':
        '{"PHONE":"+48123","DURATION":"42","LINK":"https://calls.example/1.mp3"}',
      'contacts[note][0][note][created_at]': '1456822527',
    })
    expect(items).toEqual([
      {
        do: 'activity',
        record: { kind: 'contact', id: '88' },
        type: 'call_received',
        data: { from: '+48123', duration_s: 42, recording_url: 'https://calls.example/1.mp3' },
        occurred_at: '2016-03-01T08:55:27.000Z',
        external_id: 'note:78',
      },
    ])
  })

  test('a message to nobody but a contact is the contact’s', () => {
    const { items } = readPairs({
      'message[add][0][id]': 'm1',
      'message[add][0][contact_id]': '88',
      'message[add][0][text]': 'Hello',
      'message[add][0][attachment][link]': 'https://files.example/1.png',
    })
    expect(items).toMatchObject([
      { record: { kind: 'contact', id: '88' }, data: { text: 'Hello', attachment_url: 'https://files.example/1.png' } },
    ]) // prettier-ignore
  })

  test('custom fields: one value, several, a date, none; e-mail and phone also under our own names', () => {
    const { items } = readPairs({
      'contacts[update][0][id]': '1112',
      'contacts[update][0][custom_fields][0][id]': '1',
      'contacts[update][0][custom_fields][0][name]': 'Телефон',
      'contacts[update][0][custom_fields][0][code]': 'PHONE',
      'contacts[update][0][custom_fields][0][values][0][value]': '+48 1',
      'contacts[update][0][custom_fields][0][values][0][enum]': '123',
      'contacts[update][0][custom_fields][0][values][1][value]': '+48 2',
      'contacts[update][0][custom_fields][1][id]': '2',
      'contacts[update][0][custom_fields][1][values][0]': '1456822527',
      'contacts[update][0][custom_fields][2][id]': '3',
      'contacts[update][0][custom_fields][2][name]': 'Empty',
      'contacts[update][0][linked_leads_id][35144366][ID]': '35144366',
    })
    expect(items).toMatchObject([
      {
        fields: {
          cf_1: ['+48 1', '+48 2'],
          phone: '+48 1',
          cf_2: '1456822527',
          cf_3: null,
          linked_leads_id: ['35144366'],
        },
        titles: { cf_1: 'Телефон', cf_3: 'Empty' },
      },
    ])
  })

  test('an incoming lead that names its lead is that lead, anything else of its kind is kept', () => {
    const { items, problems } = readPairs({
      'unsorted[add][0][uid]': 'u1',
      'unsorted[add][0][pipeline_id]': '752662',
      'unsorted[add][0][data][leads][0][id]': '103',
      'unsorted[add][0][data][leads][0][name]': 'From a chat',
      'unsorted[add][1][uid]': 'u2',
      'unsorted[delete][0][action]': 'accept',
      'unsorted[delete][0][accept_result][leads][0]': '103',
    })
    expect(items).toMatchObject([
      {
        record: { kind: 'lead', id: '103' },
        fields: { name: 'From a chat', pipeline_id: '752662' },
        created: true,
      },
    ])
    expect(problems.map(({ path }) => path)).toEqual(['unsorted[add][1]', 'unsorted[delete]'])
  })

  test('a call says nothing of who changed it where amoCRM itself did', () => {
    const { items } = readPairs({ 'leads[update][0][id]': '1', 'leads[update][0][modified_user_id]': '0' })
    expect(items).toMatchObject([{ actor_id: null, as_of: null }])
  })

  test('the time when a lead was made is not the time of a later change', () => {
    const { items } = readPairs({
      'leads[status][0][id]': '1',
      'leads[status][0][date_create]': '1456822527',
    })
    expect(items).toMatchObject([{ as_of: null, fields: { created_at: '2016-03-01T08:55:27.000Z' } }])
  })
})

describe('what is not understood is told where it stands', () => {
  test.each<[Record<string, string>, string[]]>([
    [{ 'leads[status][0][name]': 'no id' }, ['leads[status][0]']],
    [{ 'leads[status][0][id]': 'x'.repeat(201) }, ['leads[status][0]']],
    [{ 'leads[exploded][0][id]': '1' }, ['leads[exploded]']],
    [{ 'leads[status][0]': '5' }, ['leads[status][0]']],
    [{ leads: '5' }, ['leads']],
    [{ 'talk[add][0][talk_id]': '1' }, ['talk']],
    [{ 'message[add][0][id]': '1' }, ['message[add][0]']],
    [{ 'leads[note][0][note][text]': 'about nobody' }, ['leads[note][0]']],
    [{ 'event[type]': '99', 'event[data][id]': '1' }, ['event']],
    [{ 'account[subdomain]': 'acme' }, ['']],
    [{ 'leads[add][0][id]': '1', 'leads[add][0][custom_fields][0][name]': 'x' }, ['leads[add][0][custom_fields][0]']],
    [{}, ['']],
  ])('%j', (pairs, paths) => {
    const { problems, answer } = readPairs(pairs)
    expect(problems.map(({ path }) => path)).toEqual(paths)
    expect(answer.status).toBe(200)
  }) // prettier-ignore

  test('a broken pair does not take the rest with it', () => {
    const { items, problems } = readBody('leads[add][0][id]=1&leads[add][0][name]=%ff&leads[add][0][price]=5')
    expect(items).toMatchObject([{ fields: { price: '5' } }])
    expect(problems).toMatchObject([{ path: 'leads[add][0][name]', code: 'bad_encoding' }])
  })

  test('more than can be taken at once is not taken at all', () => {
    const leads = (count: number) =>
      Array.from({ length: count }, (_, index) => `leads[delete][${index}][id]=${index + 1}`).join('&')
    expect(readBody(leads(itemsMax)).items).toHaveLength(itemsMax)
    expect(readBody(leads(itemsMax + 1))).toMatchObject({ items: [], problems: [{ code: 'too_many_items' }] })
  })
})

test('another account’s call is not taken where an account was named', () => {
  const pairs = { 'leads[add][0][id]': '1', 'account[subdomain]': 'evil' }
  expect(readPairs(pairs).items).toHaveLength(1)
  expect(readPairs({ ...pairs, 'account[subdomain]': 'Acme' }, { subdomain: 'acme' }).items).toHaveLength(1)
  expect(readPairs(pairs, { subdomain: 'acme' })).toMatchObject({ items: [], problems: [{ code: 'other_account' }] })
  expect(readPairs({ 'leads[add][0][id]': '1' }, { subdomain: 'acme' }).items).toEqual([])
  expect(amocrm.check!({ subdomain: 'acme.amocrm.ru' })).toMatchObject([{ code: 'bad_subdomain' }])
}) // prettier-ignore

describe('widgets', () => {
  const call = (event: object) => readBody(JSON.stringify({ event, account_id: 5 })).items

  test.each([
    [{ type: 1, data: { id: 5, element_type: 2, status_id: 7, pipeline_id: 1 } }, { created: true, fields: { pipeline_id: '1', stage_id: '7' } }],
    [{ type_code: 'lead_appeared_in_status', data: { id: 5, status_id: 7 } }, { created: false, fields: { stage_id: '7' } }],
    [{ type: '21', data: { id: 5, element_type: 12, status_id: 7 } }, { record: { kind: 'customer', id: '5' }, fields: { period_id: '7' } }],
  ])('%j', (event, item) => {
    expect(call(event)).toMatchObject([{ do: 'write', ...item }])
  }) // prettier-ignore

  test('the same call twice is one activity', () => {
    const event = { type: 16, data: { id: 5, element_type: 2 }, time: 1456822527 }
    const ids = [call(event), call(event)].map(([item]) => item!.do === 'activity' && item!.external_id)
    expect(ids).toEqual(Array(2).fill('mail_in:lead:5:2016-03-01T08:55:27.000Z'))
  })

  test('one about something else is not understood', () => {
    expect(call({ type: 16, data: { id: 5, element_type: 3 } })).toEqual([])
    expect(call({ type: 16, data: {} })).toEqual([])
    expect(call({ type: 'constructor', data: { id: 5 } })).toEqual([])
  })
})
