import { useCallback, useMemo, useRef, useState } from 'react'

/** Which rows are chosen: one by one, from the last one to this one (shift), or all that are shown. */
export function useChoice(ids: string[], key: string) {
  const [state, setState] = useState<{ key: string; chosen: ReadonlySet<string> }>({ key, chosen: new Set() })
  const last = useRef<string | null>(null)
  const chosen = useMemo<ReadonlySet<string>>(
    () => (state.key === key ? state.chosen : new Set()),
    [state, key],
  )
  const set = (next: ReadonlySet<string>) => setState({ key, chosen: next })
  // The same function whatever is chosen, so that a choice draws its own row only.
  const choose = useCallback(
    (index: number, isRange: boolean) => {
      const id = ids[index]!
      const from = last.current === null ? -1 : ids.indexOf(last.current)
      const range = isRange && from >= 0 ? ids.slice(Math.min(from, index), Math.max(from, index) + 1) : [id]
      last.current = id
      setState((known) => {
        const before: ReadonlySet<string> = known.key === key ? known.chosen : new Set()
        const next = new Set(before)
        // A range becomes what its end becomes.
        const add = !before.has(id)
        for (const each of range) {
          if (add) next.add(each)
          else next.delete(each)
        }
        return { key, chosen: next }
      })
    },
    [ids, key],
  )
  return {
    chosen,
    choose,
    chooseAll: (all: boolean) => set(new Set(all ? ids : [])),
    clear: () => set(new Set()),
  }
}
