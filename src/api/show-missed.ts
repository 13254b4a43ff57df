import { Type } from 'typebox'
import type { Webhook } from '../model/index.ts'
import type { Transaction } from '../store/store.ts'
import { time } from './schemas.ts'
import { iso } from './times.ts'

/** A count of more says no more to anybody, and takes longer. */
const countMax = 10_000

export const missedShape = Type.Object({
  count: Type.Integer({
    description:
      `Events that it did not get while it was disabled and that were not replayed since: canceled deliveries and ` +
      `decisions \`disabled\`, each counted up to ${countMax}.`,
  }),
  since: time,
})

/** What a webhook missed; nothing where it missed nothing. */
export async function showMissed(
  tx: Transaction,
  { account_id, id }: Webhook,
): Promise<{ missed?: { count: number; since: string } }> {
  const { count, since } = await tx.replays.missed(account_id, id, countMax)
  return since === null ? {} : { missed: { count, since: iso(since) } }
}
