/** amoCRM's own webhooks, called as amoCRM calls: what they say becomes records, activities and events. */
import { describe, expect, test } from 'vitest'
import { done } from '../support/api.ts'
import { fromPreset, happens, write } from '../support/crm-steps.ts'
import { eventually } from '../support/eventually.ts'
import { createLead, decisionOf, declarePipeline, makeWebhook, wonStage } from '../support/scenario.ts'
import { backends } from '../support/server.ts'
import { history, keptCalls, makeSource, readSource, record, types } from '../support/source-steps.ts'
import { useStage } from '../support/stage.ts'

/** Calls as amoCRM does, and answers the status. */
async function call(source: { url: string }, form: Record<string, string | number>): Promise<number> {
  const pairs = Object.entries(form).map(([name, value]) => [name, String(value)])
  const response = await fetch(source.url, {
    method: 'POST',
    headers: { 'user-agent': 'amoCRM-WebHook-client/1.0' },
    body: new URLSearchParams(pairs),
  })
  await response.arrayBuffer()
  return response.status
}

/** A lead as amoCRM sends it with each of its calls, keys and values of real ones. */
function lead(action: string, fields: Record<string, string | number> = {}, index = 0) {
  const entry = {
    id: 31926520,
    name: 'Some test lead',
    status_id: 142,
    price: 10000,
    responsible_user_id: 938348,
    last_modified: 1456822527,
    modified_user_id: 102525,
    created_user_id: 102525,
    date_create: 1456808154,
    pipeline_id: 2116,
    account_id: 10216991,
    ...fields,
  }
  return named(`leads[${action}][${index}]`, entry)
}

function named(prefix: string, fields: Record<string, string | number>) {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [`${prefix}[${key}]`, value]))
}

const account = { 'account[subdomain]': 'test000002', 'account[id]': 10216991 }

