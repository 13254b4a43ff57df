/** A record is erased: nothing of it is left where anybody could look, and the rest of the account stays as it was. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Api, done, type EventAnswer, listAll } from '../support/api.ts'
import { status } from '../support/behaviours.ts'
import { eventually } from '../support/eventually.ts'
import { openReceiver, type Receiver } from '../support/receiver.ts'
import {
  decisionOf,
  deliveriesOf,
  deliveryIn,
  deliveryIdOf,
  makeWebhook,
  readDelivery,
} from '../support/scenario.ts'
import {
  type Backend,
  backends,
  makePlace,
  type Place,
  spawnServer,
  startTestServer,
  type TestServer,
} from '../support/server.ts'

interface ErasureAnswer {
  id: string
  state: string
  phase: string
  events: number
  snapshots: number
  canceled: number
  attempts: number
  contents: number
  traces_left: boolean
}

const marker = 'Zażółćmarker'
const trace = `${marker} trace`
const contactId = '88'

/** Where the marker is found in what the database keeps: files, or tables and columns. */
async function whereIs(text: string, place: Place): Promise<string[]> {
  if (place.backend === 'sqlite') {
    const directory = place.environment['HOOKLINE_DATA_DIR']!
    // The lock is left alone: to open and close it here would let go of it.
    const names = (await readdir(directory)).filter((name) => !name.endsWith('.lock'))
    const files = await Promise.all(
      names.map(async (name) => ({ name, bytes: await readFile(join(directory, name)) })),
    )
    return files.filter(({ bytes }) => bytes.includes(text)).map(({ name }) => name)
  }
  const client = new pg.Client({ connectionString: place.environment['DATABASE_URL']! })
  await client.connect()
  try {
    const found: string[] = []
    const { rows: tables } = await client.query<{ tablename: string }>(
      'SELECT tablename FROM pg_tables WHERE schemaname = current_schema()',
    )
    for (const { tablename } of tables) {
      const { rows } = await client.query<Record<string, unknown>>(`SELECT * FROM "${tablename}"`)
      for (const row of rows) {
        for (const [column, value] of Object.entries(row)) {
          const bytes = Buffer.isBuffer(value) ? value : Buffer.from(String(value))
          if (bytes.includes(text)) found.push(`${tablename}.${column}`)
        }
      }
    }
    return found
  } finally {
    await client.end()
  }
}

function eraseDone(api: Api, id: string): Promise<ErasureAnswer> {
  return eventually(async () => {
    const erasure = await done(api.get<ErasureAnswer>(`/v1/erasures/${id}`))
    if (erasure.state !== 'done') throw new Error(`The erasure is ${JSON.stringify(erasure)}.`)
    return erasure
  })
}

/** On PostgreSQL an erasure waits for transactions from before it; the server's clock jumps over that. */
const quietMs = 120_000

