import { expect, test } from 'vitest'
import type { Delivery, Webhook } from '../../src/model/index.ts'
import { type DeliveryFilter, searchedDeliveriesMax, type Store } from '../../src/store/store.ts'
import type { Opened } from './store.ts'
import {
  addAccount,
  addDeliveries,
  addSettled,
  addWebhook,
  makeAttempt,
  makeOutcome,
  makeResponse,
  presentMs,
} from './things.ts'

export function deliverySearchTests(opened: Opened): void {
  const store = (): Store => opened().store

  async function ids(accountId: string, text: string, filter: DeliveryFilter = {}, limit = 100) {
    const found: string[] = []
    let after: string | undefined
    for (;;) {
      const page = await store().deliveries.search(accountId, filter, text, { limit, after })
      expect(page.found.length).toBeLessThanOrEqual(limit)
      found.push(...page.found.map(({ id }) => id))
      if (page.next === null) return found
      after = page.next
    }
  }

  /** Sent once, with this answer. */
  async function addAnswered(webhook: Webhook, change: Parameters<typeof makeAttempt>[2]): Promise<Delivery> {
    const [delivery] = await addDeliveries(store(), webhook, 1, { state: 'sending', lease: 1 })
    const attempt = makeAttempt(delivery!, 'rejected', change)
    const next = { state: 'dead', reason: 'rejected' } as const
    await store().recordAttempts([makeOutcome({ delivery: delivery! }, { attempt, next })], presentMs())
    return delivery!
  }

  test('text is found wherever a person would look for it, in any case of any alphabet', async () => {
    const account = await addAccount(store())
    const erp = await addWebhook(store(), account, { name: 'Учёт ERP' })
    const chat = await addWebhook(store(), account, { name: 'Chat' })
    const [byRecord] = await addDeliveries(store(), chat, 1, {}, { record: { kind: 'lead', id: 'AB-12' } })
    const byName = await addSettled(store(), chat, 'delivered', { current: { name: 'Сделка ЁЛКА' } })
    const byType = await addSettled(store(), chat, 'waiting', { type: 'contact.tagged' })
    const byWebhook = await addSettled(store(), erp, 'dead')
    const byUrl = await addAnswered(chat, {
      request: {
        method: 'POST',
        url: 'https://x.example/Invoices/7',
        headers: [['x', 'secret']],
        body: null,
      },
    })
    const answer = (text: string) => ({ ...makeResponse(422), body: Buffer.from(text) })
    const byAnswer = await addAnswered(chat, { response: answer('{"error":"Счёт ЗАКРЫТ"}') })
    const byReason = await addAnswered(chat, {
      reason: 'dns',
      detail: 'The name y.example could not be found.',
      request: null,
      response: null,
    })
    for (const [text, expected] of [
      ['ab-12', byRecord!],
      ['сделка ёлка', byName],
      ['CONTACT.TAG', byType],
      ['учЁТ', byWebhook],
      ['/invoices/', byUrl],
      ['счёт закрыт', byAnswer],
      ['could NOT be found', byReason],
      ['DNS', byReason],
    ] as const) {
      expect([text, ...(await ids(account.id, text))]).toEqual([text, expected.id])
    }
    expect(await ids(account.id, 'rejected')).toEqual([byReason, byAnswer, byUrl].map(({ id }) => id))
    expect(await ids(account.id, 'secret')).toEqual([])
    expect(await ids(account.id, 'a_b%')).toEqual([])
    expect(await ids((await addAccount(store())).id, 'ab-12')).toEqual([])
  })

  test('it looks only through what the filter leaves, page by page', async () => {
    const account = await addAccount(store())
    const [erp, chat] = [await addWebhook(store(), account), await addWebhook(store(), account)]
    const made: Delivery[] = []
    for (const state of ['dead', 'delivered', 'dead', 'waiting'] as const) {
      for (const webhook of [erp, chat]) made.push(await addSettled(store(), webhook, state))
    }
    const newest = made.map(({ id }) => id).reverse()
    expect(await ids(account.id, 'LEAD.stage')).toEqual(newest)
    expect(await ids(account.id, 'LEAD.stage', {}, 3)).toEqual(newest)
    expect(await ids(account.id, 'LEAD.stage', {}, 1)).toEqual(newest)
    const dead = made.filter((_, index) => [0, 4].includes(index)).map(({ id }) => id)
    expect(await ids(account.id, 'lead', { webhook_id: erp.id, states: ['dead'] }, 1)).toEqual(dead.reverse())
  })

  test('one call looks through a bounded part of the list, and says where to go on', async () => {
    const account = await addAccount(store())
    const webhook = await addWebhook(store(), account)
    const record = { kind: 'lead', id: 'needle' }
    const [oldest] = await addDeliveries(store(), webhook, 1, {}, { record })
    const others = await addDeliveries(store(), webhook, searchedDeliveriesMax)
    const search = (after?: string) =>
      store().deliveries.search(account.id, {}, 'Needle', { limit: 10, after })
    const first = await search()
    expect(first).toEqual({ found: [], next: others[0]!.id })
    expect(await search(first.next!)).toEqual({ found: [oldest], next: null })
  })
}
