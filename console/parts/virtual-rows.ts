import { useWindowVirtualizer, type VirtualItem } from '@tanstack/react-virtual'
import { type RefObject, useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react'

interface Options {
  count: number
  keyOf: (index: number) => string
  /** What a row is high, before it was seen. */
  estimate: number
  /** The last rows are in sight. */
  onEnd: () => void
}

/** Only the rows in sight are drawn, with space before and after in the place of the others; the window scrolls them. */
export function useVirtualRows<E extends HTMLElement>({
  count,
  keyOf,
  estimate,
  onEnd,
}: Options): {
  /** Goes to the element that holds the rows. */
  list: RefObject<E | null>
  rows: VirtualItem[]
  before: number
  after: number
  /** Goes to each row, together with `data-index`. */
  measure: (row: Element | null) => void
} {
  const list = useRef<E>(null)
  const [top, setTop] = useState(0)
  // What stands above changes its height: filters wrap, a notice appears. Then the page's height changes, too.
  useLayoutEffect(() => {
    const measureTop = () => {
      const rect = list.current?.getBoundingClientRect()
      if (rect) setTop(Math.round(rect.top + window.scrollY))
    }
    measureTop()
    const observer = new ResizeObserver(measureTop)
    observer.observe(document.body)
    return () => observer.disconnect()
  }, [])
  // oxlint-disable-next-line react/incompatible-library -- Nothing here is memoized by a compiler.
  const virtualizer = useWindowVirtualizer({
    count,
    estimateSize: () => estimate,
    getItemKey: keyOf,
    overscan: 12,
    scrollMargin: top,
    useFlushSync: false,
  })
  const rows = virtualizer.getVirtualItems()
  const last = rows.at(-1)?.index ?? -1
  const atEnd = count > 0 && last >= count - 1 - 8
  const tellEnd = useEffectEvent(onEnd)
  useEffect(() => {
    if (atEnd) tellEnd()
  }, [atEnd, count])
  return {
    list,
    rows,
    before: Math.max(0, (rows[0]?.start ?? top) - top),
    after: Math.max(0, virtualizer.getTotalSize() - ((rows.at(-1)?.end ?? top) - top)),
    measure: virtualizer.measureElement,
  }
}
