import { describe, expect, test } from 'vitest'
import { listAll, type WebhookAnswer } from '../support/api.ts'
import { noBrowser, useConsole } from '../support/console.ts'
import { createLead, declarePipeline, moveLead, offerStage, sendCall } from '../support/scenario.ts'

describe.skipIf(noBrowser)('a condition that does not hold', () => {
  const stage = useConsole()

  test('is built in rows, said in words, tried before saving, and named by the event', async () => {
    const { page, api, open } = await stage.visit({ path: '/settings/profile' })
    await declarePipeline(api)
    await createLead(api)
    await moveLead(api)

    await open('/webhooks/new?preset=none')
    const main = page.getByRole('main')
    await main.getByRole('textbox', { name: 'Events' }).fill('lead.stage_changed')
    await page.getByRole('option', { name: 'lead.stage_changed' }).click()
    await main.getByRole('textbox', { name: 'URL' }).fill('https://erp.example/hook')
    await main.getByRole('textbox', { name: 'Name', exact: true }).fill('Large deals')

    const conditions = main.getByRole('group', { name: 'Conditions' })
    await conditions.getByRole('button', { name: 'Condition', exact: true }).click()
    await page.getByRole('textbox', { name: 'Find a field' }).fill('price')
    await page.getByRole('option', { name: 'Price current.price' }).click()
    const row = conditions.getByRole('group', { name: 'Price' })
    await row.getByRole('button', { name: /^Price: comparison/ }).click()
    await page.getByRole('option', { name: 'is greater than' }).click()
    await row.getByRole('textbox', { name: 'Price: value' }).fill('50000')
    await main.getByText('Sent when Price is greater than 50,000.', { exact: true }).waitFor()

    const tryIt = page.getByRole('complementary', { name: 'Try it' })
    await tryIt.getByText('Would not be sent').waitFor()
    await tryIt.getByText('A condition does not hold.').waitFor()
    await tryIt.getByText('Price is greater than 50,000').waitFor()
    await tryIt.getByText('Seen: 12,000').waitFor()
    expect(await listAll<WebhookAnswer>(api, '/v1/webhooks')).toEqual([])

    await main.getByRole('button', { name: 'Make the webhook' }).click()
    await page.getByRole('heading', { level: 1, name: 'Large deals' }).waitFor()
    const [webhook] = await listAll<WebhookAnswer>(api, '/v1/webhooks')
    expect(webhook!.conditions).toEqual({
      combinator: 'and',
      rules: [{ field: 'current.price', operator: '>', value: 50_000 }],
    })
    await main.getByText('Sent when Price is greater than 50,000.', { exact: true }).waitFor()

    await open(`/events/${await moveLead(api, offerStage)}`)
    await main.getByText('No webhook fired.').waitFor()
    await main.getByRole('link', { name: 'Large deals' }).waitFor()
    await main.getByText('Price is greater than 50,000').waitFor()
    await main.getByText('Seen: 12,000').waitFor()

    await main.getByRole('link', { name: 'Try this event in the form' }).click()
    await tryIt.getByText('Would not be sent').waitFor()
    await row.getByRole('textbox', { name: 'Price: value' }).fill('10000')
    await tryIt.getByText('Would be sent', { exact: true }).waitFor()
  })

  test('stands in groups, and an unfinished row is asked for', async () => {
    const { page, api, open } = await stage.visit({ path: '/settings/profile' })
    await declarePipeline(api)
    await createLead(api)
    await open('/webhooks/new?preset=none&event=lead.stage_changed')
    const main = page.getByRole('main')
    const conditions = main.getByRole('group', { name: 'Conditions' })
    await conditions.getByRole('button', { name: 'Group', exact: true }).click()
    await page.getByRole('textbox', { name: 'Find a field' }).fill('name')
    await page.getByRole('option', { name: 'Name current.name', exact: true }).click()
    const group = conditions.getByRole('group', { name: 'Group of conditions' })
    await group.getByRole('textbox', { name: 'Name: value' }).fill('ACME')
    await group.getByRole('button', { name: 'Condition', exact: true }).click()
    await page.getByRole('textbox', { name: 'Find a field' }).fill('responsible')
    await page.getByRole('option', { name: /current\.owner_id/ }).click()
    const tryIt = page.getByRole('complementary', { name: 'Try it' })
    await tryIt.getByText(/^Finish the condition/).waitFor()
    await group.getByRole('button', { name: /^Responsible: comparison/ }).click()
    await page.getByRole('option', { name: 'is not empty' }).click()
    await main.getByText('Sent when (Name is “ACME” or Responsible is not empty).').waitFor()
  })
})

describe.skipIf(noBrowser)('a record that only events name', () => {
  const stage = useConsole()

  test('has a page with what they told of it; what nothing names has none', async () => {
    const { page, api, open } = await stage.visit({ path: '/settings/profile' })
    const { id } = await sendCall(api, { record: { kind: 'lead', id: '77' }, current: { name: 'Caller' } })
    await open(`/events/${id}`)
    await page.getByRole('main').getByRole('link', { name: 'Caller' }).click()
    await page.getByRole('heading', { level: 1, name: 'Caller' }).waitFor()
    await page.getByText('Known from events only').waitFor()
    await page.getByRole('main').getByText('call received').first().waitFor()
    await open('/records/lead/78')
    await page.getByRole('heading', { level: 1, name: 'There is nothing here' }).waitFor()
  })
})
