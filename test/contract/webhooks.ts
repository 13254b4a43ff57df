import { expect, test } from 'vitest'
import { maskSecrets, secretMask, type Webhook } from '../../src/model/index.ts'
import type { Opened } from './store.ts'
import { addAccount, addWebhook, makeWebhook, presentMs } from './things.ts'

export function webhookTests(opened: Opened): void {
  const store = () => opened().store
  const put = (webhook: Webhook, by = 'system') => store().transaction((tx) => tx.webhooks.put(webhook, by))
  const configVersion = async (accountId: string) => (await store().accounts.get(accountId))!.config_version

  const secretive = (accountId: string): Webhook => {
    const webhook = makeWebhook(accountId)
    return {
      ...webhook,
      signing_secrets: [{ secret: 'whsec_SIGNING+KEY', until: null }],
      request: {
        ...webhook.request,
        auth: { type: 'basic', username: 'erp', password: 'PASSWORD-żółć' },
        headers: [{ name: 'X-Key', value: 'HEADER-VALUE' }],
      },
    }
  }

  test('a webhook comes back with its secrets', async () => {
    const { id } = await addAccount(store())
    const webhook = secretive(id)
    expect(await put(webhook)).toBe(true)
    expect(await store().webhooks.get(id, webhook.id)).toEqual(webhook)
    expect(await store().webhooks.all(id)).toEqual([webhook])
    expect(await store().webhooks.get(id, 'whk_none')).toBeNull()
  })

  test('secrets are nowhere in the database as they are, nor in versions', async () => {
    const { id } = await addAccount(store())
    const webhook = secretive(id)
    await put(webhook)
    const [version] = await store().webhooks.versions(id, webhook.id, { limit: 1 })
    expect(version!.settings.request.auth).toEqual({ type: 'basic', username: 'erp', password: secretMask })
    expect(version!.settings.request.headers).toEqual([{ name: 'X-Key', value: secretMask }])
    const raw = (await opened().raw()).map((bytes) => Buffer.from(bytes))
    const isThere = (text: string) => raw.some((bytes) => bytes.includes(text))
    expect(isThere('X-Key')).toBe(true)
    for (const secret of ['SIGNING+KEY', 'PASSWORD', 'HEADER-VALUE']) expect(isThere(secret)).toBe(false)
  })

  test('a put counts the version up by one, or changes nothing', async () => {
    const { id } = await addAccount(store())
    const webhook = await addWebhook(store(), { id })
    const second = { ...webhook, version: 2, name: 'Second' }
    expect(await configVersion(id)).toBe(2)
    expect(await put(second)).toBe(true)
    expect(await put({ ...webhook, version: 2, name: 'Too late' })).toBe(false)
    expect(await put({ ...webhook, version: 4, name: 'Too early' })).toBe(false)
    expect(await put({ ...webhook, version: 1, name: 'Again' })).toBe(false)
    expect(await put(makeWebhook(id, { version: 2 }))).toBe(false)
    expect(await store().webhooks.get(id, webhook.id)).toEqual(second)
    expect(await configVersion(id)).toBe(3)
    expect(await store().webhooks.versions(id, webhook.id, { limit: 10 })).toHaveLength(2)
  })

  test('of two that change one version at once, one is told that it was too late', async () => {
    const { id } = await addAccount(store())
    const webhook = await addWebhook(store(), { id })
    const answers = await Promise.all(['One', 'Other'].map((name) => put({ ...webhook, version: 2, name })))
    expect(answers.sort()).toEqual([false, true])
    expect(await store().webhooks.versions(id, webhook.id, { limit: 10 })).toHaveLength(2)
  })

  test('versions are kept with who made them and the config version they came with', async () => {
    const { id } = await addAccount(store())
    const webhook = await addWebhook(store(), { id })
    await put({ ...webhook, version: 2, status: 'disabled', name: 'Two', updated_at: 5 }, 'token tok_1')
    await put({ ...webhook, version: 3, status: 'deleted', updated_at: 6 })
    const versions = await store().webhooks.versions(id, webhook.id, { limit: 2 })
    expect(versions.map(({ version, status }) => [version, status])).toEqual([
      [3, 'deleted'],
      [2, 'disabled'],
    ])
    const { id: _id, account_id: _, version: _v, status: _s, status_reason: _r, ...rest } = webhook
    const { signing_secrets: _ss, pauses: _p, created_at: _c, updated_at: _u, ...settings } = rest
    expect(versions[1]).toEqual({
      webhook_id: webhook.id,
      version: 2,
      config_version: 3,
      status: 'disabled',
      settings: maskSecrets({ ...settings, name: 'Two' }),
      changed_by: 'token tok_1',
      created_at: 5,
    })
    const older = await store().webhooks.versions(id, webhook.id, { limit: 2, before: 2 })
    expect(older.map(({ version }) => version)).toEqual([1])
  })

  test('a deleted webhook is gone, but its versions are not', async () => {
    const { id } = await addAccount(store())
    const webhook = await addWebhook(store(), { id })
    await put({ ...webhook, version: 2, status: 'deleted' })
    expect(await store().webhooks.get(id, webhook.id)).toBeNull()
    expect(await store().webhooks.all(id)).toEqual([])
    expect(await store().webhooks.list(id, {}, { limit: 10 })).toEqual([])
    expect(await store().webhooks.versions(id, webhook.id, { limit: 10 })).toHaveLength(2)
  })

  test('versionsAt tells what was in force then', async () => {
    const { id } = await addAccount(store())
    const a = await addWebhook(store(), { id }) // config version 2
    const b = await addWebhook(store(), { id }) // 3
    await put({ ...a, version: 2, status: 'paused' }) // 4
    await put({ ...b, version: 2, status: 'deleted' }) // 5
    const at = async (version: number) =>
      (await store().webhooks.versionsAt(id, version)).map((v) => [v.webhook_id, v.version, v.status])
    expect(await at(1)).toEqual([])
    expect(await at(2)).toEqual([[a.id, 1, 'active']])
    expect(await at(3)).toEqual([
      [a.id, 1, 'active'],
      [b.id, 1, 'active'],
    ])
    expect(await at(4)).toEqual([
      [a.id, 2, 'paused'],
      [b.id, 1, 'active'],
    ])
    expect(await at(5)).toEqual([[a.id, 2, 'paused']])
    expect(await at(99)).toEqual([[a.id, 2, 'paused']])
  })

  test('all come oldest first; a list newest first, by status, by name in any case, page by page', async () => {
    const { id } = await addAccount(store())
    const a = await addWebhook(store(), { id }, { name: 'Выигранные сделки' })
    const b = await addWebhook(store(), { id }, { name: 'ERP 100%', status: 'paused' })
    const c = await addWebhook(store(), { id }, { name: 'Новые СДЕЛКИ' })
    const ids = async (
      filter: Parameters<ReturnType<typeof store>['webhooks']['list']>[1],
      page: { limit: number; after?: string } = { limit: 10 },
    ) => (await store().webhooks.list(id, filter, page)).map((webhook) => webhook.id)
    expect((await store().webhooks.all(id)).map((webhook) => webhook.id)).toEqual([a.id, b.id, c.id])
    expect(await ids({})).toEqual([c.id, b.id, a.id])
    expect(await ids({}, { limit: 1, after: c.id })).toEqual([b.id])
    expect(await ids({ status: 'paused' })).toEqual([b.id])
    expect(await ids({ search: 'сдЕЛКИ' })).toEqual([c.id, a.id])
    expect(await ids({ search: 'сделки' }, { limit: 1, after: c.id })).toEqual([a.id])
    expect(await ids({ search: '0%' })).toEqual([b.id])
    expect(await ids({ search: 'сделки', status: 'paused' })).toEqual([])
  })

  test('search looks into name, description and URL, and nowhere else', async () => {
    const { id } = await addAccount(store())
    const { request } = makeWebhook(id)
    const byName = await addWebhook(store(), { id }, { name: 'Say "Ёж" \\ N' })
    const byUrl = await addWebhook(
      store(),
      { id },
      { request: { ...request, url: 'https://x.example/Ёж', format: 'params' } },
    )
    const byDescription = await addWebhook(store(), { id }, { description: 'Для ЁЖА' })
    const ids = async (search: string) =>
      (await store().webhooks.list(id, { search }, { limit: 10 })).map((webhook) => webhook.id)
    expect(await ids('ёж')).toEqual([byDescription.id, byUrl.id, byName.id])
    expect(await ids('"ёж" \\ n')).toEqual([byName.id])
    expect(await ids('X.EXAMPLE')).toEqual([byUrl.id])
    expect(await ids('для')).toEqual([byDescription.id])
    for (const elsewhere of ['stage_ids', 'lead.', 'params', 'becomes'])
      expect(await ids(elsewhere)).toEqual([])
  })

  test('secrets are replaced without a new version', async () => {
    const { id } = await addAccount(store())
    const webhook = secretive(id)
    await put(webhook)
    const rotated: Webhook = {
      ...webhook,
      signing_secrets: [
        { secret: 'whsec_NEW', until: null },
        { secret: 'whsec_SIGNING+KEY', until: presentMs() + 1000 },
      ],
    }
    await store().transaction((tx) => tx.webhooks.putSecrets(rotated))
    expect(await store().webhooks.get(id, webhook.id)).toEqual(rotated)
    expect(await configVersion(id)).toBe(2)
  })
}
