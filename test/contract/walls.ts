import { beforeAll, expect, test } from 'vitest'
import type {
  Account,
  Attempt,
  CrmSource,
  Delivery,
  Inspector,
  RecordImport,
  Replay,
  Member,
  ShareLink,
  Token,
  Webhook,
} from '../../src/model/index.ts'
import { makeChunks, makeImport, makeSource, makeSourceCall } from './inbound-things.ts'
import { makeMember } from './members.ts'
import { makeReplay } from './replays.ts'
import type { Opened } from './store.ts'
import {
  addAccount,
  addDeliveries,
  addSettled,
  addWebhook,
  makeInspector,
  makeOutcome,
  makeRecord,
  makeShareLink,
  makeToken,
  nextId,
  presentMs,
} from './things.ts'

export function wallTests(opened: Opened): void {
  const store = () => opened().store
  let stranger: Account
  let webhook: Webhook
  let waiting: Delivery
  let settled: Delivery
  let attempt: Attempt
  let token: Token
  let member: Member
  let share: ShareLink
  let inspector: Inspector
  let source: CrmSource
  let recordImport: RecordImport
  let replay: Replay
  const lead = { kind: 'lead', id: '1' }

  beforeAll(async () => {
    const owner = await addAccount(store())
    stranger = await addAccount(store())
    webhook = await addWebhook(store(), owner)
    waiting = await addSettled(store(), webhook, 'waiting')
    settled = await addSettled(store(), webhook, 'dead')
    attempt = (await store().deliveries.attempts(owner.id, settled.id))[0]!
    token = makeToken(owner.id)
    member = makeMember(owner.id)
    share = makeShareLink(webhook)
    inspector = makeInspector(owner.id)
    source = makeSource(owner.id)
    recordImport = makeImport(owner.id)
    replay = makeReplay(owner.id, { webhook_id: webhook.id, selection: { of: 'missed' } })
    await store().transaction(async (tx) => {
      await tx.tokens.insert(token, `hash of ${token.id}`)
      await tx.members.insert(member, 'password')
      await tx.shareLinks.insert(share, `hash of ${share.id}`)
      await tx.inspectors.insert(inspector)
      await tx.inspectors.addRequests(
        [
          {
            id: nextId('req'),
            inspector_id: inspector.id,
            at: presentMs(),
            method: 'GET',
            url: '/i/x',
            query: '',
            headers: [],
            body: new Uint8Array(),
          },
        ],
        10,
      )
      await tx.sources.insert(source)
      await tx.sources.recordCall(makeSourceCall(source.id), 10)
      await tx.replays.insert(replay)
      const again = { purpose: 'replay', replay_of: settled.id, replay_id: replay.id } as const
      await tx.deliveries.insert([{ ...settled, ...again, id: nextId('dlv') }])
      await tx.replays.addMissed([
        { account_id: owner.id, webhook_id: webhook.id, event_id: settled.event_id },
      ])
      await tx.imports.insert(recordImport, makeChunks(2))
      const { chunk } = (await tx.imports.lockNext(recordImport.id))!
      recordImport = { ...recordImport, lines_done: 2, chunks_done: 1, failed: 2 }
      await tx.imports.finishChunk(recordImport, chunk, [{ line: 1, errors: [], content: '{' }])
      await tx.firings.lock([{ account_id: owner.id, webhook_id: webhook.id, subject: 'lead 1' }])
      await tx.firings.put([
        { account_id: owner.id, webhook_id: webhook.id, subject: 'lead 1', fired: 1, last_at: 1 },
      ])
      await tx.schema.putKind(owner.id, { name: 'plan', title: 'Plan', capabilities: [], fields: {} })
      await tx.schema.putEventType(owner.id, { type: 'plan.left', title: 'Left', sample: {} })
      await tx.records.lock([{ account_id: owner.id, ...lead }])
      await tx.records.put([
        makeRecord(owner.id, '1', { fields: { name: 'Deal', pipeline_id: '752662', stage_id: '1' } }),
      ])
      await tx.schema.putUsers(owner.id, [{ id: '7', name: 'Anna', email: null, origin: 'declared' }])
      await tx.schema.putPipeline(owner.id, {
        kind: 'lead',
        id: '1',
        name: 'Sales',
        origin: 'declared',
        stages: [],
      })
    })
  })

  test('another account reads nothing by the ids of this one', async () => {
    const { id } = stranger
    const page = { limit: 10 }
    expect(await store().tokens.list(id, page)).toEqual([])
    expect(await store().members.list(id, page)).toEqual([])
    expect(await store().members.get(id, member.id)).toBeNull()
    expect(await store().members.anyActive(id)).toBe(false)
    expect(await store().schema.get(id)).toEqual({
      kinds: [],
      event_types: [],
      fields: [],
      pipelines: [],
      users: [],
    })
    expect(await store().records.get(id, lead)).toBeNull()
    expect(await store().records.names(id, [lead])).toEqual(new Map())
    expect(await store().records.list(id, 'lead', {}, page)).toEqual([])
    expect(await store().records.countByStage(id, 'lead', '752662')).toEqual([])
    expect(await store().webhooks.get(id, webhook.id)).toBeNull()
    expect(await store().webhooks.all(id)).toEqual([])
    expect(await store().shareLinks.list(id, webhook.id, page)).toEqual([])
    expect(await store().webhooks.list(id, {}, page)).toEqual([])
    expect(await store().webhooks.versions(id, webhook.id, page)).toEqual([])
    expect(await store().webhooks.versionsAt(id, 100)).toEqual([])
    expect(await store().webhooks.health(id, [webhook.id])).toEqual(new Map())
    expect(await store().events.get(id, settled.event_id)).toBeNull()
    expect(await store().events.list(id, { record: settled.record }, page)).toEqual([])
    expect(await store().deliveries.get(id, waiting.id)).toBeNull()
    expect(await store().deliveries.get(id, settled.id)).toBeNull()
    for (const filter of [{}, { webhook_id: webhook.id }, { event_id: settled.event_id }]) {
      expect(await store().deliveries.list(id, filter, page)).toEqual([])
    }
    expect(await store().deliveries.list(id, { record: settled.record }, page)).toEqual([])
    expect(await store().deliveries.attempts(id, settled.id)).toEqual([])
    expect(await store().deliveries.states(id, [waiting.id, settled.id])).toEqual(new Map())
    expect(await store().deliveries.lastAttempts(id, [waiting.id, settled.id])).toEqual(new Map())
    expect(await store().deliveries.sentAgain(id, [settled])).toEqual(new Map())
    expect(await store().deliveries.list(id, { replay_id: replay.id }, page)).toEqual([])
    expect(await store().deliveries.countUnsettled(id, 10)).toBe(0)
    expect(await store().deliveries.unsettledByWebhook(id, 10)).toEqual([])
    expect(await store().inspectors.get(id, inspector.id)).toBeNull()
    expect(await store().inspectors.list(id, page)).toEqual([])
    expect(await store().inspectors.requests(id, inspector.id, page)).toEqual([])
    expect(await store().sources.get(id, source.id)).toBeNull()
    expect(await store().sources.list(id, page)).toEqual([])
    expect(await store().sources.calls(id, source.id, page)).toEqual([])
    expect(await store().imports.get(id, recordImport.id)).toBeNull()
    expect(await store().imports.list(id, page)).toEqual([])
    expect(await store().imports.errors(id, recordImport.id, page)).toEqual([])
    expect(await store().deliveries.attempt(id, settled.id, attempt.id)).toBeNull()
    expect(await store().replays.get(id, replay.id)).toBeNull()
    expect(await store().replays.list(id, page)).toEqual([])
    const none = { unsettled: 0, delivered: 0, dead: 0, canceled: 0 }
    expect(await store().replays.tallies(id, [replay.id], 10)).toEqual(new Map([[replay.id, none]]))
    expect(await store().replays.missed(id, webhook.id, 10)).toEqual({ count: 0, since: null })
    const named = { of: 'deliveries', delivery_ids: [settled.id] } as const
    for (const selection of [replay.selection, named, { of: 'filter', states: ['dead'] } as const]) {
      const theirs = { ...replay, account_id: id, selection } as Replay
      expect((await store().replays.stretch(theirs, 10)).items).toEqual([])
    }
  })

  test('another account changes nothing by the ids of this one', async () => {
    const { id } = stranger
    await store().transaction(async (tx) => {
      expect(await tx.tokens.delete(id, token.id)).toBe(false)
      expect(await tx.members.update(id, member.id, { role: 'owner' })).toBe(false)
      await tx.members.setPassword(id, member.id, 'stolen')
      await tx.members.invite(id, member.id, { hash: 'stolen', expires_at: Number.MAX_SAFE_INTEGER })
      expect(await tx.members.delete(id, member.id)).toBe(false)
      expect(await tx.schema.deleteUser(id, '7')).toBe(false)
      expect(await tx.schema.deletePipeline(id, 'lead', '1')).toBe(false)
      expect(await tx.webhooks.put({ ...webhook, account_id: id, version: 2 }, 'system')).toBe(false)
      expect(await tx.shareLinks.delete(id, webhook.id, share.id)).toBe(false)
      await tx.shareLinks.deleteOf(id, webhook.id)
      await tx.webhooks.resetHealth(id, webhook.id)
      await tx.webhooks.putSecrets({ ...webhook, account_id: id, signing_secrets: [] })
      expect(await tx.deliveries.cancel(id, waiting.id, 'by_user', presentMs())).toBe(false)
      await tx.inspectors.update({ ...inspector, account_id: id, name: 'Stolen' })
      expect(await tx.inspectors.delete(id, inspector.id)).toBe(false)
      await tx.inspectors.clearRequests(id, inspector.id)
      await tx.sources.update({ ...source, account_id: id, name: 'Stolen', status: 'disabled' })
      expect(await tx.sources.delete(id, source.id)).toBe(false)
      expect(await tx.imports.cancel(id, recordImport.id, presentMs())).toBe(false)
      expect(await tx.replays.cancel(id, replay.id, presentMs())).toBe(false)
      await tx.replays.update({ ...replay, account_id: id, state: 'done' })
      await tx.replays.removeMissed(id, webhook.id, [settled.event_id])
      expect(await tx.replays.made(id, [settled.event_id])).toEqual(new Map())
      expect(await tx.schema.deleteKind(id, 'plan')).toBe(false)
      expect(await tx.schema.deleteEventType(id, 'plan.left')).toBe(false)
      const counter = { account_id: id, webhook_id: webhook.id, subject: 'lead 1' }
      expect(await tx.firings.lock([counter])).toEqual([])
      await tx.firings.put([{ ...counter, fired: 9, last_at: 9 }])
      expect(await tx.records.lock([{ account_id: id, ...lead }])).toEqual([])
      expect(await tx.records.read([{ account_id: id, ...lead }])).toEqual([])
    })
    const owner = webhook.account_id
    expect(await store().tokens.findByHash(`hash of ${token.id}`)).toEqual(token)
    expect(await store().members.findByEmail(member.email)).toEqual({ member, password: 'password' })
    expect(await store().members.findByInvitation('stolen', presentMs())).toBeNull()
    expect((await store().schema.get(owner)).users).toHaveLength(1)
    expect((await store().schema.get(owner)).pipelines).toHaveLength(1)
    expect(await store().webhooks.get(owner, webhook.id)).toEqual(webhook)
    expect(await store().shareLinks.list(owner, webhook.id, { limit: 10 })).toEqual([share])
    const health = await store().webhooks.health(owner, [webhook.id])
    expect(health.get(webhook.id)!.failures_in_a_row).toBe(2)
    expect((await store().deliveries.get(owner, waiting.id))!.state).toBe('waiting')
    expect(await store().inspectors.get(owner, inspector.id)).toEqual(inspector)
    expect(await store().inspectors.requests(owner, inspector.id, { limit: 10 })).toHaveLength(1)
    expect(await store().sources.get(owner, source.id)).toMatchObject({ name: 'Shop', status: 'active' })
    expect(await store().sources.calls(owner, source.id, { limit: 10 })).toHaveLength(1)
    expect(await store().imports.get(owner, recordImport.id)).toEqual(recordImport)
    expect(await store().imports.errors(owner, recordImport.id, { limit: 10 })).toHaveLength(1)
    expect(await store().replays.get(owner, replay.id)).toEqual(replay)
    expect(await store().replays.missed(owner, webhook.id, 10)).toMatchObject({ count: 1 })
    expect((await store().schema.get(owner)).kinds).toHaveLength(1)
    expect((await store().schema.get(owner)).event_types).toHaveLength(1)
    const counter = { account_id: owner, webhook_id: webhook.id, subject: 'lead 1' }
    const firings = await store().transaction((tx) => tx.firings.lock([counter]))
    expect(firings).toEqual([{ ...counter, fired: 1, last_at: 1 }])
  })

  test('an outcome recorded for another account is late and moves nothing', async () => {
    const [delivery] = await addDeliveries(store(), webhook, 1, { state: 'sending', lease: 1 })
    const outcome = makeOutcome({ delivery: { ...delivery!, account_id: stranger.id } })
    expect(await store().recordAttempts([outcome], presentMs())).toEqual([delivery!.id])
    expect(await store().deliveries.get(webhook.account_id, delivery!.id)).toEqual(delivery)
  })
}
