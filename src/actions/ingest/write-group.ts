import { eventText, notFound, Problem } from '../../model/index.ts'
import type { CrmEvent, CrmRecord, Webhook } from '../../model/index.ts'
import { recordEvents } from '../../record-events/index.ts'
import type {
  AccountConfigs,
  EventToRecord,
  FreshDelivery,
  Handoff,
  RateGuard,
} from '../../record-events/index.ts'
import type { Clock } from '../../runtime/clock.ts'
import { newId as idOfNow, type NewId } from '../../runtime/ids.ts'
import type { KeptAnswer, Transaction } from '../../store/store.ts'
import { applyChange } from './apply-change.ts'
import type { Applied } from './apply-change.ts'
import type { Answer, Submission } from './change.ts'
import { answerKey, externalIdOf, gather, externalKey, fieldsOfPresent, recordKey } from './gather.ts'
import type { Settled } from './group-commit.ts'
import { answerAgain } from './kept-answer.ts'
import { recordView } from './record-view.ts'

/** What a group of changes is written with. */
export interface GroupScene {
  configs: AccountConfigs
  /** null where this process does not send: deliveries are then written as pending. */
  handoff: Handoff | null
  rateGuard: RateGuard
  clock: Clock
  /** Ids of its own, for a clock that tells the past; those of the process where it is left out. */
  newId?: NewId
}

export interface WrittenGroup {
  /** One per submission, in order; a Problem where it was refused. */
  outcomes: Settled<Answer>[]
  fresh: FreshDelivery[]
  pending: boolean
  events: number
}

/** Applies changes in order over each other's results, and writes all that comes of them into the transaction. */
export async function writeGroup(
  tx: Transaction,
  submissions: Submission[],
  { configs, handoff, rateGuard, clock, newId = idOfNow }: GroupScene,
  reserved: Webhook[],
): Promise<WrittenGroup> {
  const now = clock()
  const work = await gather(tx, submissions, configs)
  const newAnswers: KeptAnswer[] = []
  const events: EventToRecord[] = []
  const outcomes: Settled<Answer>[] = []

  for (const submission of submissions) {
    try {
      outcomes.push({ result: await apply(submission) })
    } catch (error) {
      // A refusal is this change's own; a store that does not answer is everybody's.
      if (!(error instanceof Problem) || error.code === 'unavailable') throw error
      outcomes.push({ error })
    }
  }

  async function apply(submission: Submission): Promise<Answer> {
    const { account_id, change, idempotency } = submission
    const kept = idempotency && work.answers.get(answerKey({ account_id, ...idempotency }))
    if (kept) {
      return { ...answerAgain(kept, idempotency.body_hash), replayed: true, outcome: 'unchanged', events: 0 }
    }

    const externalId = externalIdOf(change)
    const known = externalId !== null && work.external.get(externalKey(account_id, externalId))
    if (known) return answerKnown(await eventOf(account_id, known))

    const account = work.accounts.get(account_id)
    if (!account) throw notFound('account', account_id)
    const key = { account_id, ...change.record }
    const before = work.records.get(recordKey(key)) ?? null
    const applied = applyChange({
      accountId: account_id,
      change,
      origin: submission.origin,
      record: before,
      names: account.names,
      strict: account.config.account.strict,
      linked: (kind, id) => fieldsOfPresent(work.records.get(recordKey({ account_id, kind, id }))),
      now,
      newId,
    })
    work.keep(submission.silent ? withoutEvents(applied, before) : applied, account)
    if (!submission.silent) {
      let previous_id = before?.last_event_id ?? ''
      for (const event of applied.events) {
        events.push({ event, config: account.config, previous_id })
        previous_id = event.id
      }
    }
    if (externalId !== null) work.external.set(externalKey(account_id, externalId), applied.events[0]!.id)

    const answer = answerFor(submission, applied)
    if (idempotency) {
      const { status_code, body } = answer
      const answered = { account_id, ...idempotency, status_code, body, created_at: now }
      work.answers.set(answerKey(answered), answered)
      newAnswers.push(answered)
    }
    return answer
  }

  /** An event of this very group is not in the store yet. */
  async function eventOf(accountId: string, eventId: string): Promise<CrmEvent | undefined> {
    const here = events.find(({ event }) => event.id === eventId)
    return here?.event ?? (await tx.events.get(accountId, eventId))?.event
  }

  await work.write()
  const recorded = await recordEvents(tx, events, { handoff, rateGuard, reserved, now, newId })
  if (newAnswers.length > 0) tx.trailing(tx.answers.insert(newAnswers))
  return { outcomes, ...recorded, events: events.length }
}

/** The numbers of events that are not recorded are not used up. */
function withoutEvents(applied: Applied, before: CrmRecord | null): Applied {
  const { sequence = 0, last_event_id = null } = before ?? {}
  return { ...applied, record: { ...applied.record, sequence, last_event_id }, events: [] }
}

function answerKnown(event: CrmEvent | undefined): Answer {
  return { status_code: 200, body: JSON.stringify(event), replayed: true, outcome: 'unchanged', events: 0 }
}

function answerFor({ change, silent }: Submission, { record, events, outcome }: Applied): Answer {
  const made = { outcome, events: silent ? 0 : events.length }
  if (change.do === 'event' || change.do === 'activity')
    return { status_code: 201, body: eventText(events[0]!), ...made }
  const body = JSON.stringify({
    record: recordView(record),
    events: silent ? [] : events.map(({ id, type }) => ({ id, type })),
    ...(outcome === 'stale' ? { stale: true } : {}),
  })
  return { status_code: outcome === 'created' ? 201 : 200, body, ...made }
}