describe.each<Backend>(backends)('%s: erasure', (backend) => {
  let place: Place
  let server: TestServer
  let receiver: Receiver
  let aheadMs = 0
  const sql = backend === 'postgres'

  beforeAll(async () => {
    place = await makePlace(backend)
    receiver = await openReceiver()
    server = await startTestServer({
      backend,
      place,
      environment: { HOOKLINE_POLL_MS: '25' },
      machine: { clock: () => Date.now() + aheadMs },
    })
  })
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]()
    await receiver?.close()
    await place?.[Symbol.asyncDispose]()
  })

  test('everything that shows the record is blanked; ids and outcomes stay', async () => {
    const { api } = server
    receiver.on('/echo', ({ request, response }) => response.end(request.body))
    receiver.on('/down', status(500))
    const every = { name: 'Everything', url: `${receiver.url}/echo`, events: ['lead.*', 'contact.*'] }
    const all = await makeWebhook(api, every)
    const inUrl = await makeWebhook(api, {
      name: 'In the URL',
      url: `${receiver.url}/echo?who={{ contact.name }}`,
      events: ['lead.created'],
    })
    const inspector = await done(api.post<{ id: string; url: string }>('/v1/inspectors', {}))
    await makeWebhook(api, { name: 'Inspected', url: inspector.url, events: ['lead.*', 'contact.*'] })
    const choosy = await makeWebhook(api, {
      name: 'Never',
      url: `${receiver.url}/echo`,
      events: ['lead.created', 'contact.created'],
      conditions: {
        combinator: 'or',
        rules: [
          { field: 'contact.name', operator: '=', value: 'somebody else' },
          { field: 'current.name', operator: '=', value: 'somebody else' },
        ],
      },
    })
    const down = await makeWebhook(api, {
      name: 'Down',
      url: `${receiver.url}/down`,
      events: ['contact.updated'],
    })

    const company = { name: 'ACME stays' }
    await done(api.put('/v1/records/company/5', company))
    const contact = { name: `Ann ${trace}`, email: `ann@${marker}.example`, company_id: '5' }
    await done(api.with({ 'idempotency-key': 'k1' }).put(`/v1/records/contact/${contactId}`, contact))
    await done(api.patch(`/v1/records/contact/${contactId}`, { name: `Anna ${trace}` }))
    await done(
      api.post(`/v1/records/contact/${contactId}/activities`, {
        type: 'email_received',
        data: { text: `hello from ${marker}` },
      }),
    )
    await done(api.put('/v1/records/lead/1', { name: 'Deal stays', contact_id: contactId }))
    // The same id of another kind is somebody else.
    await done(api.put('/v1/records/lead/2', { name: 'Other stays', company_id: contactId }))

    const events = await listAll<EventAnswer>(api, '/v1/events')
    const read = (wanted: (event: EventAnswer) => boolean) =>
      done(api.get<EventAnswer>(`/v1/events/${events.find(wanted)!.id}`))
    const created = await read(({ type }) => type === 'contact.created')
    const updated = await read(({ type }) => type === 'contact.updated')
    const lead = await read(({ type, record }) => type === 'lead.created' && record.id === '1')
    expect(lead).toMatchObject({ related: { contact: { name: `Anna ${trace}` } } })
    const deliveryId = await deliveryIdOf(api, created.id, all)
    const ofUrl = await deliveryIdOf(api, lead.id, inUrl)
    await deliveryIn(api, ofUrl, 'delivered')
    for (const { id } of await deliveriesOf(api, all)) await deliveryIn(api, id, 'delivered')
    const waiting = await deliveryIdOf(api, updated.id, down)
    await deliveryIn(api, waiting, 'waiting')
    await eventually(async () => (await listAll(api, `/v1/inspectors/${inspector.id}/requests`)).length >= 5)
    expect(await whereIs(marker, place)).not.toEqual([])

    const { id } = await done(api.post<ErasureAnswer>(`/v1/records/contact/${contactId}/erase`))
    aheadMs += quietMs
    const erasure = await eraseDone(api, id)

    expect(await whereIs(marker, place)).toEqual([])
    expect(erasure).toMatchObject({ events: 3, snapshots: 1, canceled: 1, traces_left: sql })
    expect(erasure.attempts).toBeGreaterThanOrEqual(6)

    const blank = await done(api.get<EventAnswer>(`/v1/events/${created.id}`))
    expect(blank).toEqual({ ...created, current: {}, previous: {}, data: {}, related: {} })
    const shown = await done(api.get<EventAnswer>(`/v1/events/${lead.id}`))
    expect(shown).toEqual({ ...lead, related: { ...lead.related, contact: { id: contactId } } })
    const decision = await decisionOf(api, lead.id, choosy)
    expect(decision).toMatchObject({ verdict: 'skipped', reason: 'condition' })
    expect(decision.failed.find(({ field }) => field === 'contact.name')).toMatchObject({
      expected: 'somebody else',
      seen: null,
    })
    expect(decision.failed.find(({ field }) => field === 'current.name')).toMatchObject({
      seen: 'Deal stays',
    })
    const delivery = await readDelivery(api, deliveryId)
    expect(delivery).toMatchObject({
      state: 'delivered',
      record: { kind: 'contact', id: contactId, name: null },
      last_attempt: { outcome: 'delivered' },
      last_status_code: 200,
    })
    expect(delivery.attempts).toMatchObject([
      { outcome: 'delivered', request: null, response: { status_code: 200, headers: [], truncated: false } },
    ])
    expect(await readDelivery(api, waiting)).toMatchObject({ state: 'canceled', reason: 'erased' })
    expect(await done(api.get(`/v1/records/contact/${contactId}`))).toMatchObject({
      state: 'deleted',
      fields: {},
    })
    const others = await listAll<EventAnswer>(api, '/v1/events?record_kind=lead&record_id=2')
    expect(others).toMatchObject([{ current: { name: 'Other stays' } }])
    // The same request under its key is not answered with what was erased.
    const again = await api.with({ 'idempotency-key': 'k1' }).put(`/v1/records/contact/${contactId}`, contact)
    expect(again).toMatchObject({ status: 409, body: { errors: [{ code: 'answer_not_kept' }] } })
  })

  test('what is being sent may end, and is emptied then', async () => {
    const { api } = server
    const release = Promise.withResolvers<void>()
    receiver.on('/slow', ({ response }) => void release.promise.then(() => response.end(`got ${marker}`)))
    const slow = await makeWebhook(api, {
      name: 'Slow',
      url: `${receiver.url}/slow`,
      events: ['company.created', 'lead.created'],
    })
    await done(api.put('/v1/records/company/held', { name: marker }))
    await done(api.put('/v1/records/lead/held', { name: 'Deal stays', company_id: 'held' }))
    await receiver.waitFor((requests) => requests.filter(({ path }) => path === '/slow').length === 2)
    const { id } = await done(api.post<ErasureAnswer>('/v1/records/company/held/erase'))
    await eventually(async () => {
      const events = await listAll<EventAnswer>(api, '/v1/events?record_kind=company&record_id=held')
      return events.every(({ current }) => Object.keys(current).length === 0)
    })
    expect(await done(api.get(`/v1/erasures/${id}`))).toMatchObject({ state: 'running', phase: 'own' })
    release.resolve()
    for (const delivery of await deliveriesOf(api, slow)) await deliveryIn(api, delivery.id, 'delivered')
    aheadMs += quietMs
    expect(await eraseDone(api, id)).toMatchObject({ events: 1, snapshots: 1, canceled: 0 })
    expect(await whereIs(marker, place)).toEqual([])
    // Its receiver says the marker to whatever it is sent, also by the tests after this one.
    expect((await api.delete(`/v1/webhooks/${slow.id}`)).status).toBe(204)
  })

  test('an erased record can be written anew, and only what was before is gone', async () => {
    const { api } = server
    await done(api.put('/v1/records/contact/new', { name: `Old ${marker}` }))
    const { id } = await done(api.post<ErasureAnswer>('/v1/records/contact/new/erase'))
    await done(api.put('/v1/records/contact/new', { name: 'Fresh' }))
    aheadMs += quietMs
    await eraseDone(api, id)
    expect(await done(api.get('/v1/records/contact/new'))).toMatchObject({ fields: { name: 'Fresh' } })
    const events = await listAll<EventAnswer>(api, '/v1/events?record_kind=contact&record_id=new')
    expect(events.at(-1)!.current).toEqual({})
    expect(events.at(-2)!.current).toEqual({ name: 'Fresh' })
    expect(await whereIs(marker, place)).toEqual([])
  })

  test('a record that nobody named is not found; whoever may not erase is refused', async () => {
    const { api } = server
    expect((await api.post('/v1/records/contact/nobody/erase')).status).toBe(404)
    const { token } = await done(
      api.post<{ token: string }>('/v1/tokens', { kind: 'manage', name: 'Manager' }),
    )
    const manager = api.with({ authorization: `Bearer ${token}` })
    expect((await manager.post(`/v1/records/contact/${contactId}/erase`)).status).toBe(403)
    expect((await manager.get('/v1/erasures')).status).toBe(403)
  })
})

test('an erasure goes on after kill -9', { timeout: 60_000 }, async () => {
  await using place = await makePlace('sqlite')
  const first = await spawnServer(place)
  for (let n = 0; n < 20; n++) {
    const items = Array.from({ length: 100 }, (_, index) => ({
      kind: 'contact',
      id: 'c',
      fields: { name: `${marker} ${n} ${index}` },
    }))
    await done(first.api.post('/v1/records/batch', { items }))
  }
  const { id } = await done(first.api.post<ErasureAnswer>('/v1/records/contact/c/erase'))
  await eventually(async () => {
    const { events } = await done(first.api.get<ErasureAnswer>(`/v1/erasures/${id}`))
    return events > 0
  })
  first.kill('SIGKILL')
  await first.exited
  await using second = await spawnServer(place)
  const erasure = await eraseDone(second.api, id)
  expect(erasure.events).toBe(2000)
  expect(await whereIs(marker, place)).toEqual([])
})
