import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { done, type Page as List } from '../support/api.ts'
import { noBrowser, useConsole } from '../support/console.ts'
import { eventually } from '../support/eventually.ts'

describe.skipIf(noBrowser)('the settings', () => {
  const stage = useConsole()

  test('somebody is invited, joins by the link, and may do what the role says from then on', async () => {
    const { page, person, api } = await stage.visit({ path: '/settings/members' })
    await page.getByRole('button', { name: 'Invite somebody' }).click()
    const invitation = page.getByRole('dialog')
    await invitation.getByLabel('E-mail').fill('vera@example.com')
    await invitation.getByRole('radio', { name: 'Viewer' }).click()
    await invitation.getByRole('button', { name: 'Make the link' }).click()
    const link = await invitation.getByText(`${stage.server.url}/join#`).textContent()
    await invitation.getByRole('button', { name: 'Done' }).click()
    await memberRow(page, 'vera@example.com').getByText('Invited').waitFor()

    const { page: theirs, open } = await stage.visit({
      role: null,
      path: new URL(link!).pathname + new URL(link!).hash,
    })
    await theirs.getByLabel('Your name').fill('Vera Nowak')
    await theirs.getByLabel('Password', { exact: true }).fill('a long enough password')
    await theirs.getByRole('button', { name: 'Save and sign in' }).click()
    await theirs.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()
    await theirs.getByRole('link', { name: 'Webhooks' }).click()
    await theirs.getByRole('heading', { level: 1, name: 'Webhooks' }).waitFor()
    expect(await theirs.getByRole('link', { name: 'New webhook' }).count()).toBe(0)

    await page.reload()
    const row = memberRow(page, 'vera@example.com')
    await row.getByText('Vera Nowak').waitFor()
    await row.getByText('Active').waitFor()
    await row.getByRole('button', { name: 'Actions: Vera Nowak' }).click()
    await page.getByRole('menuitem', { name: 'Name and role' }).click()
    await page.getByRole('radio', { name: 'Manager' }).click()
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await row.getByText('Manager').waitFor()
    await open('/webhooks')
    await theirs.getByRole('link', { name: 'New webhook' }).first().waitFor()

    // The last owner stays one.
    const { items } = await done(api.get<List<{ id: string; email: string; role: string }>>('/v1/members'))
    expect(items.map(({ email, role }) => [email, role]).sort()).toEqual([
      [person!.email, 'owner'],
      ['vera@example.com', 'manager'],
    ])
    await memberRow(page, person!.email)
      .getByRole('button', { name: /^Actions: / })
      .click()
    await page.getByRole('menuitem', { name: 'Remove' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
    await page.getByText('This is the last owner who can sign in.').waitFor()
  })

  test('a token is shown once, and works as its kind says', async () => {
    const { page, open } = await stage.visit({ path: '/settings/tokens' })
    await page.getByRole('button', { name: 'New token' }).first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name').fill('Wall display')
    await dialog.getByRole('radio', { name: /^read/ }).click()
    await dialog.getByRole('button', { name: 'Make the token' }).click()
    const made = dialog.getByRole('status').filter({ hasText: 'It is shown this once' })
    const token = await made.getByText(/^hl_\w+$/).textContent()
    const call = (method: string, path: string) =>
      fetch(`${stage.server.url}/v1/${path}`, { method, headers: { authorization: `Bearer ${token}` } })
    expect((await call('GET', 'webhooks')).status).toBe(200)
    expect((await call('POST', 'inspectors')).status).toBe(403)
    await dialog.getByRole('button', { name: 'Done' }).click()
    await page.getByRole('row', { name: 'Wall display' }).waitFor()
    // The keyboard is where it was.
    await eventually(async () =>
      expect(await page.evaluate('document.activeElement.textContent')).toBe('New token'),
    )
    await open('/settings/tokens')
    await page.getByRole('row', { name: 'Wall display' }).waitFor()
    expect(await page.content()).not.toContain(token)

    await page.getByRole('button', { name: 'Delete the token Wall display' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
    await page.getByRole('row', { name: 'Wall display' }).waitFor({ state: 'hidden' })
    expect((await call('GET', 'webhooks')).status).toBe(401)
  })

  test('a stage that records brought gets a name, and the audit log tells who gave it', async () => {
    const { page, person, api, open } = await stage.visit({ path: '/settings/profile' })
    await done(
      api.put('/v1/records/lead/1', { name: 'Deal with ACME', pipeline_id: '752662', stage_id: '16203334' }),
    )
    await open('/settings/names')
    await page.getByRole('textbox', { name: 'Name: Pipeline 752662' }).fill('Field sales')
    await page.keyboard.press('Enter')
    await page.getByRole('textbox', { name: 'Name: Stage 16203334' }).fill('Offer sent')
    await page.getByRole('combobox', { name: 'What the stage 16203334 means' }).click()
    await page.getByRole('option', { name: 'Won' }).click()
    await page.getByRole('button', { name: 'Save the name of 16203334' }).click()
    await page.getByText('Everything has a name').waitFor()
    const stages = await eventually(async () => {
      const { items } = await done(
        api.get<List<{ name: string; stages: { id: string; name: string; type: string }[] }>>(
          '/v1/pipelines',
        ),
      )
      expect(items.map(({ name }) => name)).toEqual(['Field sales'])
      return items[0]!.stages
    })
    expect(stages.map(({ id, name, type }) => [id, name, type])).toEqual([['16203334', 'Offer sent', 'won']])

    await open('/pipelines')
    const column = page.getByRole('region', { name: 'Offer sent' })
    await column.getByRole('link', { name: 'Deal with ACME' }).waitFor()

    await open('/settings/audit')
    const changes = page.getByRole('listitem').filter({ hasText: 'Pipeline changed' })
    await changes
      .filter({ hasText: person!.email.split('@')[0]! })
      .first()
      .waitFor()
    await changes.first().getByRole('button', { name: 'Details: Pipeline changed' }).click()
    await changes.first().getByText('pipeline lead/752662').waitFor()
  })
})

const memberRow = (page: Page, email: string) => page.getByRole('row').filter({ hasText: email })
