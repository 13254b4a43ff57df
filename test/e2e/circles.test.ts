/** What never fires: a webhook for what it caused itself, and one for what the server tells of it. */
import { describe, expect, test } from 'vitest'
import { type Api, done, type EventAnswer, listAll } from '../support/api.ts'
import { type Behaviour, status } from '../support/behaviours.ts'
import { eventIdIn, write } from '../support/crm-steps.ts'
import { eventually } from '../support/eventually.ts'
import { openReceiver } from '../support/receiver.ts'
import {
  decisionOf,
  deliveriesOf,
  deliveryIdOf,
  deliveryIn,
  makeWebhook,
  sendCall,
} from '../support/scenario.ts'
import { backends, startTestServer } from '../support/server.ts'
import { useStage } from '../support/stage.ts'

const once = { retry: { policy: 'once' } }

function when(field: string, operator: string, value?: string) {
  return { combinator: 'and', rules: [{ field, operator, ...(value === undefined ? {} : { value }) }] }
}

/** Why the webhook did or did not fire. */
async function reasonOf(api: Api, eventId: string, webhook: { id: string }): Promise<string> {
  return (await decisionOf(api, eventId, webhook)).reason
}

async function eventsOf(api: Api, type: string): Promise<EventAnswer[]> {
  return listAll<EventAnswer>(api, `/v1/events?type=${type}`)
}

