import type { DeliveryState } from '../../data/deliveries.ts'
import { noFilter, writeHistoryFilter } from '../history/history-filter.ts'

/** Where the history shows what a replay made; of some states, or all of it. */
export function madeAddress(replayId: string, states: DeliveryState[] = []): string {
  return `/history?${writeHistoryFilter({ ...noFilter, replay: replayId, states })}`
}
