/**
 * Upnify's page: Sistema > Integrações > Webhooks. A webhook has a name, an event, a URL, a method and rows of key and value;
 * the list shows each with its last run and status; its menu leads to the last execution, the history, the settings, and to
 * disabling and deleting.
 */
import { describe, expect, test } from 'vitest'
import {
  type Api,
  type DeliveryAnswer,
  type DeliveryWithAttempts,
  done,
  type EventAnswer,
  type Page,
  type ProblemAnswer,
} from '../support/api.ts'
import { inTurn, status } from '../support/behaviours.ts'
import { eventIdIn, fromPreset, happens, type ShownWebhook, write } from '../support/crm-steps.ts'
import { decisionOf, deliveriesOf, deliveryIdOf, deliveryIn, readDelivery } from '../support/scenario.ts'
import { backends } from '../support/server.ts'
import { useStage } from '../support/stage.ts'

type Fields = Record<string, unknown>

interface Line {
  /** As the page lists it. */
  name: string
  event: string
  /** What the record is before; null: it is not there yet. */
  before: Fields | null
  /** What is written to it, or what happens around it. */
  change: Fields | { activity: string; data: Fields }
}

/** The thirty, in the page's order and words. */
const lines: Line[] = [
  line('Mudança de fase do cliente', 'customer.stage_changed', { stage_id: 'a' }, { stage_id: 'b' }),
  line(
    'Mudança de fase das oportunidades',
    'opportunity.stage_changed',
    { stage_id: 'a' },
    { stage_id: 'b' },
  ),
  line('Conduz a mudança de fase', 'prospect.stage_changed', { stage_id: 'a' }, { stage_id: 'b' }),
  line('Cliente arquivado', 'customer.archived', {}, { state: 'archived' }),
  line('Cliente compartilhado', 'customer.shared', { shared_with: ['7'] }, { shared_with: ['7', '9'] }),
  line('Cliente descartado', 'customer.discarded', {}, { state: 'discarded', state_reason: 'Número errado' }),
  line('Cliente editado', 'customer.updated', { phone: '1' }, { phone: '+5511987654321' }),
  line('Cliente etiquetado', 'customer.tagged', { tags: ['vip'] }, { tags: ['vip', 'São Paulo'] }),
  line('Cliente não compartilhado', 'customer.unshared', { shared_with: ['7', '9'] }, { shared_with: ['7'] }),
  line('Novo cliente', 'customer.created', null, { email: 'ana@acme.example' }),
  line('Cliente reativado', 'customer.reactivated', { state: 'archived' }, { state: 'active' }),
  line('Cliente reatribuído', 'customer.reassigned', { owner_id: '7' }, { owner_id: '9' }),
  line('Citação criada', 'quote.created', null, { total: 45500, currency: 'BRL' }),
  line('Oportunidade de vendas editadas', 'opportunity.updated', { price: 1 }, { price: 48000 }),
  line('Novas oportunidades de vendas', 'opportunity.created', null, { price: 48000 }),
  line(
    'Oportunidade de vendas reativada',
    'opportunity.reactivated',
    { state: 'discarded' },
    { state: 'active' },
  ),
  line('Oportunidade de vendas reatribuídas', 'opportunity.reassigned', { owner_id: '7' }, { owner_id: '9' }),
  line('Prospecto Arquivado', 'prospect.archived', {}, { state: 'archived' }),
  line('Prospecto compartilhado', 'prospect.shared', {}, { shared_with: ['7'] }),
  line('Prospecto descartado', 'prospect.discarded', { state: 'archived' }, { state: 'discarded' }),
  line('Prospecto editado', 'prospect.updated', {}, { email: 'joao@lima.example' }),
  line('Prospecto etiquetado', 'prospect.tagged', {}, { tags: ['feira'] }),
  line('Folheto não compartilhado', 'prospect.unshared', { shared_with: ['7'] }, { shared_with: [] }),
  line('Novo folheto', 'prospect.created', null, { phone: '+5511987654321' }),
  line('Brochura reativada', 'prospect.reactivated', { state: 'archived' }, { state: 'active' }),
  line('Prospecto reatribuído', 'prospect.reassigned', {}, { owner_id: '9' }),
  followUp('Seguimento do cliente', 'customer'),
  followUp('Seguimento das oportunidades', 'opportunity'),
  followUp('Seguimento para prospecção', 'prospect'),
  line('Nova venda', 'sale.created', null, { total: 45500, currency: 'BRL' }),
]

