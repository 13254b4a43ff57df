import { describe, expect, test } from 'vitest'
import { done, listAll, type Page as List, type WebhookAnswer } from '../support/api.ts'
import { eventually } from '../support/eventually.ts'
import { noBrowser, useConsole, type Visit } from '../support/console.ts'

describe.skipIf(noBrowser)('the first minutes of a new account', () => {
  const stage = useConsole()
  const webhooksOf = ({ api }: Visit) => listAll<WebhookAnswer>(api, '/v1/webhooks')

  test('a template becomes a webhook, a moved lead arrives, and an alert is set up', async () => {
    const visit = await stage.visit({ path: '/welcome' })
    const { page, api } = visit
    const step = (title: string) =>
      page.getByRole('listitem').filter({
        has: page.getByRole('heading', { level: 2, name: title }),
      })

    await page.getByRole('button', { name: 'Choose a template' }).click()
    await page.getByRole('button', { name: /^Trigger on a pipeline stage/ }).click()
    await page.getByRole('button', { name: 'Make it', exact: true }).click()

    await step('Move the lead')
      .getByRole('button', { name: /^Move to/ })
      .click()
    const arrival = step('See it arrive')
    await arrival.getByText(/^It arrived .+ s after your click\.$/).waitFor()
    await arrival.getByText('Office chairs for 25 people').waitFor()
    await arrival.getByRole('button', { name: 'Copy as curl' }).waitFor()

    const { items: inspectors } = await done(api.get<List<{ id: string; url: string }>>('/v1/inspectors'))
    expect(inspectors).toHaveLength(1)
    const [{ id, url }] = inspectors as [{ id: string; url: string }]
    const { items: requests } = await done(
      api.get<List<{ method: string; body: string }>>(`/v1/inspectors/${id}/requests`),
    )
    expect(requests).toHaveLength(1)
    expect(new URLSearchParams(requests[0]!.body).get('lead_name')).toBe('Office chairs for 25 people')

    await page.getByText('Any URL', { exact: true }).click()
    await page.getByLabel('URL', { exact: true }).fill(`${url}/alerts`)
    await page.getByRole('button', { name: 'Make the alert and test it' }).click()
    await page.getByText(/^“.+” is on$/).waitFor()
    await page.getByText('The receiver took it.').waitFor()
    const made = await webhooksOf(visit)
    expect(made.map(({ request }) => request.url).sort()).toEqual([url, `${url}/alerts`])
  })

  test('what was begun is found again', async () => {
    const { page, open } = await stage.visit({ path: '/welcome' })
    await page.getByRole('button', { name: 'Choose a template' }).click()
    await page.getByRole('button', { name: /^Standard webhook/ }).click()
    await page.getByRole('button', { name: 'Make it', exact: true }).click()
    await page.getByRole('button', { name: /^Move to/ }).waitFor()
    await open('/')
    await open('/welcome')
    await page.getByRole('button', { name: /^Move to/ }).click()
    await page.getByText(/^It arrived .+ s after your click\.$/).waitFor()
    await page.getByText('Signed, and checked here').waitFor()
  })

  test('demo data fills the screens', async () => {
    const visit = await stage.visit({ path: '/' })
    const { page } = visit
    await page.getByRole('link', { name: 'Start', exact: true }).click()
    await page.getByRole('button', { name: 'Load demo data' }).click()
    await page.getByRole('link', { name: 'The board' }).click()
    await page
      .getByRole('button', { name: /^Drag / })
      .first()
      .waitFor()
    await page.getByRole('link', { name: 'History', exact: true }).click()
    await page.getByRole('table').getByText('Delivered').first().waitFor()
    await page.getByRole('link', { name: 'Overview' }).click()
    await page.getByRole('alert', { name: /webhooks? (is|are) failing/ }).waitFor()
    await page.getByRole('link', { name: 'Webhooks' }).click()
    await page.getByRole('heading', { level: 1, name: 'Webhooks' }).waitFor()
    await page.getByRole('radiogroup').getByText('Failing').click()
    await page.waitForURL(/status=failing/)
    const rows = page.getByRole('main').getByRole('row')
    await eventually(async () => expect(await rows.count()).toBe(2))
    await rows.filter({ hasText: 'Won deal' }).waitFor()
    expect((await webhooksOf(visit)).length).toBeGreaterThan(5)
  })
})
