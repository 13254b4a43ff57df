import type { Problem, Webhook } from '../model/index.ts'
import type { Store, Transaction } from '../store/store.ts'
import type { Answer, Ingest, Submission } from './change.ts'
import { makeGroupCommit } from './group-commit.ts'
import type { Settled } from './group-commit.ts'
import { writeGroup } from './write-group.ts'
import type { GroupScene, WrittenGroup } from './write-group.ts'

export interface IngestOptions extends GroupScene {
  store: Store
  groupMax: number
  queueMax: number
  /** @throws Problem `too_many` where the account has too many unsettled deliveries */
  checkBacklog(accountId: string): void
  /** For metrics: how many events a group made, and how many changes it held. */
  onGroup?(events: number, changes: number): void
}

/** The path of a change: concurrent ones share a transaction, and each is answered when that is on disk. */
export function makeIngest(options: IngestOptions): Ingest {
  const group = makeGroupCommit<Submission, Answer>({
    groupMax: options.groupMax,
    queueMax: options.queueMax,
    commit: (submissions) => commit(submissions, options),
  })
  return {
    async submit(submission) {
      options.checkBacklog(submission.account_id)
      return group.add(submission)
    },
    async submitTogether(submissions, also) {
      for (const accountId of new Set(submissions.map(({ account_id }) => account_id)))
        options.checkBacklog(accountId)
      const outcomes = await commit(submissions, options, (tx, settled) => also(tx, settled.map(outcomeOf)))
      return outcomes.map(outcomeOf)
    },
    close: () => group.close(),
  }
}

function outcomeOf(settled: Settled<Answer>): Answer | Problem {
  return settled.error === undefined ? settled.result! : (settled.error as Problem)
}

async function commit(
  submissions: Submission[],
  options: IngestOptions,
  also?: (tx: Transaction, outcomes: Settled<Answer>[]) => Promise<void>,
): Promise<Settled<Answer>[]> {
  const { store, handoff } = options
  // Slots are taken while writing and given back when the transaction is run again or fails.
  const reserved: Webhook[] = []
  const giveBack = () => {
    if (reserved.length > 0) handoff?.release(reserved.splice(0))
  }
  let written: WrittenGroup
  try {
    written = await store.transaction(async (tx) => {
      giveBack()
      const group = await writeGroup(tx, submissions, options, reserved)
      await also?.(tx, group.outcomes)
      return group
    })
  } catch (error) {
    giveBack()
    throw error
  }
  if (written.fresh.length > 0) handoff?.send(written.fresh)
  if (written.pending) handoff?.nudge()
  options.onGroup?.(written.events, submissions.length)
  return written.outcomes
}
