import type { Replay } from '../../data/replays.ts'
import { noFilter, writeHistoryFilter } from '../history/history-filter.ts'

/**
 * Where the history shows what a replay made: replays of its webhook from its start until its last step. Deliveries do not
 * tell which replay made them, so those of another one at the same time stand there, too.
 */
export function madeAddress({ webhook_id, state, created_at, updated_at }: Replay): string {
  const until = state === 'running' ? null : new Date(Date.parse(updated_at) + 1000).toISOString()
  const filter = { ...noFilter, webhook: webhook_id, purpose: 'replay' as const }
  return `/history?${writeHistoryFilter({ ...filter, span: { since: created_at, until } })}`
}
