import type { Decision } from '../../data/events.ts'

export interface SortedDecisions {
  fired: Decision[]
  /** They listen to this event, and something kept them back. */
  nearly: Decision[]
  /** They listen to other events, or to other stages. */
  others: Decision[]
}

/** Those that fired first, then what stood in the way of the others, from the last hurdle to the first. */
export function sortDecisions(decisions: readonly Decision[]): SortedDecisions {
  const fired = decisions.filter(({ verdict }) => verdict === 'fired')
  const skipped = decisions.filter(({ verdict }) => verdict === 'skipped')
  const isOther = ({ reason }: Decision) => reason === 'not_subscribed' || reason === 'other_stage'
  return {
    fired,
    nearly: skipped.filter((decision) => !isOther(decision)).toSorted((a, b) => nearness(a) - nearness(b)),
    // Another stage is nearer than another event.
    others: skipped
      .filter(isOther)
      .toSorted(
        (a, b) =>
          Number(a.reason === 'not_subscribed') - Number(b.reason === 'not_subscribed') ||
          a.webhook_name.localeCompare(b.webhook_name),
      ),
  }
}

/** All else holds where it is disabled; conditions come before limits. */
function nearness({ reason, failed }: Decision): number {
  if (reason === 'disabled') return 0
  if (reason === 'condition') return 100 + failed.length
  return reason === 'entering' ? 1000 : 10
}
