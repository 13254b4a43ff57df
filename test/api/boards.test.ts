/** What a board shows: the records of a stage, and how many stand on each. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Api, done, listAll, type Page, type ProblemAnswer, type RecordAnswer } from '../support/api.ts'
import { backends, startTestServer, type TestServer } from '../support/server.ts'

describe.each(backends)('%s', (backend) => {
  let server: TestServer
  let api: Api

  beforeAll(async () => {
    server = await startTestServer({ backend })
  })
  afterAll(() => server[Symbol.asyncDispose]())
  beforeEach(async () => {
    api = (await server.newAccount()).api
    await done(
      api.put('/v1/pipelines/lead/sales', {
        stages: [{ id: 'offer' }, { id: 'call' }, { id: 'won', type: 'won' }],
      }),
    )
  })

  const put = (id: string, fields: object) =>
    done(api.put(`/v1/records/lead/${id}`, { pipeline_id: 'sales', stage_id: 'offer', ...fields }))
  const ids = async (query: string) =>
    (await listAll<RecordAnswer>(api, `/v1/records/lead?${query}`)).map(({ id }) => id)

  test('records are listed by stage, state, owner and tag', async () => {
    await put('1', { owner_id: '7', tags: ['vip'] })
    await put('2', { state: 'archived' })
    await put('3', { stage_id: 'won', name: 'Ёлка' })
    await put('4', {})
    await done(api.delete('/v1/records/lead/4'))
    expect(await ids('pipeline_id=sales&stage_id=offer')).toEqual(['1', '2'])
    expect(await ids('pipeline_id=sales&stage_id=offer&state=active')).toEqual(['1'])
    expect(await ids('state=archived')).toEqual(['2'])
    expect(await ids('owner_id=7')).toEqual(['1'])
    expect(await ids('tag=vip')).toEqual(['1'])
    expect(await ids(`pipeline_id=sales&search=${encodeURIComponent('ёлКА')}`)).toEqual(['3'])
  })

  test('a stage that nobody named still waits for a name when its pipeline gets one', async () => {
    for (const [id, stage_id] of [['1', 'first'], ['2', 'second']] as const) await put(id, { pipeline_id: 'new', stage_id }) // prettier-ignore
    const path = '/v1/pipelines/lead/new'
    const stages = [{ id: 'first' }, { id: 'second', name: 'Talks' }, { id: 'third' }]
    await done(api.put(path, { name: 'New business', stages }))
    const { stages: kept } = await done(api.get<{ stages: { id: string; origin: string }[] }>(path))
    expect(kept.map(({ id, origin }) => [id, origin])).toEqual([
      ['first', 'discovered'],
      ['second', 'declared'],
      ['third', 'declared'],
    ])
  })

  test('a pipeline learns no more stages than can be declared; records stand where their callers say', async () => {
    const items = Array.from({ length: 210 }, (_, index) => {
      const fields = { pipeline_id: 'endless', stage_id: `s${index}` }
      return { kind: 'lead', id: String(index), fields }
    })
    await done(api.post('/v1/records/batch', { items }))
    const { stages } = await done(api.get<{ stages: { id: string }[] }>('/v1/pipelines/lead/endless'))
    expect(stages.map(({ id }) => id)).toEqual(items.slice(0, 200).map(({ fields }) => fields.stage_id))
    expect(await ids('pipeline_id=endless&stage_id=s209')).toEqual(['209'])
  })

  test('a stage, pipeline or person that was deleted is there again once a write repeats it', async () => {
    interface Names {
      stages: { id: string; name: string; origin: string }[]
    }
    const pipeline = '/v1/pipelines/lead/sales'
    const write = { pipeline_id: 'sales', stage_id: 'offer', owner_id: '7' }
    await done(api.put('/v1/records/lead/1', write))
    const discovered = { id: 'offer', name: 'offer', type: 'open', color: null, origin: 'discovered' }

    await done(api.put(pipeline, { stages: [{ id: 'call' }] }))
    const again = await api.patch('/v1/records/lead/1', { stage_id: 'offer' })
    expect(again).toMatchObject({ status: 200, body: { events: [] } })
    expect((await done(api.get<Names>(pipeline))).stages).toMatchObject([{ id: 'call' }, discovered])

    await done(api.delete(pipeline))
    await done(api.delete('/v1/users/7'))
    await done(api.put('/v1/records/lead/1', write))
    expect(await done(api.get(pipeline))).toMatchObject({ origin: 'discovered', stages: [discovered] })
    expect(await done(api.get('/v1/users/7'))).toMatchObject({ origin: 'discovered' })
  })

  test('a strict account refuses what a write brings in, and nothing that it leaves as it is', async () => {
    await put('1', {})
    await done(api.put('/v1/pipelines/lead/sales', { stages: [{ id: 'call' }] }))
    await done(api.patch('/v1/account', { strict: true }))
    await put('1', {})
    await done(api.patch('/v1/records/lead/1', { price: 500 }))
    const elsewhere = await api.patch<ProblemAnswer>('/v1/records/lead/1', { stage_id: 'won' })
    expect(elsewhere).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'stage_id', code: 'unknown_stage' }] },
    })
    const { stages } = await done(api.get<{ stages: { id: string }[] }>('/v1/pipelines/lead/sales'))
    expect(stages.map(({ id }) => id)).toEqual(['call'])
  })

  test('the newest change comes first where that is asked for, page by page', async () => {
    for (const id of ['1', '2', '3']) await put(id, {})
    await put('1', { name: 'Changed last' })
    const first = await done(api.get<Page<RecordAnswer>>('/v1/records/lead?order=updated&limit=2'))
    expect(first.items.map(({ id }) => id)).toEqual(['1', '3'])
    const cursor = `cursor=${first.next_cursor}`
    expect(await done(api.get(`/v1/records/lead?order=updated&limit=2&${cursor}`))).toMatchObject({
      items: [{ id: '2' }],
      next_cursor: null,
    })
    const mixed = await api.get<ProblemAnswer>(`/v1/records/lead?${cursor}`)
    expect(mixed.body).toMatchObject({ status: 400, code: 'bad_cursor' })
    const unknown = await api.get<ProblemAnswer>('/v1/records/lead?order=name')
    expect(unknown.body).toMatchObject({ status: 422, errors: [{ path: 'order' }] })
  })

  test('records are counted by stage: empty stages too, and stages that the pipeline does not know', async () => {
    await put('1', {})
    await put('2', {})
    await put('3', { state: 'discarded' })
    await put('4', { stage_id: 'won' })
    await put('5', { stage_id: 'elsewhere' })
    await put('6', { stage_id: null })
    await done(
      api.put('/v1/pipelines/lead/sales', { stages: [{ id: 'offer' }, { id: 'call' }, { id: 'won' }] }),
    )
    expect(await done(api.get('/v1/pipelines/lead/sales/counts'))).toEqual({
      items: [
        { stage_id: 'offer', records: 2 },
        { stage_id: 'call', records: 0 },
        { stage_id: 'won', records: 1 },
        { stage_id: null, records: 1 },
        { stage_id: 'elsewhere', records: 1 },
      ],
    })
    const none = await api.get<ProblemAnswer>('/v1/pipelines/lead/none/counts')
    expect(none.body).toMatchObject({ status: 404, code: 'not_found' })
  })
})
