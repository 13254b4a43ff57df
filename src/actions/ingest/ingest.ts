import type { Problem, Webhook } from '../../model/index.ts'
import type { Store } from '../../store/store.ts'
import type { Answer, Ingest, Submission, Together } from './change.ts'
import { recordKey } from './gather.ts'
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
    // SQLite has one writer, and it is this thread.
    groupsAtOnce: options.store.backend === 'postgres' ? 3 : 1,
    keyOf: ({ account_id, change }) => recordKey({ account_id, ...change.record }),
    commit: (submissions) => commit({ submissions: () => submissions }, options),
  })
  return {
    async submit(submission) {
      options.checkBacklog(submission.account_id)
      return group.add(submission)
    },
    async submitTogether(accountId, together) {
      options.checkBacklog(accountId)
      return (await commit(together, options)).map(outcomeOf)
    },
    close: () => group.close(),
  }
}

function outcomeOf(settled: Settled<Answer>): Answer | Problem {
  return settled.error === undefined ? settled.result! : (settled.error as Problem)
}

async function commit(
  { submissions: read, also }: Pick<Together, 'submissions'> & Partial<Together>,
  options: IngestOptions,
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
      const submissions = await read(tx)
      const group = submissions.length > 0 ? await writeGroup(tx, submissions, options, reserved) : nothing
      await also?.(tx, group.outcomes.map(outcomeOf))
      return group
    })
  } catch (error) {
    giveBack()
    throw error
  }
  if (written.fresh.length > 0) handoff?.send(written.fresh)
  if (written.pending) handoff?.nudge()
  options.onGroup?.(written.events, written.outcomes.length)
  return written.outcomes
}

const nothing: WrittenGroup = { outcomes: [], fresh: [], pending: false, events: 0 }
