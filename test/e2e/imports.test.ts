/** Many records at once: a file goes in, is applied in the background, and says line by line what it did not take. */
import { describe, expect, test } from 'vitest'
import {
  type Api,
  type DeliveryAnswer,
  done,
  type EventAnswer,
  listAll,
  type Page,
  type ProblemAnswer,
  type RecordAnswer,
} from '../support/api.ts'
import { status } from '../support/behaviours.ts'
import { eventually } from '../support/eventually.ts'
import { openReceiver, type Receiver } from '../support/receiver.ts'
import { decisionOf, makeWebhook } from '../support/scenario.ts'
import { backends, makePlace, type ServerProcess, spawnServer } from '../support/server.ts'
import { useStage } from '../support/stage.ts'

interface ImportAnswer {
  id: string
  kind: string
  format: string
  fire: boolean
  state: string
  lines_total: number
  lines_done: number
  created: number
  updated: number
  unchanged: number
  failed: number
  events: number
}

interface LineError {
  line: number
  errors: { path: string; code: string; message: string }[]
  content: string
}

const ndjson = 'application/x-ndjson'
const csv = 'text/csv'

/** Sends a file and answers at once, as the API does. */
function send(api: Api, file: string, type = ndjson, query = ''): Promise<ImportAnswer> {
  const headers = { 'content-type': type }
  return done(api.post<ImportAnswer>(`/v1/imports?kind=lead${query}`, undefined, { raw: file, headers }))
}

function readImport(api: Api, { id }: { id: string }): Promise<ImportAnswer> {
  return done(api.get<ImportAnswer>(`/v1/imports/${id}`))
}

/** The import once it is through. */
function ended(api: Api, sent: { id: string }): Promise<ImportAnswer> {
  return eventually(async () => {
    const now = await readImport(api, sent)
    return now.state !== 'running' && now
  })
}

function errorsOf(api: Api, { id }: { id: string }): Promise<LineError[]> {
  return listAll<LineError>(api, `/v1/imports/${id}/errors`)
}

async function record(api: Api, id: string): Promise<RecordAnswer> {
  return done(api.get<RecordAnswer>(`/v1/records/lead/${id}`))
}

function leads(count: number, from = 0): string {
  const line = (_: unknown, index: number) => JSON.stringify({ id: `${from + index}`, price: from + index })
  return Array.from({ length: count }, line).join('\n')
}

