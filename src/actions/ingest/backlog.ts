import { Problem } from '../../model/index.ts'
import type { Clock } from '../../runtime/clock.ts'
import type { Store } from '../../store/store.ts'

const freshForMs = 5000

/**
 * Keeps an account from piling up deliveries without end: above the bound its changes are answered 429. The count is a few
 * seconds old, so that asking costs a request nothing.
 */
export function makeBacklogCheck(
  store: Pick<Store, 'deliveries'>,
  clock: Clock,
  unsettledMax: number,
): (accountId: string) => void {
  const counts = new Map<string, { at: number; full: boolean }>()

  async function count(accountId: string): Promise<void> {
    try {
      const unsettled = await store.deliveries.countUnsettled(accountId, unsettledMax)
      counts.set(accountId, { at: clock(), full: unsettled >= unsettledMax })
    } catch {
      // The store does not answer: the write that follows says so to the caller.
      counts.delete(accountId)
    }
  }

  return (accountId) => {
    const known = counts.get(accountId)
    if (!known || clock() - known.at > freshForMs) {
      counts.set(accountId, { at: clock(), full: known?.full ?? false })
      void count(accountId)
    }
    if (known?.full)
      throw new Problem(
        'too_many',
        `This account has ${unsettledMax} deliveries that are not settled. Repair, pause or disable the webhooks that fail, then try again.`,
        { retryAfterS: 30 },
      )
  }
}
