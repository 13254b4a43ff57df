import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Api, type DeliveryAnswer, done, listAll, type WebhookAnswer } from '../support/api.ts'
import { status } from '../support/behaviours.ts'
import { noBrowser, useConsole } from '../support/console.ts'
import { eventually } from '../support/eventually.ts'
import { openReceiver, type Receiver } from '../support/receiver.ts'
import { makeWebhook, sendCall } from '../support/scenario.ts'

const failing = 'Orders to the ERP'
const fine = 'Calls to the archive'
const leads = ['Acme', 'Birch', 'Cedar']

describe.skipIf(noBrowser)('the history', () => {
  const stage = useConsole()
  let receiver: Receiver
  beforeAll(async () => {
    receiver = await openReceiver()
  })
  afterAll(() => receiver?.close())

  /** Two webhooks and three calls: one webhook got all of them, of the other each was given up. */
  async function makeHistory(api: Api, path: string): Promise<{ lost: WebhookAnswer }> {
    receiver.on(`${path}/lost`, status(500, { body: 'The disk is full' }))
    const lost = await makeWebhook(api, {
      name: failing,
      url: `${receiver.url}${path}/lost`,
      delivery: { retry: { policy: 'once' } },
    })
    await makeWebhook(api, { name: fine, url: `${receiver.url}${path}/kept` })
    for (const name of leads) {
      const id = name.toLowerCase()
      await done(api.put(`/v1/records/lead/${id}`, { name }))
      await sendCall(api, { record: { kind: 'lead', id }, current: { name } })
    }
    await settled(api, { dead: 3, delivered: 3 })
    return { lost }
  }

  test('is narrowed by state, webhook and text, and the address keeps it', async () => {
    const { page, api, open } = await stage.visit({ path: '/settings/profile' })
    const { lost } = await makeHistory(api, '/narrow')
    await open('/history')
    await shows(page, 6)

    await page.getByRole('button', { name: 'State', exact: true }).click()
    await page.getByRole('checkbox', { name: 'Given up' }).click()
    await page.keyboard.press('Escape')
    await shows(page, 3)
    await page.waitForURL((url) => url.searchParams.get('state') === 'dead')

    await page.getByRole('button', { name: 'Clear: State' }).click()
    await shows(page, 6)
    await page.getByRole('button', { name: 'Webhook', exact: true }).click()
    await page.getByRole('combobox', { name: 'Webhook' }).fill('erp')
    await page.getByRole('option', { name: failing }).click()
    await shows(page, 3)
    await page.waitForURL((url) => url.searchParams.get('webhook_id') === lost.id)

    // By the account's clocks; what was sent now was not sent yesterday.
    await page.getByRole('button', { name: 'Time', exact: true }).click()
    await page.getByRole('button', { name: 'Yesterday' }).click()
    await page.getByText('No delivery matches').waitFor()
    await page.getByRole('button', { name: /^Time: / }).click()
    await page.getByText('Exact time').click()
    await page.getByLabel('Until').fill('2100-01-01T00:00')
    await page.getByRole('button', { name: 'Show' }).click()
    await shows(page, 3)
    await page.getByRole('button', { name: 'Clear: Time' }).click()

    await page.getByRole('textbox', { name: 'Record, address, answer…' }).fill('birch')
    await shows(page, 1)
    await page.waitForURL((url) => url.searchParams.get('search') === 'birch')

    // Whoever gets the address sees the same.
    const { search } = new URL(page.url())
    await open(`/history${search}`)
    await shows(page, 1)
    await page.getByRole('button', { name: `Webhook: ${failing}` }).waitFor()
    await page.getByRole('button', { name: 'Clear filters' }).click()
    await shows(page, 6)
    expect(new URL(page.url()).search).toBe('')
  })

  test('shows every attempt, with request and answer, and offers it as curl', async () => {
    const { page, context, api, open } = await stage.visit({ path: '/settings/profile' })
    await makeHistory(api, '/attempts')
    await open('/history?state=dead')
    await shows(page, 3)
    await page.getByRole('row', { name: /Birch/ }).getByRole('link').click()
    const delivery = page.getByRole('dialog', { name: 'Delivery' })
    const attempts = delivery.getByRole('region', { name: 'Attempts' })
    await attempts.getByRole('button', { name: /^Attempt 1 .*HTTP 500/ }).waitFor()
    await attempts.getByText('The disk is full').waitFor()
    await attempts.getByText(`${receiver.url}/attempts/lost`, { exact: true }).waitFor()
    await attempts.getByRole('code').filter({ hasText: 'lead.call_received' }).waitFor()
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await attempts.getByRole('button', { name: 'Copy as curl' }).click()
    await attempts.getByRole('button', { name: 'Copied' }).waitFor()
    const copied: string = await page.evaluate('navigator.clipboard.readText()')
    expect(copied).toMatch(/^curl /)
    expect(copied).toContain(`${receiver.url}/attempts/lost`)

    receiver.on('/attempts/lost', status(200))
    await delivery.getByRole('button', { name: 'Send again' }).click()
    await page.getByRole('dialog', { name: 'Send again' }).getByRole('button', { name: 'Send again' }).click()
    await attempts.getByRole('button', { name: /^Attempt 1 .*HTTP 200/ }).waitFor()
    await settled(api, { dead: 3, delivered: 4 })
  })

  test('sends many again, and says how far it is', async () => {
    const { page, api, open } = await stage.visit({ path: '/settings/profile' })
    await makeHistory(api, '/many')
    receiver.on('/many/lost', status(200))
    await open('/history?state=dead')
    await shows(page, 3)
    await page.getByRole('checkbox', { name: 'Choose all that are shown' }).click()
    await page.getByText('3 chosen', { exact: true }).waitFor()
    expect(await page.getByRole('checkbox', { name: 'Choose this delivery: Acme' }).isChecked()).toBe(true)
    await page.getByRole('button', { name: 'Send 3 again' }).click()
    const dialog = page.getByRole('dialog', { name: 'Send many again' })
    await dialog.getByText('3 deliveries are sent again:').waitFor()
    await dialog.getByText(failing).waitFor()
    await dialog.getByRole('button', { name: 'Send 3 again' }).click()
    await dialog.getByText('3 of 3', { exact: true }).waitFor()
    await dialog.getByText('What was made stands in the history.').waitFor()
    await dialog.getByText('3 sent again').waitFor()
    await settled(api, { dead: 3, delivered: 6 })

    await dialog.getByRole('link', { name: 'See what it sent' }).click()
    await page.waitForURL((url) => url.searchParams.get('replay_id')?.startsWith('rpl_') === true)
    await dialog.waitFor({ state: 'hidden' })
    await shows(page, 3)
    await page.getByRole('link', { name: 'Delivered: 3' }).waitFor()
    await page.getByRole('link', { name: 'Replays' }).click()
    await page.getByRole('heading', { level: 1, name: 'Replays' }).waitFor()
    await page.getByText('3 sent again').waitFor()
  })

  test('marks what was sent again, and leaves it out of what is still owed', async () => {
    const { page, api, open } = await stage.visit({ path: '/settings/profile' })
    await makeHistory(api, '/owed')
    receiver.on('/owed/lost', status(200))
    await open('/history?state=dead')
    await shows(page, 3)
    // At a wide window the table stands there, with one link of its own in each row.
    const birch = page.getByRole('row', { name: /Birch/ })
    await birch.getByRole('link').click()
    const delivery = page.getByRole('dialog', { name: 'Delivery' })
    await delivery.getByRole('button', { name: 'Send again' }).click()
    await page.getByRole('dialog', { name: 'Send again' }).getByRole('button', { name: 'Send again' }).click()
    await settled(api, { dead: 3, delivered: 4 })

    // From the new one back to the old one, which tells of it; and there again.
    await delivery.getByText('Replay of').waitFor()
    await delivery.getByRole('button', { name: 'an earlier delivery, with the settings of now' }).click()
    await delivery.getByText(/^Sent again on .*: delivered$/).waitFor()
    await delivery.getByRole('button', { name: 'delivered' }).click()
    await delivery.getByText('Replay of').waitFor()
    await page.keyboard.press('Escape')
    await birch.getByRole('link', { name: /^Sent again: delivered$/ }).waitFor()

    await page.getByRole('button', { name: 'Sent again', exact: true }).click()
    await page.getByRole('option', { name: 'No' }).click()
    await page.waitForURL((url) => url.searchParams.get('sent_again') === 'false')
    await shows(page, 2)

    await page.getByRole('button', { name: 'Clear: Sent again' }).click()
    await shows(page, 3)
    await page.getByRole('checkbox', { name: 'Choose all that are shown' }).click()
    await page.getByRole('button', { name: 'Send 3 again' }).click()
    const dialog = page.getByRole('dialog', { name: 'Send many again' })
    await dialog.getByText('1 of those chosen was sent again already, and goes out once more.').waitFor()
  })
})

/** The list is that long, and all of it. */
async function shows(page: Page, count: number): Promise<void> {
  const all = count === 1 ? 'That is all: 1 delivery.' : `That is all: ${count} deliveries.`
  await page.getByText(all).waitFor()
  await eventually(async () => {
    expect(await page.getByRole('checkbox', { name: 'Choose this delivery' }).count()).toBe(count)
    return true
  })
}

/** Waits until so many deliveries stand in each of these states, and none in another. */
function settled(api: Api, counts: Record<string, number>): Promise<true> {
  return eventually(async () => {
    const deliveries = await listAll<DeliveryAnswer>(api, '/v1/deliveries')
    const states = Object.groupBy(deliveries, ({ state }) => state)
    expect(Object.fromEntries(Object.entries(states).map(([state, all]) => [state, all?.length]))).toEqual(
      counts,
    )
    return true as const
  })
}
