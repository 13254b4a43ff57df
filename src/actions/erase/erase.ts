import { notFound, type Erasure, type ErasurePhase, type RecordRef } from '../../model/index.ts'
import type { Clock } from '../../runtime/clock.ts'
import { newId } from '../../runtime/ids.ts'
import { pause, startRounds, type Rounds } from '../../runtime/rounds.ts'
import type { ContentSort, RecordedEvent, Store, Transaction } from '../../store/store.ts'
import { blankOwn, blankShown, makeMention, namesShowing } from './erased.ts'

/** Events rewritten in one transaction, and events looked at in one read. */
const rewriteMax = 50
const searchMax = 1000
/** Each may have a body of a megabyte. */
const contentsMax = 20

const everyMs = 1000
const pauseMs = 10
const runningMax = 20

const contentSorts: readonly ContentSort[] = ['inspector_request', 'source_call', 'import_error', 'answer']

/**
 * Empties a record, in the caller's transaction, and begins the erasure of what else shows it. What is written to the record
 * from now on is new data. Throws a Problem `not_found` where neither a write nor an event ever named it.
 */
export async function beginErasure(
  tx: Transaction,
  input: { account_id: string; record: RecordRef; by: string; now: number },
): Promise<Erasure> {
  const { account_id, record, by, now } = input
  const [found] = await tx.records.lock([{ account_id, ...record }])
  if (!found) throw notFound(record.kind, record.id)
  const state = found.state === 'unknown' ? 'unknown' : 'deleted'
  await tx.records.put([{ ...found, state, fields: {}, updated_at: now }])
  const erasure: Erasure = {
    id: newId('ers', now),
    account_id,
    record,
    state: 'running',
    phase: 'own',
    place: null,
    up_to_sequence: found.sequence,
    events: 0,
    snapshots: 0,
    canceled: 0,
    attempts: 0,
    contents: 0,
    traces_left: false,
    made_by: by,
    created_at: now,
    updated_at: now,
  }
  await tx.erasures.insert(erasure)
  return erasure
}

/** `wait`: something is under way that must end first; ask again later. */
type Went = 'on' | 'wait'

interface Scene {
  store: Store
  clock: Clock
}

/**
 * Works off running erasures, step by step, each step one short transaction that also remembers how far it came: after a
 * crash the next process goes on there. Two processes never do the same step.
 */
export function startErasures(options: Scene & { onError(error: unknown): void }): Rounds {
  const { store, onError } = options
  return startRounds({
    everyMs,
    onError,
    async round(signal) {
      for (const { id, account_id } of await store.erasures.running(runningMax)) {
        let went: Went = 'on'
        while (went === 'on' && !signal.aborted) {
          const erasure = await store.erasures.get(account_id, id)
          if (erasure?.state !== 'running') break
          went = await phases[erasure.phase](erasure, options)
          await pause(pauseMs, signal)
        }
      }
    },
  })
}

const phases: Record<ErasurePhase, (erasure: Erasure, scene: Scene) => Promise<Went>> = {
  own: eraseOwn,
  others: eraseOthers,
  contents: eraseContents,
  files: eraseFiles,
}

/** What a step changes; `waits`: the same place is to be looked at again, later. */
interface Step {
  change: Partial<Erasure>
  waits?: boolean
}

/** Writes a step where the erasure still stands where it was read; another process may have been faster. */
async function write(
  read: Erasure,
  { store, clock }: Scene,
  work: (tx: Transaction, now: number) => Promise<Step>,
): Promise<Went> {
  return store.transaction(async (tx) => {
    const erasure = await tx.erasures.lock(read.id)
    if (!erasure || erasure.phase !== read.phase || erasure.place !== read.place) return 'wait'
    const now = clock()
    const { change, waits = false } = await work(tx, now)
    await tx.erasures.update({ ...erasure, ...change, updated_at: now })
    return waits ? 'wait' : 'on'
  })
}

