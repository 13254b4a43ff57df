import { describe, expect, test } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { noBrowser, useConsole } from '../support/console.ts'
import { addPerson } from '../support/people.ts'

describe.skipIf(noBrowser)('signing in', () => {
  const stage = useConsole()

  test('a wrong password is refused, the right one leads to where one wanted to go', async () => {
    const { page, api } = await stage.visit({ role: null, path: '/sign-in' })
    const person = await addPerson(stage.server, api, 'manager')
    await page.goto('/history?state=dead')
    await page.waitForURL(/\/sign-in\?/)
    await page.getByLabel('E-mail').fill(person.email)
    await page.getByLabel('Password', { exact: true }).fill('not the password')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('alert').waitFor()
    await page.getByLabel('Password', { exact: true }).fill(person.password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.waitForURL(/\/history\?state=dead$/)
    await page.getByRole('heading', { level: 1, name: 'History' }).waitFor()
  })

  test('signing out ends the session, here and on the server', async () => {
    const { page, context, person } = await stage.visit()
    await page.getByRole('button', { name: 'My account' }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor()
    expect((await person!.api.get('/v1/webhooks')).status).toBe(401)
    expect((await context.cookies()).filter(({ value }) => value !== '')).toEqual([])
  })

  test('a session that ended elsewhere shows the sign-in at the next call', async () => {
    const { page, api, person } = await stage.visit({ role: 'viewer' })
    await api.delete(`/v1/members/${person!.id}`)
    await page.getByRole('link', { name: 'Webhooks' }).click()
    await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor()
    await page.getByText('Your session has ended').waitFor()
  })

  test('the page says which scripts and styles it takes, and the API answers programs in JSON', async () => {
    const page = await fetch(`${stage.server.url}/webhooks`, { headers: { accept: 'text/html' } })
    const policy = page.headers.get('content-security-policy') ?? ''
    expect(page.status).toBe(200)
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self';")
    expect(policy).not.toContain('unsafe')
    const nonces = [policy, await page.text()].map(
      (text) => /nonce[-"][^A-Za-z0-9+/]*(?:content=")?([A-Za-z0-9+/]{24})/.exec(text)?.[1],
    )
    expect(nonces[0]).toBeTruthy()
    expect(nonces[1]).toBe(nonces[0])
    const second = await fetch(`${stage.server.url}/webhooks`, { headers: { accept: 'text/html' } })
    expect(second.headers.get('content-security-policy')).not.toBe(policy)
    for (const path of ['/webhooks', '/v1/nothing', '/assets/nothing.js']) {
      const { status, headers } = await fetch(stage.server.url + path, { headers: { accept: '*/*' } })
      expect([path, status, headers.get('content-type')]).toEqual([
        path,
        404,
        'application/problem+json; charset=utf-8',
      ])
    }
  })
})

describe.skipIf(noBrowser)('the first user', () => {
  const stage = useConsole()

  test('is made by the link of the start, once', async () => {
    const { page } = await stage.visit({ role: null, path: '/' })
    await page.getByText('Almost there').waitFor()
    await page.goto(stage.server.setupLink!)
    await page.getByLabel('Your name').fill('Ada Owner')
    await page.getByLabel('E-mail').fill('ada@example.com')
    await page.getByLabel('Password', { exact: true }).fill('a long enough password')
    await page.getByRole('button', { name: 'Create my account' }).click()
    await page.waitForURL(/\/welcome$/)
    const { body } = await stage.server.api.get<{ items: { email: string; role: string }[] }>('/v1/members')
    expect(body.items.map(({ email, role }) => [email, role])).toEqual([['ada@example.com', 'owner']])
    await page.goto('/')
    await eventually(async () => expect(await page.title()).toContain('Overview'))
  })
})
