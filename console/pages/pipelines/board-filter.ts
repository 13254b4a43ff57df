import { useSearchParams } from 'react-router'

/** Which of the pipeline's records the board shows. */
export interface BoardFilter {
  search: string | undefined
  owner_id: string | undefined
  tag: string | undefined
}

const names = { search: 'search', owner_id: 'owner', tag: 'tag' } as const

/** The filter stands in the address, so that it survives a reload and can be sent to a colleague. */
export function useBoardFilter(): [BoardFilter, (change: Partial<BoardFilter>) => void] {
  const [query, setQuery] = useSearchParams()
  const filter: BoardFilter = {
    search: query.get(names.search) ?? undefined,
    owner_id: query.get(names.owner_id) ?? undefined,
    tag: query.get(names.tag) ?? undefined,
  }
  const change = (next: Partial<BoardFilter>) =>
    setQuery(
      (old) => {
        const changed = new URLSearchParams(old)
        for (const [key, value] of Object.entries(next)) {
          const name = names[key as keyof BoardFilter]
          if (value) changed.set(name, value)
          else changed.delete(name)
        }
        return changed
      },
      { replace: true, preventScrollReset: true },
    )
  return [filter, change]
}
