import type { Locator, Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { type Api, done, type Page as List } from '../support/api.ts'
import { noBrowser, useConsole } from '../support/console.ts'
import { eventually } from '../support/eventually.ts'
import { makeWebhook } from '../support/scenario.ts'
import { type Backend, backends } from '../support/server.ts'

interface PipelineAnswer {
  id: string
  stages: { id: string; name: string; type: string }[]
}

/** The names of the first two stages, and the lead's. */
const [first, second] = ['New', 'First contact'] as const
const lead = 'Deal with ACME, the long way round'

describe.skipIf(noBrowser).each(backends)('a trigger on a stage, on %s', (backend: Backend) => {
  const stage = useConsole(backend)

  test('is made on the board, and a card that is dragged there sets it off', async () => {
    const { page, api } = await stage.visit({ path: '/pipelines' })
    await page.getByRole('button', { name: 'Change it first' }).click()
    const editor = page.getByRole('dialog', { name: 'New pipeline' })
    await editor.getByRole('textbox', { name: 'Name', exact: true }).fill('Field sales')
    await editor.getByRole('button', { name: 'Remove Meeting' }).click()
    await hasFocus(page, editor.getByRole('button', { name: 'Remove Offer sent' }))
    await editor.getByRole('button', { name: 'Add a stage' }).click()
    await page.keyboard.type('Paid in part')
    await editor.getByRole('button', { name: 'Make pipeline' }).click()
    await page.getByRole('group', { name: 'Board of Field sales' }).waitFor()
    const { items: pipelines } = await done(api.get<List<PipelineAnswer>>('/v1/pipelines?kind=lead'))
    expect(pipelines).toHaveLength(1)
    const [pipeline] = pipelines as [PipelineAnswer]
    const names = pipeline.stages.map(({ name }) => name)
    expect(names).not.toContain('Meeting')
    expect(names).toContain('Paid in part')

    const { id, url } = await makeInspector(api)
    await page.getByRole('link', { name: `Add trigger on ${second}` }).click()
    const form = page.getByRole('main')
    await form.getByText('Lead: stage changed', { exact: true }).first().waitFor()
    await form.getByRole('button', { name: second, pressed: true }).waitFor()
    // What is added is typed into at once, and what goes away takes the keyboard nowhere else.
    await form.getByRole('button', { name: 'Price is greater than …' }).click()
    await hasFocus(page, form.getByLabel('Price: value'))
    await page.keyboard.type('1')
    await form.getByText('Sent when Price is greater than 1.').waitFor()
    await form.getByRole('button', { name: 'Remove: Price' }).click()
    await form.getByRole('button', { name: 'Add a value' }).click()
    await hasFocus(page, form.getByLabel('Name, row 7'))
    await form.getByRole('button', { name: 'Parameters: remove row 7' }).click()
    await hasFocus(page, form.getByRole('button', { name: 'Parameters: remove row 6' }))
    await form.getByLabel('URL', { exact: true }).fill(url)
    await form.getByLabel('Name', { exact: true }).fill('Call the new ones')
    await form.getByRole('button', { name: 'Make the webhook' }).click()
    await page.getByRole('heading', { level: 1, name: 'Call the new ones' }).waitFor()
    await page.getByText('responsible_user_id').waitFor()

    // It is there by itself when the CRM writes it.
    await page.getByRole('link', { name: 'Pipelines' }).click()
    await column(page, second).getByRole('link', { name: 'Call the new ones' }).waitFor()
    await api.put('/v1/records/lead/1', {
      name: lead,
      pipeline_id: pipeline.id,
      stage_id: pipeline.stages[0]!.id,
    })
    const card = column(page, first).getByRole('listitem').filter({ hasText: lead })
    await card.waitFor()
    await card.dragTo(column(page, second).getByRole('list'), { steps: 10 })
    await column(page, second).getByRole('link', { name: lead }).waitFor()
    await page.getByRole('status').getByText('1 webhook fired').waitFor()

    await page.getByRole('link', { name: 'Inspector' }).click()
    await page.waitForURL(`**/inspector/${id}`)
    const request = page.getByTestId('inspector-request')
    await request.getByText(lead).waitFor()
    await request.getByText(pipeline.stages[1]!.id, { exact: true }).waitFor()
    expect(await request.count()).toBe(1)
  })

  test('is set off by the keyboard and by the menu of a card as well, and a move is undone', async () => {
    const visit = await stage.visit({ path: '/settings/profile' })
    const { page, api, open } = visit
    const pipeline = await makeBoard(api)
    const { id, url } = await makeInspector(api)
    await makeWebhook(api, {
      name: 'Follow the lead',
      url,
      events: ['lead.stage_changed'],
      scope: [{ pipeline_id: pipeline.id }],
    })
    const arrived = (count: number) =>
      eventually(async () => {
        const { items } = await done(api.get<List<{ body: string }>>(`/v1/inspectors/${id}/requests`))
        expect(items).toHaveLength(count)
        return items
      })
    await open('/pipelines')
    const handle = page.getByRole('button', { name: `Drag ${lead}` })
    await handle.focus()
    await page.keyboard.press('Space')
    await said(page, `${lead} is over ${first}.`)
    await page.keyboard.press('ArrowRight')
    await said(page, `${lead} is over ${second}.`)
    await page.keyboard.press('Space')
    await column(page, second).getByRole('link', { name: lead }).waitFor()
    await arrived(1)
    // One goes on from where one was.
    await eventually(async () => (await page.locator(':focus').getAttribute('aria-label')) === `Drag ${lead}`)

    await page.getByRole('button', { name: `Move ${lead}, or open it` }).click()
    await page.getByRole('menuitem', { name: 'Won' }).click()
    await column(page, 'Won').getByRole('link', { name: lead }).waitFor()
    await arrived(2)

    await page.getByRole('status').getByRole('button', { name: 'Undo' }).click()
    await column(page, second).getByRole('link', { name: lead }).waitFor()
    const requests = await arrived(3)
    expect(requests.map(({ body }) => JSON.parse(body).data.current.stage_id)).toEqual([
      'contacted',
      'won',
      'contacted',
    ])

    await handle.focus()
    await page.keyboard.press('Space')
    await said(page, `${lead} is over ${second}.`)
    await page.keyboard.press('ArrowRight')
    await said(page, `${lead} is over Won.`)
    await page.keyboard.press('Escape')
    await said(page, 'It stays where it was.')
    await column(page, second).getByRole('link', { name: lead }).click()

    // Escape closes what lies on top, and only that.
    const card = page.getByRole('dialog', { name: lead, exact: true })
    for (const [item, title] of [
      ['Archive', `Archive ${lead}?`],
      ['Delete', `Delete ${lead}?`],
    ] as const) {
      await card.getByRole('button', { name: 'More actions' }).click()
      await page.getByRole('menuitem', { name: item }).click()
      const question = page.getByRole('dialog', { name: title })
      await question.waitFor()
      await page.keyboard.press('Escape')
      await question.waitFor({ state: 'hidden' })
      await card.getByRole('button', { name: 'More actions' }).waitFor()
    }
    await page.keyboard.press('Escape')
    await card.waitFor({ state: 'hidden' })
  })
})

const column = (page: Page, name: string) => page.getByRole('region', { name, exact: true })

const hasFocus = (page: Page, field: Locator) => field.and(page.locator(':focus')).waitFor()

/** What a screen reader was told last. */
const said = (page: Page, text: string) =>
  page.getByRole('status').filter({ hasText: text }).waitFor({ state: 'attached' })

const makeInspector = (api: Api) =>
  done(api.post<{ id: string; url: string }>('/v1/inspectors', { name: 'Receiver' }))

/** A pipeline with the lead on its first stage. */
async function makeBoard(api: Api): Promise<{ id: string }> {
  const stages = [
    { id: 'new', name: first },
    { id: 'contacted', name: second },
    { id: 'won', name: 'Won', type: 'won' },
  ]
  await done(api.put('/v1/pipelines/lead/sales', { name: 'Sales', stages }))
  await done(api.put('/v1/records/lead/1', { name: lead, pipeline_id: 'sales', stage_id: 'new' }))
  return { id: 'sales' }
}
