import type { Claim, ClaimOptions } from '../store.ts'
import { claimDue } from './claim.ts'
import type { Session, Statement } from './connection.ts'

/** Any number that no other program is likely to use; held by the process that claims. */
const turnLock = '7020462841392834562'
/** So long a process that was stopped in the middle of its turn keeps the others from theirs. */
const turnMs = 5000
const boundTurn: Statement = {
  name: 'claim_bound_turn',
  text: `SET LOCAL idle_in_transaction_session_timeout = ${turnMs}`,
}
const takeTurn: Statement = {
  name: 'claim_take_turn',
  text: 'SELECT pg_try_advisory_xact_lock($1::bigint) AS taken',
}

/**
 * The processes take turns, because a claim counts what all of them are sending: two at once would both give away what is
 * free. A statement of its own, so that the claim's snapshot comes after the one that had its turn before. Who does not
 * get the lock does not wait for it, but is told to ask again. Inside a transaction.
 */
export async function claimInTurn(session: Session, options: ClaimOptions): Promise<Claim> {
  const [, { rows }] = await Promise.all([
    session.ask(boundTurn),
    session.ask<{ taken: boolean }>(takeTurn, [turnLock]),
  ])
  if (!rows[0]!.taken) return { leases: [], cursor: options.after, held: [], unfinished: true }
  return claimDue(session, options)
}