function eraseOwn(erasure: Erasure, scene: Scene): Promise<Went> {
  const { account_id, record, up_to_sequence } = erasure
  return write(erasure, scene, async (tx, now) => {
    const after = erasure.place === null ? -1 : Number(erasure.place)
    const events = await tx.erasures.eventsOf(account_id, record, {
      after,
      upTo: up_to_sequence,
      limit: rewriteMax,
    })
    const last = events.at(-1)
    if (!last) return { change: { phase: 'others', place: null } }
    const ids = idsOf(events)
    await tx.erasures.rewriteEvents(events.map(blankOwn))
    const canceled = await tx.erasures.cancelUnsent(account_id, ids, now)
    const waits = await tx.erasures.areBeingSent(account_id, ids, now)
    const attempts = await tx.erasures.blankAttempts(account_id, ids)
    const counted = { canceled: erasure.canceled + canceled, attempts: erasure.attempts + attempts }
    if (waits) return { change: counted, waits }
    const place = String(last.event.sequence)
    return { change: { ...counted, place, events: erasure.events + events.length } }
  })
}

function idsOf(events: RecordedEvent[]): string[] {
  return events.map(({ event }) => event.id)
}

/**
 * There is no list of who showed whom: all events are looked through, from the oldest on, once no transaction from before
 * the erasure can bring another one. That ends where they end and not at a moment: ids may run ahead of a clock that was
 * set back.
 */
async function eraseOthers(erasure: Erasure, scene: Scene): Promise<Went> {
  const { store, clock } = scene
  const { account_id, record } = erasure
  if (clock() - erasure.created_at < store.erasures.quietMs) return 'wait'
  const { found, last } = await store.erasures.searchEvents(account_id, {
    after: erasure.place,
    limit: searchMax,
    text: JSON.stringify(record.id),
  })
  if (last === null) {
    return write(erasure, scene, async () => ({ change: { phase: 'contents', place: null } }))
  }
  const schema = await store.schema.get(account_id)
  const showing = found
    .filter(({ event }) => event.record.kind !== record.kind || event.record.id !== record.id)
    .map((recorded) => ({ recorded, names: namesShowing(recorded.event, record, schema) }))
    .filter(({ names }) => names.length > 0)
  const some = showing.slice(0, rewriteMax)
  // Where there are too many for one step, it ends behind the last that it takes.
  const place = showing.length > some.length ? some.at(-1)!.recorded.event.id : last
  return write(erasure, scene, async (tx, now) => {
    if (some.length === 0) return { change: { place } }
    const ids = some.map(({ recorded }) => recorded.event.id)
    await tx.erasures.rewriteEvents(some.map(({ recorded, names }) => blankShown(recorded, names)))
    const waits = await tx.erasures.areBeingSent(account_id, ids, now)
    const attempts = await tx.erasures.blankAttempts(account_id, ids)
    const counted = { attempts: erasure.attempts + attempts }
    // What is being sent now was rendered before; its attempt is emptied when it is there.
    if (waits) return { change: counted, waits }
    return { change: { ...counted, place, snapshots: erasure.snapshots + some.length } }
  })
}

/** What inspectors got of this server names its event; all else is emptied where it names the record's id. */
async function eraseContents(erasure: Erasure, scene: Scene): Promise<Went> {
  const { store } = scene
  const { account_id, record } = erasure
  const [sort, after] = readPlace(erasure.place)
  const contents = await store.erasures.contents(account_id, sort, { after, limit: contentsMax })
  const schema = await store.schema.get(account_id)
  const mentions = makeMention(record.id)
  const keys: string[][] = []
  for (const { key, event_id, text } of contents) {
    const recorded = event_id === null ? null : await store.events.get(account_id, event_id)
    const carries =
      recorded !== null &&
      ((recorded.event.record.kind === record.kind && recorded.event.record.id === record.id) ||
        namesShowing(recorded.event, record, schema).length > 0)
    if (carries || mentions(text)) keys.push(key)
  }
  return write(erasure, scene, async (tx) => {
    await tx.erasures.blankContents(account_id, sort, keys)
    const counted = { contents: erasure.contents + keys.length }
    const last = contents.at(-1)
    if (last) return { change: { ...counted, place: JSON.stringify([sort, last.key]) } }
    const next = contentSorts[contentSorts.indexOf(sort) + 1]
    if (next) return { change: { ...counted, place: JSON.stringify([next, null]) } }
    return { change: { ...counted, phase: 'files', place: null } }
  })
}

function readPlace(place: string | null): [ContentSort, string[] | null] {
  return place === null ? [contentSorts[0]!, null] : JSON.parse(place)
}

async function eraseFiles(erasure: Erasure, scene: Scene): Promise<Went> {
  const result = await scene.store.scrub()
  if (result === 'busy') return 'wait'
  return write(erasure, scene, async () => ({ change: { state: 'done', traces_left: result === 'left' } }))
}
