import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { done, listAll, type WebhookAnswer } from '../support/api.ts'
import { status } from '../support/behaviours.ts'
import { noBrowser, useConsole } from '../support/console.ts'
import { openReceiver, type Receiver } from '../support/receiver.ts'
import { makeWebhook, readWebhook, sendCall } from '../support/scenario.ts'

const name = 'Calls to the archive'

describe.skipIf(noBrowser)('the life of a webhook', () => {
  const stage = useConsole()
  let receiver: Receiver
  beforeAll(async () => {
    receiver = await openReceiver()
  })
  afterAll(() => receiver?.close())

  /** Somebody in front of a list of one webhook. */
  async function visitList(wishes: Record<string, unknown> = {}) {
    const visit = await stage.visit({ path: '/settings/profile' })
    const webhook = await makeWebhook(visit.api, { name, url: `${receiver.url}/calls`, ...wishes })
    await visit.open('/webhooks')
    return { ...visit, webhook }
  }

  test('what the server refuses stands at its field, and is saved once it is mended', async () => {
    const { page, api, webhook, open } = await visitList()
    await choose(page, 'Settings')
    await page.getByRole('heading', { level: 1, name: `Edit: ${name}` }).waitFor()
    const url = page.getByRole('textbox', { name: 'URL' })
    const save = page.getByRole('button', { name: 'Save', exact: true })
    expect(await save.isDisabled()).toBe(true)
    await url.fill('http://10.0.0.1/private')
    await save.click()
    await page.getByRole('alert').getByText('One thing must be fixed before this can be saved').waitFor()
    expect(await url.getAttribute('aria-invalid')).toBe('true')
    expect(await describedBy(url)).toContain('HOOKLINE_EGRESS_ALLOW')
    expect((await readWebhook(api, webhook)).version).toBe(1)

    await url.fill(`${receiver.url}/elsewhere`)
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Calls elsewhere')
    await save.click()
    await page.getByRole('heading', { level: 1, name: 'Calls elsewhere' }).waitFor()
    await page.getByText('Calls elsewhere works with the new settings.').waitFor()
    const changed = await readWebhook(api, webhook)
    expect([changed.version, changed.name, changed.request.url]).toEqual([
      2,
      'Calls elsewhere',
      `${receiver.url}/elsewhere`,
    ])
    await open(`/webhooks/${webhook.id}?tab=versions`)
    await page.getByText('Version 2').waitFor()
  })

  test('what is typed is not lost by leaving unasked', async () => {
    const { page, webhook, open } = await visitList()
    await open(`/webhooks/${webhook.id}/edit`)
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Another name')
    await page.getByRole('link', { name: 'History', exact: true }).click()
    const question = page.getByRole('dialog', { name: 'Leave without saving?' })
    await question.getByRole('button', { name: 'Stay' }).click()
    await question.waitFor({ state: 'hidden' })
    expect(await page.getByRole('textbox', { name: 'Name', exact: true }).inputValue()).toBe('Another name')
    await page.getByRole('link', { name: 'History', exact: true }).click()
    await question.getByRole('button', { name: 'Leave' }).click()
    await page.getByRole('heading', { level: 1, name: 'History' }).waitFor()
  })

  test('it is paused and resumed, and either is undone', async () => {
    const { page, api, webhook } = await visitList()
    await choose(page, 'Pause')
    await page.getByText(`${name} is paused.`).waitFor()
    await hasStatus(page, 'Paused')
    await sendCall(api)
    await page.getByRole('button', { name: 'Undo' }).click()
    await hasStatus(page, 'Active')
    await receiver.waitFor((requests) => requests.some(({ path }) => path === '/calls'))
    await choose(page, 'Pause')
    await hasStatus(page, 'Paused')
    expect((await readWebhook(api, webhook)).status).toBe('paused')
    await choose(page, 'Resume')
    await hasStatus(page, 'Active')
    expect((await readWebhook(api, webhook)).status).toBe('active')
  })

  test('switched on again it offers what it missed', async () => {
    const { page, api, webhook } = await visitList({ url: `${receiver.url}/missed` })
    await choose(page, 'Switch off')
    await hasStatus(page, 'Disabled')
    await sendCall(api)
    await sendCall(api)
    await choose(page, 'Switch on')
    await page.getByText('2 events were missed while it was off').waitFor()
    await page.getByRole('button', { name: 'Send them now' }).click()
    await page.getByRole('heading', { level: 1, name: 'Replays' }).waitFor()
    await receiver.waitFor((all) => all.filter(({ path }) => path === '/missed').length === 2)
    expect((await readWebhook(api, webhook)).status).toBe('active')
  })

  test('a test is sent, and a copy is made, switched off', async () => {
    const { page, api } = await visitList({ url: `${receiver.url}/test` })
    await choose(page, 'Send a test')
    await page.getByText('The test arrived').waitFor()
    await page.getByText(/^The receiver answered 200 after \d+ ms\.$/).waitFor()
    expect(receiver.requests.filter(({ path }) => path === '/test')).toHaveLength(1)
    receiver.on('/test', status(404))
    await choose(page, 'Send a test')
    await page.getByText('The test did not arrive').waitFor()
    await page.getByText(/^The receiver answered 404 .* Check the URL\.$/).waitFor()

    await choose(page, 'Duplicate')
    await page.getByRole('heading', { level: 1, name: /^Edit: / }).waitFor()
    const webhooks = await listAll<WebhookAnswer>(api, '/v1/webhooks')
    expect(webhooks.map(({ status }) => status).sort()).toEqual(['active', 'disabled'])
    expect(new Set(webhooks.map(({ request }) => request.url)).size).toBe(1)
  })

  test('a test is sent before there is a webhook', async () => {
    const { page, api, webhook, open } = await visitList()
    const tryIt = page.getByRole('complementary', { name: 'Try it' })
    const send = tryIt.getByRole('button', { name: 'Send now' })
    const url = page.getByRole('textbox', { name: 'URL' })
    await open('/webhooks/new?preset=none&event=lead.call_received')
    await tryIt.getByText(/^Give a URL under “Send”/).waitFor()
    expect(await send.isDisabled()).toBe(true)
    await url.fill('http://10.0.0.1/private')
    await send.click()
    // The preview says so, and the test does.
    await tryIt
      .getByRole('button', { name: /HOOKLINE_EGRESS_ALLOW/ })
      .nth(1)
      .waitFor()
    await url.fill(`${receiver.url}/draft`)
    await tryIt.getByText(/^Signed with a trial secret/).waitFor()
    await send.click()
    await tryIt.getByText('200 OK').waitFor()
    expect(receiver.requests.filter(({ path }) => path === '/draft')).toHaveLength(1)
    expect((await listAll<WebhookAnswer>(api, '/v1/webhooks')).map(({ id }) => id)).toEqual([webhook.id])

    await url.fill(`${receiver.url}/draft-again`)
    await tryIt.getByText('You have changed the webhook since. Send again to see what that does.').waitFor()
  })

  test('changes are tested before they are saved, with the secrets that are kept', async () => {
    const { page, api, webhook, open } = await visitList({
      request: { auth: { type: 'bearer', token: 'a-secret-of-the-receiver' } },
    })
    await open(`/webhooks/${webhook.id}/edit`)
    const tryIt = page.getByRole('complementary', { name: 'Try it' })
    await page.getByRole('textbox', { name: 'URL' }).fill(`${receiver.url}/changed`)
    await tryIt.getByText('Your changes are used, although they are not saved yet.').waitFor()
    await tryIt.getByRole('button', { name: 'Send now' }).click()
    await tryIt.getByText('200 OK').waitFor()
    const [request] = receiver.requests.filter(({ path }) => path === '/changed')
    expect(request!.headers['authorization']).toBe('Bearer a-secret-of-the-receiver')
    expect(await tryIt.getByText('a-secret-of-the-receiver').count()).toBe(0)
    expect(await readWebhook(api, webhook)).toMatchObject({ version: 1, request: webhook.request })
  })

  test('it is deleted, after a question', async () => {
    const { page, api } = await visitList()
    const question = page.getByRole('dialog', { name: `Delete ${name}?` })
    await choose(page, 'Delete')
    await question.getByRole('button', { name: 'Cancel' }).click()
    await question.waitFor({ state: 'hidden' })
    expect(await listAll(api, '/v1/webhooks')).toHaveLength(1)
    await choose(page, 'Delete')
    await question.getByRole('button', { name: 'Delete' }).click()
    await page.getByText(`${name} was deleted.`).waitFor()
    await page.getByText('No webhooks yet').waitFor()
    expect(await listAll(api, '/v1/webhooks')).toEqual([])
  })

  test('a developer without an account sees the handout by a link, until it is revoked', async () => {
    const { page, api, webhook, open } = await visitList({
      request: { auth: { type: 'bearer', token: 'a-secret-of-the-receiver' } },
    })
    await open(`/webhooks/${webhook.id}`)
    await page.getByRole('tab', { name: 'Give to your developer' }).click()
    await page.getByLabel('For whom').fill('Anna')
    await page.getByRole('button', { name: 'Make a link' }).click()
    const made = page.getByRole('alert', { name: 'Copy the link now' })
    const url = await made.getByText(stage.server.url).textContent()

    const { page: theirs } = await stage.visit({ role: null, path: new URL(url!).pathname })
    await theirs.getByRole('heading', { level: 1, name }).waitFor()
    await theirs.getByRole('heading', { name: 'A sample request' }).waitFor()
    await theirs.getByRole('heading', { name: 'Check the signature' }).waitFor()
    const shown = await theirs.getByRole('main').textContent()
    expect(shown).toContain('lead.call_received')
    const { secret } = await done(api.get<{ secret: string }>(`/v1/webhooks/${webhook.id}/signing-secret`))
    expect(shown).not.toContain('a-secret-of-the-receiver')
    expect(shown).not.toContain(secret)

    // Who hands it over has the secret at hand.
    await page.getByRole('button', { name: 'Show the secret' }).click()
    await page.getByRole('main').getByText(secret, { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Revoke the link: Anna' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
    await page.getByRole('button', { name: 'Revoke the link: Anna' }).waitFor({ state: 'hidden' })
    await made.waitFor({ state: 'hidden' })
    await theirs.reload()
    await theirs.getByText('This link no longer works').waitFor()
    expect(await theirs.getByText(name).count()).toBe(0)
  })
})

/** What is said of a field beside its name. */
async function describedBy(field: Locator): Promise<string> {
  const ids = (await field.getAttribute('aria-describedby')) ?? ''
  const texts = await Promise.all(
    ids.split(/ +/).map((id) => field.page().locator(`[id="${id}"]`).textContent()),
  )
  return texts.join(' ')
}

/** From the menu of the webhook's row. */
async function choose(page: Page, item: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${name}` }).click()
  await page.getByRole('menuitem', { name: item, exact: true }).click()
}

const hasStatus = (page: Page, status: string) =>
  page.getByRole('row', { name }).getByText(status, { exact: true }).waitFor()
