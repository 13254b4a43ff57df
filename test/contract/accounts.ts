import { expect, test } from 'vitest'
import type {
  AccountField,
  CrmUser,
  DeclaredEventType,
  DeclaredKind,
  Pipeline,
} from '../../src/model/index.ts'
import type { Opened } from './store.ts'
import { addAccount, makeAccount, makeToken, nextId } from './things.ts'

const pipeline: Pipeline = {
  kind: 'lead',
  id: '752662',
  name: 'Sales',
  origin: 'declared',
  stages: [
    { id: '16203334', name: 'Offer', type: 'open', color: '#fffeb2', origin: 'declared' },
    { id: '142', name: 'Won', type: 'won', color: null, origin: 'discovered' },
    { id: '143', name: 'Lost', type: 'lost', color: null, origin: 'declared' },
  ],
}
const priceField: AccountField = {
  kind: 'lead',
  name: 'price',
  title: 'Price',
  type: 'number',
  choices: null,
  links: null,
  origin: 'discovered',
}
const colourField: AccountField = { ...priceField, name: 'colour', type: 'choice', choices: ['red', 'синий'] }
const anna: CrmUser = { id: '7', name: 'Anna', email: 'anna@example.com', origin: 'declared' }
const subscription: DeclaredKind = {
  name: 'subscription',
  title: 'Подписка',
  capabilities: ['lifecycle', 'staged'],
  fields: {
    plan: { title: 'Plan', type: 'choice', choices: ['S', 'M'] },
    contact_id: { title: 'Contact', type: 'link', links: 'contact' },
  },
}
const webinar: DeclaredEventType = {
  type: 'contact.webinar_attended',
  title: 'Webinar attended',
  sample: { webinar: 'Zażółć', minutes: 45, tags: ['a'] },
}

