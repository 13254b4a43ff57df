import { vocabularyOf } from '../../crm/index.ts'
import {
  notFound,
  Problem,
  type Account,
  type AccountSchema,
  type DemoThings,
  type Inspector,
  type Language,
  type RecordRef,
} from '../../model/index.ts'
import { makeIds, newId as idOfNow } from '../../runtime/ids.ts'
import type { Transaction } from '../../store/store.ts'
import type { Submission } from '../ingest/change.ts'
import { newAddressToken } from '../webhooks/secret-text.ts'
import { createWebhook, setWebhookStatus } from '../webhooks/webhooks.ts'
import type { DemoScene } from './demo-scene.ts'
import { roles, type Role } from './demo-text.ts'
import { makeInbox } from './inbox.ts'
import { makePastIds, makePlayer, type Player } from './play.ts'
import { makeRandom } from './random.ts'
import { inspectorAnswers } from './receivers.ts'
import { makeDemoSources, type DemoSources } from './sources.ts'
import { makeStory, type Story } from './story.ts'
import type { Step } from './telling.ts'
import { draftsOf, inspectorOf } from './webhooks.ts'
import { dayMs, hourMs } from './working-time.ts'

/** How much of each there is. */
export interface DemoCounts {
  pipelines: number
  records: number
  users: number
  events: number
  deliveries: number
  webhooks: number
  inspectors: number
  sources: number
}

/**
 * Fills an account with a sales team and the two weeks behind it, in the caller's transaction: all of it is there, or
 * nothing. What waits to be sent goes out for real once that is durable, to the demo's own test addresses.
 * @throws Problem `conflict` where the account has records or webhooks, or has a demo already
 */
export async function loadDemo(
  scene: DemoScene,
  { language, seed }: { language: Language | undefined; seed: number },
): Promise<DemoCounts> {
  const { tx, account_id, clock } = scene
  const account = await tx.accounts.get(account_id)
  if (!account) throw notFound('account', account_id)
  const before = await tx.schema.get(account_id)
  await refuseUnlessEmpty(tx, account_id, before)
  const now = clock()
  const nothing: DemoThings = {
    records: [],
    webhooks: [],
    pipelines: [],
    fields: [],
    users: [],
    inspectors: [],
    sources: [],
  }
  // Before all else: whoever loads it at the same moment waits here, and then finds it.
  await tx.demos.insert({ account_id, loaded_at: now, made: nothing })

  const random = makeRandom(seed)
  const story = makeStory({ language: language ?? account.language, account, now }, random)
  await putSchema(scene, story, before)
  const inspectors = await makeInspectors(scene, story)
  const sources = await makeDemoSources(scene, story)
  const webhooks = await makeWebhooks(scene, story, account, inspectors)

  const newId = makePastIds(makeIds)
  const inbox = makeInbox(newId)
  const player = makePlayer({
    ...scene,
    roles: new Map([...webhooks].map(([role, id]) => [id, role])),
    troubles: story.troubles,
    random,
    newId,
    onReceived: (role, at, request) => inbox.add(inspectors.get(inspectorOf[role])!, at, request),
  })
  const steps = account.strict ? story.steps.filter((step) => !isUnnamed(step)) : story.steps
  await setUpBase(account_id, story, player)
  for (const step of steps) {
    await player.until(step.at)
    await take(step, { scene, player, webhooks, sources })
  }
  await player.until(now)
  await tx.inspectors.addRequests(inbox.newest(scene.inspectorKeep), scene.inspectorKeep)

  const after = await tx.schema.get(account_id)
  const made: DemoThings = {
    records: recordsOf(story, steps),
    webhooks: [...webhooks.values()],
    pipelines: newOnes(before.pipelines, after.pipelines, ({ kind, id }) => `${kind} ${id}`).map(
      ({ kind, id }) => ({ kind, id }),
    ),
    fields: newOnes(before.fields, after.fields, ({ kind, name }) => `${kind} ${name}`).map(
      ({ kind, name }) => ({ kind, name }),
    ),
    users: newOnes(before.users, after.users, ({ id }) => id).map(({ id }) => id),
    inspectors: [...inspectors.values()].map(({ id }) => id),
    sources: sources.ids,
  }
  await tx.demos.update({ account_id, loaded_at: now, made })
  return {
    pipelines: made.pipelines.length,
    records: made.records.length,
    users: made.users.length,
    ...player.counts(),
    webhooks: made.webhooks.length,
    inspectors: made.inspectors.length,
    sources: made.sources.length,
  }
}