describe.each(backends)('imports on %s', (backend) => {
  const stage = useStage(backend)

  test('NDJSON: good lines become records and events, bad ones a report', async () => {
    const { api, url, arrivals } = await stage.scene()
    const webhook = await makeWebhook(api, { url, events: ['lead.created'] })
    const lines = [
      '{"id": "1", "name": "Dach", "price": 12000, "tags": ["vip"]}',
      '{"id": "2", "name": "broken"',
      '',
      '{"name": "nobody"}',
      '{"id": "3", "price": "a lot"}',
      '["id", "4"]',
      '{"id": 5, "price": "900"}',
      '{"id": "1", "price": 13000}',
      '{"id": "5", "price": 900}',
    ]
    const sent = await send(api, `${lines.join('\r\n')}\r\n`)
    expect(sent).toMatchObject({ kind: 'lead', format: 'ndjson', fire: true, lines_total: 8 })
    expect(await ended(api, sent)).toMatchObject({
      state: 'done',
      lines_done: 8,
      created: 2,
      updated: 1,
      unchanged: 1,
      failed: 4,
      events: 3,
    })

    const errors = await errorsOf(api, sent)
    expect(errors.map(({ line, content }) => [line, content])).toEqual(
      [2, 4, 5, 6].map((line) => [line, lines[line - 1]]),
    )
    expect(errors.map(({ errors }) => errors[0]!.path)).toEqual(['', 'id', 'price', ''])
    for (const { errors: details } of errors) expect(details[0]!.message).toMatch(/\.$/)

    expect((await record(api, '1')).fields).toEqual({ name: 'Dach', price: 13000, tags: ['vip'] })
    expect((await record(api, '5')).fields).toEqual({ price: 900 })
    for (const id of ['2', '3', '4']) expect((await api.get(`/v1/records/lead/${id}`)).status).toBe(404)

    const events = (await listAll<EventAnswer>(api, '/v1/events')).reverse()
    expect(events.map(({ type, record: { id } }) => `${type} ${id}`)).toEqual([
      'lead.created 1',
      'lead.created 5',
      'lead.updated 1',
    ])
    for (const event of events) expect(event).toMatchObject({ source: 'import', bulk: true })
    expect((await decisionOf(api, events[0]!.id, webhook)).verdict).toBe('fired')
    expect(await arrivals(2)).toHaveLength(2)
  })

  test('CSV: quotes, line breaks and a byte order mark; each mistake with the line that it stands on', async () => {
    const { api } = await stage.scene()
    const rows = [
      'id,name,price,"nota, wewnętrzna"',
      '1,"Dach ""Żuraw""",12000,"pierwsza\nlinia, i druga"',
      '2,,abc,',
      '3,Okna,900',
      ',Drzwi,1,',
      '4,"Brama"x,1,',
      '5,Płot,700,',
    ]
    const sent = await send(api, `\uFEFF${rows.join('\r\n')}\r\n`, csv)
    expect(sent).toMatchObject({ format: 'csv', lines_total: 6 })
    expect(await ended(api, sent)).toMatchObject({ state: 'done', created: 2, failed: 4, events: 2 })
    expect((await record(api, '1')).fields).toEqual({
      name: 'Dach "Żuraw"',
      price: 12000,
      'nota, wewnętrzna': 'pierwsza\nlinia, i druga',
    })
    // An empty cell says nothing of its field.
    expect((await record(api, '5')).fields).toEqual({ name: 'Płot', price: 700 })
    const errors = await errorsOf(api, sent)
    // The first record takes two lines of the file.
    expect(errors.map(({ line, content }) => [line, content])).toEqual([
      [4, rows[2]],
      [5, rows[3]],
      [6, rows[4]],
      [7, rows[5]],
    ])
    expect(errors.map(({ errors }) => errors[0]!.path)).toEqual(['price', '', 'id', ''])
  })

  test('a file that cannot be read at all is refused, and nothing of it is kept', async () => {
    const { api } = await stage.scene()
    const files: [type: string, file: string | Uint8Array][] = [
      [csv, 'name,price\nDach,1\n'],
      [csv, 'id;name\n1;Dach\n'],
      [csv, 'id,name\n1,"Dach\n'],
      [ndjson, '\n\n'],
      [ndjson, Buffer.from([0x7b, 0xff, 0xfe])],
    ]
    for (const [type, raw] of files) {
      const headers = { 'content-type': type }
      const answer = await api.post<ProblemAnswer>('/v1/imports?kind=lead', undefined, { raw, headers })
      expect(answer).toMatchObject({ status: 422, body: { code: 'invalid' } })
      expect(answer.body.detail).toMatch(/\.$/)
    }
    const unknown = await api.post<ProblemAnswer>('/v1/imports?kind=laed', undefined, {
      raw: '{"id":"1"}',
      headers: { 'content-type': ndjson },
    })
    expect(unknown.status).toBe(404)
    expect(unknown.body.detail).toContain('"lead"')
    expect((await done(api.get<Page<ImportAnswer>>('/v1/imports'))).items).toEqual([])
  })

  test('without firing, records change and nobody is told; the next change is told as ever', async () => {
    const { api, url, received } = await stage.scene()
    await makeWebhook(api, { url, events: ['*'] })
    const sent = await send(api, leads(450), ndjson, '&fire=false')
    expect(sent.fire).toBe(false)
    expect(await ended(api, sent)).toMatchObject({ state: 'done', created: 450, events: 0 })
    expect(await listAll(api, '/v1/events')).toEqual([])
    expect(await record(api, '449')).toMatchObject({ fields: { price: 449 }, sequence: 0 })
    const changed = await done(
      api.patch<{ events: { type: string }[] }>('/v1/records/lead/449', { price: 1 }),
    )
    expect(changed.events.map(({ type }) => type)).toEqual(['lead.updated'])
    await stage.receiver.waitFor(() => received().length > 0)
    expect(received()).toHaveLength(1)
  })

  test('canceled: what was applied stays, and nothing follows', async () => {
    const { api } = await stage.scene()
    const sent = await send(api, leads(20_000))
    const canceled = await done(api.post<ImportAnswer>(`/v1/imports/${sent.id}/cancel`))
    expect(canceled).toMatchObject({ state: 'canceled', lines_total: 20_000 })
    expect(canceled.lines_done).toBeLessThan(20_000)
    // Another one, through to its end, is time enough for the first to go on if it would.
    await ended(api, await send(api, leads(1, 1_000_000)))
    const after = await readImport(api, sent)
    expect(after).toMatchObject({ state: 'canceled', lines_done: canceled.lines_done })
    const kept = await listAll<RecordAnswer>(api, '/v1/records/lead')
    expect(kept).toHaveLength(canceled.lines_done + 1)
    const again = await api.post<ProblemAnswer>(`/v1/imports/${sent.id}/cancel`)
    expect(again).toMatchObject({ status: 409, body: { code: 'conflict' } })
  })

  test('kill -9 in the middle: it goes on where it was, and no line yields its event twice', async () => {
    await using place = await makePlace(backend)
    await using receiver = await openReceiver()
    const total = 6000
    const deadly = [200, 3000]
    const told = (price: number) => price >= total - 40 || deadly.includes(price)
    let sent: ImportAnswer
    {
      await using server = await spawnServer(place)
      const equal = deadly.map((value) => ({ field: 'current.price', operator: '=', value }))
      const last = { field: 'current.price', operator: '>=', value: total - 40 }
      const conditions = { combinator: 'or', rules: [...equal, last] }
      await makeWebhook(server.api, { url: receiver.url, events: ['lead.*'], conditions })
      const killed = killAt(receiver, server, deadly[0]!)
      sent = await send(server.api, leads(total))
      await killed
    }
    {
      await using server = await spawnServer(place)
      await killAt(receiver, server, deadly[1]!)
    }
    receiver.answer(status(200))
    await using server = await spawnServer(place)
    const { api } = server
    expect(await ended(api, sent)).toMatchObject({
      state: 'done',
      lines_done: total,
      created: total,
      updated: 0,
      unchanged: 0,
      failed: 0,
      events: total,
    })
    const events = await listAll<EventAnswer>(api, '/v1/events')
    expect(events).toHaveLength(total)
    expect(new Set(events.map(({ record: { id } }) => id)).size).toBe(total)
    // In the order of the file.
    expect(events.map(({ record: { id } }) => Number(id)).reverse()).toEqual(
      Array.from({ length: total }, (_, index) => index),
    )
    const deliveries = await listAll<DeliveryAnswer>(api, '/v1/deliveries')
    const firing = events.filter(({ current }) => told(current['price'] as number)).map(({ id }) => id)
    expect(firing).toHaveLength(42)
    expect(deliveries.map(({ event_id }) => event_id).sort()).toEqual(firing.sort())
    await eventually(async () =>
      (await listAll<DeliveryAnswer>(api, '/v1/deliveries')).every(({ state }) => state === 'delivered'),
    )
  })
})

/** Kills the server when the receiver is told of this line: most of those behind it are yet to be imported then. */
async function killAt(receiver: Receiver, server: ServerProcess, line: number): Promise<void> {
  receiver.answer(({ request, response }) => {
    const { data } = JSON.parse(request.body.toString()) as { data: EventAnswer }
    if (data.record.id === `${line}`) server.kill('SIGKILL')
    else response.end()
  })
  expect(await server.exited).toEqual({ code: null, signal: 'SIGKILL' })
}