export function accountTests(opened: Opened): void {
  const store = () => opened().store

  test('an account is found by its id and by the id that the operator gave it', async () => {
    const externalId = nextId('acc')
    const account = await addAccount(store(), { external_id: externalId, strict: true, language: 'pt-BR' })
    expect(await store().accounts.get(account.id)).toEqual(account)
    expect(await store().accounts.findByExternalId(externalId)).toEqual(account)
    expect(await store().accounts.get('acc_none')).toBeNull()
    expect(await store().accounts.findByExternalId('none')).toBeNull()
  })

  test('the first account is the oldest one', async () => {
    const oldest = await addAccount(store(), { created_at: 1 })
    await addAccount(store())
    expect(await store().accounts.first()).toEqual(oldest)
  })

  test('an update changes what it names, and is seen by whoever compares versions', async () => {
    const account = await addAccount(store())
    await store().transaction((tx) => tx.accounts.update(account.id, { name: 'New', strict: true }))
    const after = await store().accounts.get(account.id)
    expect(after).toEqual({ ...account, name: 'New', strict: true, schema_version: 2 })
  })

  test('versions are those of the transaction, and unknown accounts are left out', async () => {
    const account = await addAccount(store())
    const versions = await store().transaction(async (tx) => {
      await tx.schema.putUsers(account.id, [anna])
      return tx.accounts.versions([account.id, 'acc_none'])
    })
    expect([...versions]).toEqual([[account.id, { config_version: 1, schema_version: 2 }]])
  })

  test('a token is found by its hash, of whatever account, and no longer when it is deleted', async () => {
    const { id } = await addAccount(store())
    const admin = makeToken(id)
    const operator = makeToken(null, { kind: 'operator' })
    await store().transaction(async (tx) => {
      await tx.tokens.insert(admin, `hash of ${admin.id}`)
      await tx.tokens.insert(operator, `hash of ${operator.id}`)
    })
    expect(await store().tokens.findByHash(`hash of ${admin.id}`)).toEqual(admin)
    expect(await store().tokens.findByHash(`hash of ${operator.id}`)).toEqual(operator)
    expect(await store().tokens.findByHash('another')).toBeNull()
    expect(await store().transaction((tx) => tx.tokens.delete(id, admin.id))).toBe(true)
    expect(await store().tokens.findByHash(`hash of ${admin.id}`)).toBeNull()
    expect(await store().transaction((tx) => tx.tokens.delete(id, admin.id))).toBe(false)
  })

  test('upserting a token replaces its secret', async () => {
    const { id } = await addAccount(store())
    const token = makeToken(id)
    const upsert = (name: string, hash: string) =>
      store().transaction((tx) => tx.tokens.upsert({ ...token, name }, hash))
    await upsert('first', `first ${token.id}`)
    await upsert('second', `second ${token.id}`)
    expect(await store().tokens.findByHash(`first ${token.id}`)).toBeNull()
    expect(await store().tokens.findByHash(`second ${token.id}`)).toEqual({ ...token, name: 'second' })
  })

  test('tokens are listed newest first, page by page', async () => {
    const { id } = await addAccount(store())
    const [a, b, c] = [makeToken(id), makeToken(id), makeToken(id)] as const
    await store().transaction(async (tx) => {
      for (const token of [b, a, c]) await tx.tokens.insert(token, `hash of ${token.id}`)
    })
    expect(await store().tokens.list(id, { limit: 2 })).toEqual([c, b])
    expect(await store().tokens.list(id, { limit: 2, after: b.id })).toEqual([a])
  })

  test('pipelines keep the order of their stages, and putting one replaces its stages', async () => {
    const { id } = await addAccount(store())
    await store().transaction((tx) => tx.schema.putPipeline(id, pipeline))
    expect((await store().schema.get(id)).pipelines).toEqual([pipeline])
    const changed: Pipeline = {
      ...pipeline,
      name: 'Big sales',
      stages: [pipeline.stages[2]!, { ...pipeline.stages[0]!, name: 'Quote', type: 'won' }],
    }
    const second: Pipeline = { ...pipeline, id: '1', name: 'Small', stages: [] }
    await store().transaction(async (tx) => {
      await tx.schema.putPipeline(id, second)
      await tx.schema.putPipeline(id, changed)
    })
    // The order in which they came, which a change of one does not disturb.
    expect((await store().schema.get(id)).pipelines).toEqual([changed, second])
  })

  test('pipelines of one id are one per kind, and deleting one takes its stages', async () => {
    const { id } = await addAccount(store())
    const ofCustomers: Pipeline = { ...pipeline, kind: 'customer', stages: [pipeline.stages[0]!] }
    const remove = () => store().transaction((tx) => tx.schema.deletePipeline(id, 'lead', pipeline.id))
    await store().transaction(async (tx) => {
      await tx.schema.putPipeline(id, pipeline)
      await tx.schema.putPipeline(id, ofCustomers)
    })
    expect(await remove()).toBe(true)
    expect((await store().schema.get(id)).pipelines).toEqual([ofCustomers])
    expect(await remove()).toBe(false)
  })

  test('fields and users are inserted, replaced and deleted', async () => {
    const { id } = await addAccount(store())
    await store().transaction(async (tx) => {
      await tx.schema.putFields(id, [priceField, colourField])
      await tx.schema.putUsers(id, [anna, { ...anna, id: '10', email: null }])
    })
    const declared: AccountField = { ...priceField, title: 'Cena', type: 'money', origin: 'declared' }
    await store().transaction(async (tx) => {
      // Of two with one name, the last one counts.
      await tx.schema.putFields(id, [priceField, declared])
      await tx.schema.putUsers(id, [{ ...anna, name: 'Anna Nowak' }])
    })
    const schema = await store().schema.get(id)
    expect(schema.fields).toEqual([colourField, declared])
    expect(schema.users).toEqual([
      { ...anna, id: '10', email: null },
      { ...anna, name: 'Anna Nowak' },
    ])
    await store().transaction(async (tx) => {
      expect(await tx.schema.deleteField(id, 'lead', 'price')).toBe(true)
      expect(await tx.schema.deleteField(id, 'contact', 'colour')).toBe(false)
      expect(await tx.schema.deleteUser(id, '10')).toBe(true)
      expect(await tx.schema.deleteUser(id, '11')).toBe(false)
    })
    expect(await store().schema.get(id)).toEqual({
      kinds: [],
      event_types: [],
      fields: [colourField],
      users: [{ ...anna, name: 'Anna Nowak' }],
      pipelines: [],
    })
  })

  test('what is discovered at once by several adds up, and takes no name from what has one', async () => {
    const { id } = await addAccount(store())
    await store().transaction(async (tx) => {
      await tx.schema.putPipeline(id, pipeline)
      await tx.schema.putUsers(id, [anna])
    })
    const seen = (stageId: string) => ({
      fields: [],
      pipelines: [{ ...pipeline, name: pipeline.id, stages: [stage(stageId)] }],
      users: [{ ...anna, name: anna.id, origin: 'discovered' as const }],
    })
    const stage = (stageId: string) => ({ ...pipeline.stages[1]!, id: stageId, name: stageId })
    await Promise.all(
      ['20', '30', '143'].map((stageId) =>
        store().transaction((tx) => tx.schema.discover(id, seen(stageId))),
      ),
    )
    const { pipelines, users } = await store().schema.get(id)
    expect(users).toEqual([anna])
    expect(pipelines.map(({ name }) => name)).toEqual([pipeline.name])
    const { stages } = pipelines[0]!
    expect(stages.slice(0, 3)).toEqual(pipeline.stages)
    expect(
      stages
        .slice(3)
        .map(({ id: stageId }) => stageId)
        .toSorted(),
    ).toEqual(['20', '30'])
  })

  test('kinds and event types are declared, replaced and deleted, each in the order of their names', async () => {
    const { id } = await addAccount(store())
    const asset: DeclaredKind = { name: 'asset', title: 'Asset', capabilities: [], fields: {} }
    const called: DeclaredEventType = { type: 'asset.called', title: 'Called', sample: {} }
    await store().transaction(async (tx) => {
      await tx.schema.putKind(id, { ...subscription, capabilities: [] })
      await tx.schema.putKind(id, asset)
      await tx.schema.putKind(id, subscription)
      await tx.schema.putEventType(id, webinar)
      await tx.schema.putEventType(id, { ...called, title: 'Rung up' })
      await tx.schema.putEventType(id, called)
    })
    const declared = async () => {
      const { kinds, event_types } = await store().schema.get(id)
      return { kinds, event_types }
    }
    expect(await declared()).toEqual({ kinds: [asset, subscription], event_types: [called, webinar] })
    await store().transaction(async (tx) => {
      expect(await tx.schema.deleteKind(id, 'asset')).toBe(true)
      expect(await tx.schema.deleteKind(id, 'asset')).toBe(false)
      expect(await tx.schema.deleteEventType(id, 'asset.called')).toBe(true)
      expect(await tx.schema.deleteEventType(id, 'asset.called')).toBe(false)
    })
    expect(await declared()).toEqual({ kinds: [subscription], event_types: [webinar] })
  })

  test('every write of names raises the schema version, and one that changes nothing does not', async () => {
    const { id } = await addAccount(store())
    const versionAfter = async (write: Parameters<ReturnType<typeof store>['transaction']>[0]) => {
      await store().transaction(write)
      return (await store().accounts.get(id))!.schema_version
    }
    expect(await versionAfter((tx) => tx.schema.putPipeline(id, pipeline))).toBe(2)
    expect(await versionAfter((tx) => tx.schema.putFields(id, [priceField]))).toBe(3)
    expect(await versionAfter((tx) => tx.schema.putUsers(id, [anna]))).toBe(4)
    expect(await versionAfter((tx) => tx.schema.deletePipeline(id, 'lead', '752662'))).toBe(5)
    expect(await versionAfter((tx) => tx.schema.deleteField(id, 'lead', 'price'))).toBe(6)
    expect(await versionAfter((tx) => tx.schema.deleteUser(id, '7'))).toBe(7)
    expect(await versionAfter((tx) => tx.schema.putFields(id, []))).toBe(7)
    expect(await versionAfter((tx) => tx.schema.deleteUser(id, '7'))).toBe(7)
    expect(await versionAfter((tx) => tx.schema.putKind(id, subscription))).toBe(8)
    expect(await versionAfter((tx) => tx.schema.putEventType(id, webinar))).toBe(9)
    expect(await versionAfter((tx) => tx.schema.deleteKind(id, subscription.name))).toBe(10)
    expect(await versionAfter((tx) => tx.schema.deleteEventType(id, webinar.type))).toBe(11)
    expect(await versionAfter((tx) => tx.schema.deleteKind(id, subscription.name))).toBe(11)
    expect(await versionAfter((tx) => tx.schema.deleteEventType(id, webinar.type))).toBe(11)
  })

  test('thousands of fields go in at once', async () => {
    const { id } = await addAccount(store())
    const fields = Array.from({ length: 2500 }, (_, n) => ({ ...priceField, name: `f${10_000 + n}` }))
    await store().transaction((tx) => tx.schema.putFields(id, fields))
    expect((await store().schema.get(id)).fields).toEqual(fields)
  })

  test('an id that exists already is refused', async () => {
    const account = await addAccount(store())
    await expect(
      store().transaction((tx) => tx.accounts.insert(makeAccount({ id: account.id }))),
    ).rejects.toThrow()
    expect(await store().accounts.get(account.id)).toEqual(account)
  })
}
