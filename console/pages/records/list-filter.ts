import { useSearchParams } from 'react-router'
import type { RecordFilter } from '../../data/records.ts'

/** Of the fields' own states, or all that are not deleted. */
export type ListState = 'active' | 'archived' | 'discarded' | 'all'

export interface ListFilter {
  search: string
  pipeline: string
  stage: string
  owner: string
  tag: string
  state: ListState
}

const keys = ['search', 'pipeline', 'stage', 'owner', 'tag'] as const
const states: readonly string[] = ['active', 'archived', 'discarded', 'all']

/** The filter stands in the address; '' is no filter. */
export function useListFilter(): [ListFilter, (change: Partial<ListFilter>) => void] {
  const [query, setQuery] = useSearchParams()
  const state = query.get('state') ?? ''
  const filter = {
    ...Object.fromEntries(keys.map((key) => [key, query.get(key) ?? ''])),
    state: states.includes(state) ? state : 'active',
  } as ListFilter
  const change = (next: Partial<ListFilter>) =>
    setQuery(
      (old) => {
        const changed = new URLSearchParams(old)
        for (const [key, value] of Object.entries(next)) {
          if (value === '' || (key === 'state' && value === 'active')) changed.delete(key)
          else changed.set(key, value)
        }
        return changed
      },
      { replace: true, preventScrollReset: true },
    )
  return [filter, change]
}

/** As the API takes it; kinds that cannot be put away have no state to ask for. */
export function queryOf(filter: ListFilter, archivable: boolean): RecordFilter {
  const said = (text: string) => text || undefined
  return {
    search: said(filter.search),
    pipeline_id: said(filter.pipeline),
    stage_id: filter.pipeline === '' ? undefined : said(filter.stage),
    owner_id: said(filter.owner),
    tag: said(filter.tag),
    state: archivable && filter.state !== 'all' ? filter.state : undefined,
    order: 'updated',
  }
}