function line(name: string, event: string, before: Fields | null, change: Fields): Line {
  return { name, event, before, change }
}

function followUp(name: string, kind: string): Line {
  const data = { method: 'call', text: 'Falamos do preço', result: 'Quer desconto' }
  return {
    name,
    event: `${kind}.follow_up_logged`,
    before: {},
    change: { activity: 'follow_up_logged', data },
  }
}

/** Chave e Valor as the preset has them, and one that the developer adds. */
const rows = [
  { name: 'event', from: 'field', value: 'event.type' },
  { name: 'id', from: 'field', value: 'record.id' },
  { name: 'name', from: 'field', value: 'current.name' },
  { name: 'time', from: 'field', value: 'event.occurred_at' },
  { name: 'loja', from: 'value', value: 'Loja nº 7' },
]

describe.each(backends)('Upnify webhooks on %s', (backend) => {
  const stage = useStage(backend)

  test.each(lines)('$name: $event', async ({ name, event, before, change }) => {
    const { api, url, arrivals } = await stage.scene()
    const kind = event.split('.')[0]!
    const called = `${name} (nome)`
    if (before) await write(api, kind, '31', { name: called, pipeline_id: 'p', ...before })
    const webhook = await fromPreset(api, 'key-value', {
      name,
      events: [event],
      request: { url, options: { params: rows } },
    })

    const { id } =
      'activity' in change
        ? await happens(api, kind, '31', change.activity as string, change.data as Fields)
        : { id: eventIdIn(await writeOnly(api, kind, before, called, change, event), event) }

    const [request, ...more] = await arrivals(1)
    expect(more).toEqual([])
    expect(request!.method).toBe('POST')
    expect(request!.headers['content-type']).toBe('application/json')
    const { occurred_at } = await done(api.get<EventAnswer>(`/v1/events/${id}`))
    expect(request!.body.toString()).toBe(
      JSON.stringify({ event, id: '31', name: called, time: occurred_at, loja: 'Loja nº 7' }),
    )
    await deliveryIn(api, await deliveryIdOf(api, id, webhook), 'delivered')
    expect(await deliveriesOf(api, webhook)).toHaveLength(1)
  })

  /** The change is this event and no other. */
  async function writeOnly(
    api: Api,
    kind: string,
    before: Fields | null,
    called: string,
    change: Fields,
    event: string,
  ) {
    const written = await write(api, kind, '31', before ? change : { name: called, ...change })
    expect(written.events.map(({ type }) => type)).toEqual([event])
    return written
  }

  test('the catalogue finds each event by the word that the page has for it', async () => {
    const { api } = await stage.server.newAccount()
    const catalogue = await done(
      api.get<{ events: { type: string; aliases: { upnify?: string[] } }[] }>('/v1/catalogue'),
    )
    const byWord = catalogue.events.flatMap(({ type, aliases }) =>
      (aliases.upnify ?? []).map((word) => [word, type] as const),
    )
    expect(lines).toHaveLength(30)
    expect(new Map(byWord)).toEqual(new Map(lines.map(({ name, event }) => [name, event])))
    expect(byWord).toHaveLength(30)
  })

  test('"venda": the till is told of a new sale, with the customer who bought', async () => {
    const { api, url, arrivals } = await stage.scene()
    const webhook = await fromPreset(api, 'key-value', {
      name: 'venda',
      request: {
        url,
        options: {
          params: [
            ...rows.slice(0, 2),
            { name: 'cliente.nome', from: 'field', value: 'customer.name' },
            { name: 'cliente.email', from: 'field', value: 'customer.email' },
            { name: 'total', from: 'field', value: 'current.total' },
          ],
        },
      },
    })
    expect(webhook).toMatchObject({ events: ['sale.created'], request: { method: 'POST' } })
    await write(api, 'customer', '31', { name: 'ACME Ltda', email: 'ana@acme.example' })
    // The system that tells of sales has a token that may do just that.
    const made = await done(
      api.post<{ token: string }>('/v1/tokens', { kind: 'ingest', name: 'Ponto de venda' }),
    )
    const till = api.with({ authorization: `Bearer ${made.token}` })
    await write(till, 'sale', '7741', {
      name: 'Pedido 7741',
      total: 45500,
      currency: 'BRL',
      customer_id: '31',
    })
    expect(JSON.parse((await arrivals(1))[0]!.body.toString())).toEqual({
      event: 'sale.created',
      id: '7741',
      cliente: { nome: 'ACME Ltda', email: 'ana@acme.example' },
      total: 45500,
    })
    const refused = await till.post<ProblemAnswer>('/v1/webhooks', { preset: 'key-value', name: 'x' })
    expect(refused).toMatchObject({ status: 403, body: { code: 'forbidden' } })
  })

  test('the list, the last execution, the history, the settings', async () => {
    const { api, url } = await stage.scene(inTurn(status(200), status(500, { body: 'caixa fechado' })))
    const webhook = await fromPreset(api, 'key-value', {
      name: 'venda',
      request: { url },
      delivery: { retry: { policy: 'once' } },
    })
    const list = async () => (await done(api.get<Page<ShownWebhook>>('/v1/webhooks'))).items
    expect(await list()).toMatchObject([
      {
        name: 'venda',
        events: ['sale.created'],
        request: { url, method: 'POST' },
        status: 'active',
        last_delivery: null,
      },
    ])

    const first = eventIdIn(await write(api, 'sale', '1', { name: 'Pedido 1' }), 'sale.created')
    const sent = await deliveryIn(api, await deliveryIdOf(api, first, webhook), 'delivered')
    expect((await list())[0]!.last_delivery).toEqual({
      id: sent.id,
      at: sent.settled_at,
      state: 'delivered',
      status_code: 200,
    })

    const second = eventIdIn(await write(api, 'sale', '2', { name: 'Pedido 2' }), 'sale.created')
    const failed = await deliveryIn(api, await deliveryIdOf(api, second, webhook), 'dead')
    expect((await list())[0]!.last_delivery).toMatchObject({ id: failed.id, state: 'dead', status_code: 500 })

    const lastPath = `/v1/deliveries?webhook_id=${webhook.id}&limit=1`
    const last = await done(api.get<Page<DeliveryAnswer>>(lastPath))
    expect(last.items).toMatchObject([
      { id: failed.id, record: { kind: 'sale', id: '2' }, last_status_code: 500 },
    ])
    const execution: DeliveryWithAttempts = await readDelivery(api, last.items[0]!.id)
    expect(execution.attempts).toHaveLength(1)
    expect(execution.attempts[0]).toMatchObject({
      outcome: 'retry',
      request: { method: 'POST', url },
      response: { status_code: 500, body: 'caixa fechado' },
    })
    expect(JSON.parse(execution.attempts[0]!.request!.body!)).toMatchObject({
      event: 'sale.created',
      id: '2',
    })

    expect((await deliveriesOf(api, webhook)).map(({ id }) => id)).toEqual([failed.id, sent.id])

    const changed = await done(
      api.patch<ShownWebhook>(`/v1/webhooks/${webhook.id}`, { name: 'venda nova', events: ['sale.*'] }),
    )
    expect(changed).toMatchObject({ version: 2, name: 'venda nova', request: { url, format: 'params' } })
    expect((await list())[0]).toMatchObject({ name: 'venda nova', events: ['sale.*'] })
  })

  test('disabled, then deleted: nothing more is sent, and what was sent stays', async () => {
    const { api, url, received } = await stage.scene()
    const webhook = await fromPreset(api, 'key-value', { name: 'venda', request: { url } })
    const sell = async (id: string) => eventIdIn(await write(api, 'sale', id, { name: id }), 'sale.created')
    await deliveryIn(api, await deliveryIdOf(api, await sell('1'), webhook), 'delivered')

    const off = await done(api.post<ShownWebhook>(`/v1/webhooks/${webhook.id}/disable`))
    expect(off.status).toBe('disabled')
    expect(await decisionOf(api, await sell('2'), webhook)).toMatchObject({
      verdict: 'skipped',
      reason: 'disabled',
    })
    await done(api.post(`/v1/webhooks/${webhook.id}/enable`))
    await deliveryIn(api, await deliveryIdOf(api, await sell('3'), webhook), 'delivered')

    expect((await api.delete(`/v1/webhooks/${webhook.id}`)).status).toBe(204)
    expect((await done(api.get<Page<ShownWebhook>>('/v1/webhooks'))).items).toEqual([])
    await sell('4')
    expect((await deliveriesOf(api, webhook)).map(({ record }) => record.id)).toEqual(['3', '1'])
    expect(received()).toHaveLength(2)
  })
})