describe.each(backends)('circles on %s', (backend) => {
  const stage = useStage(backend)

  describe('loops', () => {
    /** A receiver that changes something in the CRM itself, and tells what led to it when asked to. */
    function writingBack(act: (headers: Record<string, string>) => Promise<unknown>): Behaviour {
      return ({ request, response }) => {
        const cause = String(request.headers['hookline-cause'])
        act({ 'hookline-cause': cause }).then(
          () => response.end(),
          () => response.destroy(),
        )
      }
    }

    test('a change that a webhook caused does not fire it again', async () => {
      const { api, path, url, received } = await stage.scene()
      const webhook = await makeWebhook(api, { url, events: ['lead.updated'] })
      await done(api.put('/v1/fields/lead/erp_number', { title: 'Number in the ERP', type: 'text' }))
      const other = await makeWebhook(api, {
        url: `${url}-other`,
        events: ['lead.updated'],
        conditions: when('current.erp_number', 'notNull'),
      })
      stage.receiver.on(
        path,
        writingBack((headers) => done(api.patch('/v1/records/lead/1', { erp_number: 'A-17' }, { headers }))),
      )
      await write(api, 'lead', '1', { price: 1 })
      const first = eventIdIn(await write(api, 'lead', '1', { price: 2 }), 'lead.updated')
      await deliveryIn(api, await deliveryIdOf(api, first, webhook), 'delivered')
      const [back] = await eventsOf(api, 'lead.updated')
      expect(back!.caused_by).toEqual({ event_id: first, chain: [webhook.id] })
      expect(await decisionOf(api, back!.id, webhook)).toMatchObject({
        verdict: 'skipped',
        reason: 'loop',
        delivery_id: null,
      })
      // Others may well want to know what the ERP wrote.
      expect(await reasonOf(api, back!.id, other)).toBe('fired')
      expect(received()).toHaveLength(1)
    })

    test('nor does a circle through another webhook', async () => {
      const { api, path, url, received } = await stage.scene()
      const onLead = await makeWebhook(api, { url, events: ['lead.updated'] })
      const onContact = await makeWebhook(api, { url: `${url}-contact`, events: ['contact.updated'] })
      stage.receiver.on(
        path,
        writingBack((headers) => done(api.patch('/v1/records/contact/88', { synced: 1 }, { headers }))),
      )
      stage.receiver.on(
        `${path}-contact`,
        writingBack((headers) => done(api.patch('/v1/records/lead/1', { synced: 1 }, { headers }))),
      )
      await write(api, 'lead', '1', {})
      await write(api, 'contact', '88', {})
      await write(api, 'lead', '1', { price: 2 })
      const last = await eventually(async () =>
        (await eventsOf(api, 'lead.updated')).find((event) => event.caused_by),
      )
      expect(last.caused_by).toMatchObject({ chain: [onLead.id, onContact.id] })
      expect(await reasonOf(api, last.id, onLead)).toBe('loop')
      expect(received()).toHaveLength(1)
    })

    test('a chain of different webhooks ends, too', async () => {
      const { api, path } = await stage.scene()
      const links = Array.from({ length: 9 }, (_, index) => index)
      const webhooks = []
      for (const index of links) {
        const url = `${stage.receiver.url}${path}-${index}`
        const conditions = when('record.id', '=', `${index}`)
        webhooks.push(await makeWebhook(api, { url, events: ['lead.created'], conditions }))
        stage.receiver.on(
          `${path}-${index}`,
          writingBack((headers) => done(api.put(`/v1/records/lead/${index + 1}`, {}, { headers }))),
        )
      }
      await write(api, 'lead', '0', {})
      const last = await eventually(async () =>
        (await eventsOf(api, 'lead.created')).find(({ record }) => record.id === '8'),
      )
      expect(last.caused_by).toMatchObject({ chain: webhooks.slice(0, 8).map(({ id }) => id) })
      expect(await reasonOf(api, last.id, webhooks[8]!)).toBe('loop')
    })

    test('a cause that this server did not sign says nothing', async () => {
      const { api, url } = await stage.scene()
      const webhook = await makeWebhook(api, { url, events: ['lead.created'] })
      const forged = Buffer.from(JSON.stringify(['evt_1', webhook.id])).toString('base64url')
      for (const cause of [`v1.${forged}.${'A'.repeat(43)}`, 'nonsense', '']) {
        const headers = { 'hookline-cause': cause }
        const id = `forged-${cause.length}`
        const written = await done(
          api.put<{ events: { id: string }[] }>(`/v1/records/lead/${id}`, {}, { headers }),
        )
        expect(await reasonOf(api, written.events[0]!.id, webhook)).toBe('fired')
      }
    })

    test('where the header is lost, the rate guard ends it', async () => {
      const now = Date.now()
      await using server = await startTestServer({
        backend,
        environment: { HOOKLINE_RATE_GUARD: '5' },
        // Within one minute, however long the test takes.
        machine: { clock: () => now },
      })
      await using receiver = await openReceiver()
      const { api } = server
      const webhook = await makeWebhook(api, { url: receiver.url, events: ['lead.updated'] })
      let price = 1
      receiver.answer(writingBack(() => write(api, 'lead', '1', { price: ++price })))
      await write(api, 'lead', '1', { price })
      await write(api, 'lead', '1', { price: ++price })
      const stopped = await eventually(async () => {
        const [latest] = await eventsOf(api, 'lead.updated')
        return (await reasonOf(api, latest!.id, webhook)) === 'rate_guard' && latest
      })
      expect(stopped.caused_by).toBeNull()
      expect(await decisionOf(api, stopped.id, webhook)).toMatchObject({
        verdict: 'skipped',
        delivery_id: null,
      })
      expect(await deliveriesOf(api, webhook)).toHaveLength(5)
      expect(receiver.requests).toHaveLength(5)
      // Another record is another matter.
      await write(api, 'lead', '2', {})
      const other = eventIdIn(await write(api, 'lead', '2', { price: 1 }), 'lead.updated')
      expect(await reasonOf(api, other, webhook)).toBe('fired')
    })
  })

  describe("the server's own events", () => {
    const told = ['delivery.dead', 'webhook.failing', 'webhook.disabled']

    test('go to those that name them: not to a star, and never to the webhook that they are about', async () => {
      const { api, path, url, received } = await stage.scene()
      stage.receiver.on(`${path}-failing`, status(500))
      const failing = await makeWebhook(api, {
        name: 'Failing',
        url: `${url}-failing`,
        events: ['lead.call_received', ...told],
        delivery: { ...once, slots: 1 },
      })
      const star = await makeWebhook(api, { url: `${url}-star`, events: ['*'] })
      const named = await makeWebhook(api, { url, events: told })
      const calls: EventAnswer[] = []
      for (let count = 0; count < 5; count++) calls.push(await sendCall(api))
      for (const { id } of calls) await deliveryIn(api, await deliveryIdOf(api, id, failing), 'dead')

      const dead = await eventsOf(api, 'delivery.dead')
      expect(dead.map(({ data }) => data['event_id']).sort()).toEqual(calls.map(({ id }) => id).sort())
      expect(dead[0]!.data).toMatchObject({
        webhook_id: failing.id,
        webhook_name: 'Failing',
        reason: 'out_of_attempts',
        status_code: 500,
      })
      const failings = await eventsOf(api, 'webhook.failing')
      expect(failings).toHaveLength(1)
      expect(failings[0]!.data).toMatchObject({ webhook_id: failing.id, failures_in_a_row: 5 })
      for (const { id } of [...dead, ...failings]) {
        expect(await reasonOf(api, id, named)).toBe('fired')
        expect(await reasonOf(api, id, star)).toBe('not_subscribed')
        expect(await reasonOf(api, id, failing)).toBe('loop')
      }
      await stage.receiver.waitFor(() => received().length === 6)
      const byType = received().map(({ body }) => (JSON.parse(body.toString()) as { type: string }).type)
      expect(byType.sort()).toEqual([...Array<string>(5).fill('delivery.dead'), 'webhook.failing'])
      expect(await deliveriesOf(api, star)).toHaveLength(5)
      expect(await deliveriesOf(api, failing)).toHaveLength(5)
    })

    test('deliveries of them that die breed none', async () => {
      const { api, path, url } = await stage.scene()
      for (const name of ['lead', 'alert']) stage.receiver.on(`${path}-${name}`, status(500))
      const failing = await makeWebhook(api, { url: `${url}-lead`, delivery: once })
      const deaf = await makeWebhook(api, { url: `${url}-alert`, events: told, delivery: once })
      const healthy = await makeWebhook(api, { url, events: told })
      for (let count = 0; count < 4; count++) await sendCall(api)
      const all = async (webhook: { id: string }, state: string, count: number) =>
        eventually(async () => {
          const deliveries = await deliveriesOf(api, webhook)
          return deliveries.length === count && deliveries.every((delivery) => delivery.state === state)
        })
      await all(failing, 'dead', 4)
      await all(deaf, 'dead', 4)
      await all(healthy, 'delivered', 4)
      expect(await eventsOf(api, 'delivery.dead')).toHaveLength(4)
    })
  })
})