describe.each(backends)('the amoCRM source on %s', (backend) => {
  const stage = useStage(backend)

  async function scene() {
    const { api } = await stage.server.newAccount()
    return { api, source: await makeSource(api, 'amocrm') }
  }

  test('an update of a lead that was never seen is where we start from, not news', async () => {
    const { api, source } = await scene()
    expect(await call(source, { ...lead('update'), ...account })).toBe(200)
    expect(await history(api)).toEqual([])
    const { fields, sequence } = await record(api, 'lead', '31926520')
    expect(sequence).toBe(0)
    expect(fields).toMatchObject({
      name: 'Some test lead',
      price: 10000,
      pipeline_id: '2116',
      stage_id: '142',
      owner_id: '938348',
    })
    // From here on each change is one.
    await call(source, { ...lead('update', { price: 20000, last_modified: 1456822600 }), ...account })
    expect(await types(api)).toEqual(['lead.updated 31926520'])
    expect(await readSource(api, source)).toMatchObject({ calls: 2, items: 2, problems: 0 })
    expect(await keptCalls(api, source)).toEqual([])
  })

  test('a stage change carries its old stage, so it is news of a lead that was never seen, too', async () => {
    const { api, source } = await scene()
    const webhook = await makeWebhook(api, {
      url: `${stage.receiver.url}/erp`,
      events: ['lead.stage_changed'],
      scope: [{ pipeline_id: '2116', stage_ids: ['142'] }],
      conditions: {
        combinator: 'and',
        rules: [
          { field: 'current.stage_id', operator: 'changedFrom', value: '10216994' },
          { field: 'current.price', operator: '>=', value: 10000 },
        ],
      },
    })
    const form = { ...lead('status', { old_status_id: 10216994 }), ...account }
    expect(await call(source, form)).toBe(200)
    const [event, ...more] = await history(api)
    expect(more).toEqual([])
    expect(event).toMatchObject({
      type: 'lead.stage_changed',
      record: { kind: 'lead', id: '31926520' },
      previous: { stage_id: '10216994' },
      data: { old_pipeline_id: '2116', pipeline_id: '2116', old_stage_id: '10216994', stage_id: '142' },
      occurred_at: '2016-03-01T08:55:27.000Z',
      actor: { kind: 'user', id: '102525' },
      source: 'amocrm',
      bulk: false,
    })
    expect(await decisionOf(api, event!.id, webhook)).toMatchObject({ verdict: 'fired' })
  })

  test('a call that comes again, and the same move told as update and as status, are one event', async () => {
    const { api, source } = await scene()
    await call(source, { ...lead('add', { status_id: 10216994, last_modified: 1456808154 }), ...account })
    const moved = { ...lead('status', { old_status_id: 10216994 }), ...account }
    await call(source, { ...lead('update'), ...account })
    for (let tries = 0; tries < 3; tries++) await call(source, moved)
    expect(await types(api)).toEqual(['lead.created 31926520', 'lead.stage_changed 31926520'])
    expect((await history(api))[1]!.data).toMatchObject({ old_stage_id: '10216994', stage_id: '142' })
  })

  test('several records come in one call, companies among the contacts', async () => {
    const { api, source } = await scene()
    const form = {
      ...lead('status', { id: 1, old_status_id: 10216994 }, 0),
      ...lead('status', { id: 2, old_status_id: 10216995 }, 1),
      ...lead('responsible', { id: 3, old_responsible_user_id: 102525 }),
      ...lead('add', { id: 4 }),
      ...named('contacts[add][0]', {
        id: 52379505,
        name: 'ACME',
        type: 'company',
        date_create: 1457002089,
      }),
      ...named('contacts[add][1]', {
        id: 88,
        name: 'Ann Lee',
        type: 'contact',
        linked_company_id: 52379505,
      }),
      ...named('customers[period][0]', { id: 7, old_period_id: 16203334, period_id: 16203337 }),
      ...named('task[add][0]', { id: 5, element_id: 4, element_type: 2, text: 'Call back', status: 0 }),
      ...account,
    }
    expect(await call(source, form)).toBe(200)
    expect(await types(api)).toEqual([
      'lead.stage_changed 1',
      'lead.stage_changed 2',
      'lead.reassigned 3',
      'lead.created 4',
      'company.created 52379505',
      'contact.created 88',
      'customer.period_changed 7',
      'task.created 5',
    ])
    expect((await history(api))[5]!.related).toMatchObject({ company: { name: 'ACME' } })
    expect((await record(api, 'task', '5')).fields).toMatchObject({ lead_id: '4', completed: false })
    expect(await readSource(api, source)).toMatchObject({ calls: 1, items: 8 })
  })

  test('what is older than what we hold changes nothing', async () => {
    const { api, source } = await scene()
    await call(source, { ...lead('add', { price: 1, last_modified: 1456822500 }), ...account })
    await call(source, { ...lead('update', { price: 3, last_modified: 1456822700 }), ...account })
    expect(
      await call(source, { ...lead('update', { price: 2, last_modified: 1456822600 }), ...account }),
    ).toBe(200)
    expect((await record(api, 'lead', '31926520')).fields['price']).toBe(3)
    expect(await types(api)).toEqual(['lead.created 31926520', 'lead.updated 31926520'])
    // The same holds for a program that says when its fields were true.
    const late = await done(
      api.patch<{ stale?: boolean; events: object[] }>(
        '/v1/records/lead/31926520?as_of=2016-03-01T08:55:00Z',
        { price: 2 },
      ),
    )
    expect(late).toMatchObject({ stale: true, events: [] })
    expect(await keptCalls(api, source)).toEqual([])
  })

  test('notes, calls and messages are activities, each once', async () => {
    const { api, source } = await scene()
    const note = named('leads[note][0][note]', {
      id: 501,
      element_id: 31926520,
      element_type: 2,
      note_type: 4,
      text: 'Decides in December',
      created_by: 102525,
      date_create: 1456822527,
    })
    const phone = named('leads[note][0][note]', {
      id: 502,
      element_id: 31926520,
      element_type: 2,
      note_type: 10,
      text: '{"PHONE":"+79991234567","DURATION":"42","LINK":"https://calls.example/1.mp3"}',
      date_create: 1456822530,
    })
    const message = {
      ...named('message[add][0]', {
        id: '7f1c-4a',
        chat_id: 'c1',
        contact_id: 88,
        entity_type: 'lead',
        entity_id: 31926520,
        text: 'Is it in stock?',
        type: 'incoming',
        origin: 'telegram',
        created_at: 1456822540,
      }),
      'message[add][0][author][name]': 'Anna',
    }
    const answer = named('message[add][0]', {
      id: '7f1c-4b',
      entity_type: 'lead',
      entity_id: 31926520,
      type: 'outgoing',
    })
    for (let tries = 0; tries < 2; tries++)
      for (const form of [note, phone, message, answer])
        expect(await call(source, { ...form, ...account })).toBe(200)
    const events = await history(api)
    expect(events.map(({ type, data }) => [type, data])).toEqual([
      ['lead.note_added', { text: 'Decides in December', user_id: '102525', note_type: '4' }],
      [
        'lead.call_received',
        { from: '+79991234567', duration_s: 42, recording_url: 'https://calls.example/1.mp3' },
      ],
      [
        'lead.chat_message_received',
        { from: 'Anna', channel: 'telegram', text: 'Is it in stock?', chat_id: 'c1', contact_id: '88' },
      ],
    ])
    // Another account's amoCRM may use the same numbers.
    await call(await makeSource(api, 'amocrm'), { ...note, ...account })
    expect(await history(api)).toHaveLength(4)
  })

  test('the digital pipeline: mail, call, chat, visit and stage, as a form and as JSON', async () => {
    const { api, source } = await scene()
    const at = { id: 4921027, pipeline_id: 752662, status_id: 16203334 }
    for (const action of ['mail_in', 'call_in', 'chat', 'site_visit'])
      await call(source, named(`leads[${action}][0]`, at))
    const body =
      '{"leads":{"status":[{"id":4921027,"old_pipeline_id":752662,"pipeline_id":752662,"old_status_id":16203334,"status_id":16203337}]}}'
    const response = await fetch(source.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    })
    expect(response.status).toBe(200)
    expect(await types(api)).toEqual(
      ['email_received', 'call_received', 'chat_message_received', 'site_visited', 'stage_changed'].map(
        (action) => `lead.${action} 4921027`,
      ),
    )
  })

  test('what our own amoCRM webhooks send to another account reads back as the same', async () => {
    const { api: theirs, source } = await scene()
    const { api } = await stage.server.newAccount()
    await declarePipeline(api)
    const events = [
      'created',
      'updated',
      'tagged',
      'stage_changed',
      'reassigned',
      'deleted',
      'restored',
      'note_added',
    ]
    const names = events.map((action) => `lead.${action}`).concat('company.created', 'contact.created')
    await fromPreset(api, 'amocrm-account', { name: 'Mirror', events: names, request: { url: source.url } })
    const pipeline = ['lead.email_received', 'customer.period_changed']
    await fromPreset(api, 'amocrm-pipeline', {
      name: 'Mails',
      events: pipeline,
      request: { url: source.url },
    })

    // Each step is awaited at the other end: the calls of two webhooks may pass each other.
    let seen = 0
    const mirrored = (count: number) =>
      eventually(async () => {
        const all = await types(theirs)
        return all.length >= seen + count && (seen = all.length)
      })
    await write(api, 'company', '42', { name: 'ACME & Söhne' })
    await mirrored(1)
    await write(api, 'contact', '88', { name: 'Ann Lee', email: 'ann@acme.example', company_id: '42' })
    await mirrored(1)
    await createLead(api, { contact_id: '88', owner_id: '7', utm_source: 'spring sale' })
    await mirrored(1)
    for (const change of [
      { price: 13_500.5 },
      { stage_id: wonStage },
      { owner_id: '9' },
      { tags: ['vip'] },
    ]) {
      await write(api, 'lead', '4831596', change)
      await mirrored(1)
    }
    await happens(api, 'lead', '4831596', 'note_added', { text: 'Signed' })
    await mirrored(1)
    await happens(api, 'lead', '4831596', 'email_received', { subject: 'Thanks' })
    await mirrored(1)
    await write(api, 'customer', '5', { period_id: '1' })
    await write(api, 'customer', '5', { period_id: '2' })
    await mirrored(1)
    const [mine, copy] = await Promise.all([api, theirs].map((one) => record(one, 'lead', '4831596')))
    await done(api.delete('/v1/records/lead/4831596'))
    await mirrored(1)
    const deleted = await record(theirs, 'lead', '4831596')
    await write(api, 'lead', '4831596', {})
    await mirrored(1)

    expect(copy!.fields).toMatchObject(mine!.fields)
    expect((await record(theirs, 'contact', '88')).fields).toMatchObject({
      name: 'Ann Lee',
      email: 'ann@acme.example',
      company_id: '42',
    })
    expect(deleted.state).toBe('deleted')
    expect(await record(theirs, 'lead', '4831596')).toMatchObject({
      state: 'present',
      fields: { name: 'Deal with ACME', price: 13_500.5 },
    })
    const told = await history(theirs)
    expect(told.map(({ type }) => type)).toEqual([
      'company.created',
      'contact.created',
      'lead.created',
      'lead.updated',
      'lead.stage_changed',
      'lead.reassigned',
      'lead.tagged',
      'lead.note_added',
      'lead.email_received',
      'customer.period_changed',
      'lead.deleted',
      'lead.restored',
    ])
    expect(told[4]!.data).toMatchObject({ old_stage_id: '16203334', stage_id: '16203337' })
    expect(told[5]!.data).toEqual({ old_owner_id: '7', owner_id: '9' })
    expect(told[9]!.data).toEqual({ old_period_id: '1', period_id: '2' })
    expect(await keptCalls(theirs, source)).toEqual([])
  })

  test('what is not understood is answered and kept, and what is understood beside it is taken', async () => {
    const { api, source } = await scene()
    const form = {
      ...lead('status', { old_status_id: 10216994 }),
      'leads[exploded][0][id]': 5,
      'catalogs[add][0][id]': 6,
      ...account,
    }
    expect(await call(source, form)).toBe(200)
    expect(await types(api)).toEqual(['lead.stage_changed 31926520'])
    const bytes = Buffer.from([0xff, 0x00, 0x7b, 0xfe])
    for (const body of [bytes, Buffer.from('{"leads": {"status": [{"id": 1,'), Buffer.from('')]) {
      const response = await fetch(`${source.url}/below?of=it`, {
        method: 'PUT',
        headers: { 'content-type': 'text/plain', 'x-from': 'somebody' },
        body,
      })
      expect(response.status).toBe(200)
    }
    expect(await types(api)).toHaveLength(1)

    const [empty, cut, noise, partly] = await keptCalls(api, source)
    expect(partly).toMatchObject({ method: 'POST', items: 1, body_encoding: 'utf8' })
    expect(partly!.problems.map(({ path }) => path)).toEqual(['leads[exploded]', 'catalogs'])
    expect(new URLSearchParams(partly!.body).get('leads[status][0][id]')).toBe('31926520')
    expect(noise).toMatchObject({ method: 'PUT', path: '/below', query: 'of=it', items: 0 })
    expect(noise).toMatchObject({ body_encoding: 'base64', body: bytes.toString('base64') })
    expect(Object.fromEntries(noise!.headers)['x-from']).toBe('somebody')
    expect(cut).toMatchObject({ body: '{"leads": {"status": [{"id": 1,', items: 0 })
    expect(empty).toMatchObject({ body: '' })
    for (const kept of [empty, cut, noise]) expect(kept!.problems).toHaveLength(1)
    expect(await readSource(api, source)).toMatchObject({ calls: 4, items: 1, problems: 5 })
  })

  test('a value that a declared field cannot hold is a problem of the call, not of the others in it', async () => {
    const { api, source } = await scene()
    const form = { ...lead('add', { id: 1, price: 'a lot' }, 0), ...lead('add', { id: 2 }, 1), ...account }
    expect(await call(source, form)).toBe(200)
    expect(await types(api)).toEqual(['lead.created 2'])
    const [kept] = await keptCalls(api, source)
    expect(kept).toMatchObject({ items: 1, problems: [{ path: 'lead 1: price' }] })
  })

  test('calls of another account, and to an address that is off or unknown, are not taken', async () => {
    const { api } = await scene()
    const source = await makeSource(api, 'amocrm', { subdomain: 'acme' })
    const form = lead('add')
    expect(await call(source, { ...form, ...account })).toBe(200)
    expect(await keptCalls(api, source)).toMatchObject([{ problems: [{ path: 'account[subdomain]' }] }])
    await done(api.patch(`/v1/sources/${source.id}`, { status: 'disabled' }))
    expect(await call(source, { ...form, 'account[subdomain]': 'acme' })).toBe(410)
    expect(await history(api)).toEqual([])
    await done(api.patch(`/v1/sources/${source.id}`, { status: 'active' }))
    expect(await call(source, { ...form, 'account[subdomain]': 'acme' })).toBe(200)
    expect(await types(api)).toEqual(['lead.created 31926520'])
    expect(await call({ url: `${source.url}x` }, form)).toBe(404)
  })
})
