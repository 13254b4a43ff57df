import { useMemo, useState } from 'react'
import { useSearchParams } from 'react-router'
import { useTimeZone } from '../../data/session.ts'
import {
  type HistoryFilter,
  isSame,
  noFilter,
  readHistoryFilter,
  toDeliveryFilter,
  writeHistoryFilter,
} from './history-filter.ts'

/** The filter that stands in the address, and how it is changed. */
export function useHistoryFilter() {
  const timeZone = useTimeZone()
  const [params, setParams] = useSearchParams()
  const text = params.toString()
  const filter = useMemo(() => readHistoryFilter(new URLSearchParams(text)), [text])
  // A span that ends now is counted from the moment at which it was chosen: else the list would be another one each minute.
  const [chosenAt, setChosenAt] = useState(() => Date.now())
  const asked = useMemo(() => toDeliveryFilter(filter, chosenAt, timeZone), [filter, chosenAt, timeZone])
  const choose = (next: HistoryFilter) => {
    setChosenAt(Date.now())
    setParams(writeHistoryFilter(next), { replace: true })
  }
  return {
    filter,
    asked,
    isEmpty: isSame(filter, noFilter),
    change: (part: Partial<HistoryFilter>) => choose({ ...filter, ...part }),
    clear: () => choose(noFilter),
  }
}