async function refuseUnlessEmpty(tx: Transaction, accountId: string, schema: AccountSchema): Promise<void> {
  if (await tx.demos.get(accountId))
    throw new Problem('conflict', 'The demo is loaded already. DELETE /v1/demo removes it.')
  const webhooks = await tx.webhooks.all(accountId)
  let isEmpty = webhooks.length === 0
  for (const kind of vocabularyOf(schema).kinds.keys())
    isEmpty &&= (await tx.records.list(accountId, kind, {}, { limit: 1 })).length === 0
  if (isEmpty) return
  const message =
    'This account has records or webhooks of its own, and the demo would mix with them. ' +
    'Load it into an account that has none, or delete them first.'
  throw new Problem('conflict', message)
}

async function putSchema(
  { tx, account_id }: DemoScene,
  { crm }: Story,
  before: AccountSchema,
): Promise<void> {
  const taken =
    crm.pipelines.some((one) =>
      before.pipelines.some(({ kind, id }) => kind === one.kind && id === one.id),
    ) ||
    crm.fields.some((one) =>
      before.fields.some(({ kind, name }) => kind === one.kind && name === one.name),
    ) ||
    crm.users.some((one) => before.users.some(({ id }) => id === one.id))
  if (taken) {
    const message =
      'This account has pipelines, fields or users that the demo would replace. Load it into another account.'
    throw new Problem('conflict', message)
  }
  for (const pipeline of crm.pipelines) await tx.schema.putPipeline(account_id, pipeline)
  await tx.schema.putUsers(account_id, crm.users)
  await tx.schema.putFields(account_id, crm.fields)
}

type Inspectors = Map<keyof typeof inspectorAnswers, Inspector>

async function makeInspectors({ tx, account_id }: DemoScene, { text, start }: Story): Promise<Inspectors> {
  const inspectors: Inspectors = new Map()
  for (const sort of ['gone', 'erp', 'fine'] as const) {
    const inspector: Inspector = {
      id: idOfNow('ins', start),
      account_id,
      token: newAddressToken(),
      name: text.inspectors[sort],
      answer: inspectorAnswers[sort],
      created_at: start - dayMs,
    }
    await tx.inspectors.insert(inspector)
    inspectors.set(sort, inspector)
  }
  return inspectors
}

/** The day before the story begins. Lists show the newest first, so the one with most to see is made last. */
async function makeWebhooks(
  scene: DemoScene,
  { text, start }: Story,
  account: Account,
  inspectors: Inspectors,
): Promise<Map<Role, string>> {
  const url = (role: Role) => `${scene.inspectorsAt}${inspectors.get(inspectorOf[role])!.token}`
  const drafts = draftsOf(text, account, url)
  const made = new Map<Role, string>()
  for (const role of roles.toReversed()) {
    const clock = () => start - dayMs + made.size * hourMs
    const { webhook } = await createWebhook({ ...scene, clock }, drafts[role])
    made.set(role, webhook.id)
  }
  return made
}

/** What was there before tells nobody anything: it sets off no events. */
async function setUpBase(accountId: string, { base, start }: Story, player: Player): Promise<void> {
  const submissions = base.map(({ record, fields }): Submission => ({
    account_id: accountId,
    change: { do: 'write', record, fields, replace: false, occurred_at: null, as_of: null, told: null },
    origin: { actor: { kind: 'system', id: null }, source: 'import', bulk: true, caused_by: null },
    idempotency: null,
    silent: true,
  }))
  await player.change(start - dayMs, submissions)
}

async function take(
  step: Step,
  {
    scene,
    player,
    webhooks,
    sources,
  }: {
    scene: DemoScene
    player: Player
    webhooks: ReadonlyMap<Role, string>
    sources: DemoSources
  },
): Promise<void> {
  const { tx, account_id } = scene
  switch (step.do) {
    case 'change': {
      const { at, change } = step
      const origin = await sources.receive(step)
      await player.change(at, [{ account_id, change, origin, idempotency: null }])
      return
    }
    case 'pause':
      await setWebhookStatus({ ...scene, clock: () => step.at }, webhooks.get(step.role)!, 'pause', null)
      return
    case 'cancel':
      for (const id of player.waiting(step.role))
        await tx.deliveries.cancel(account_id, id, 'by_user', step.at)
  }
}

function isUnnamed(step: Step): boolean {
  return step.do === 'change' && step.via === 'amocrm'
}

function recordsOf({ base }: Story, steps: Step[]): RecordRef[] {
  const all = [
    ...base.map(({ record }) => record),
    ...steps.flatMap((step) => (step.do === 'change' ? [step.change.record] : [])),
  ]
  return [...new Map(all.map((record) => [`${record.kind} ${record.id}`, record])).values()]
}

function newOnes<T>(before: T[], after: T[], keyOf: (one: T) => string): T[] {
  const known = new Set(before.map(keyOf))
  return after.filter((one) => !known.has(keyOf(one)))
}
