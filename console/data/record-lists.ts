/** How a record that changed finds its place in the lists that are in the cache, without asking for them again. */
import type { InfiniteData, QueryClient, QueryKey } from '@tanstack/react-query'
import type { Page } from './client.ts'
import { stageCounts, type StageCount } from './pipelines.ts'
import type { CrmRecord, RecordFilter } from './record.ts'

export type RecordPages = InfiniteData<Page<CrmRecord>, string | null>

/** Whether a list holds the record; null where only the server can say, because it searches text. */
export function fits(record: CrmRecord, filter: RecordFilter): boolean | null {
  const { fields } = record
  if (record.state === 'deleted') return false
  const asked = [
    [filter.pipeline_id, fields.pipeline_id],
    [filter.stage_id, fields.stage_id],
    [filter.state, fields.state ?? 'active'],
    [filter.owner_id, fields.owner_id],
  ]
  if (asked.some(([wanted, value]) => wanted !== undefined && wanted !== value)) return false
  if (filter.tag !== undefined && !(Array.isArray(fields.tags) && fields.tags.includes(filter.tag)))
    return false
  return filter.search ? null : true
}

/**
 * The list with the record where it belongs: in its place, on top where it came, or gone. The list itself where nothing
 * changes; null where the server has to say where it stands, because the list is not by time of change.
 */
function withRecord(
  pages: RecordPages,
  record: CrmRecord,
  belongs: boolean,
  newestFirst: boolean,
): RecordPages | null {
  const isIt = (other: CrmRecord) => other.id === record.id
  const stands = pages.pages.some(({ items }) => items.some(isIt))
  if (!stands && !belongs) return pages
  if (!stands && !newestFirst) return null
  return {
    ...pages,
    pages: pages.pages.map((page, index) => {
      if (!stands) return index === 0 ? { ...page, items: [record, ...page.items] } : page
      const items = belongs
        ? page.items.map((other) => (isIt(other) ? record : other))
        : page.items.filter((other) => !isIt(other))
      return { ...page, items }
    }),
  }
}

/** Moves one from a stage's count to another's; null stands for nowhere: deleted, archived, of another pipeline. */
export function movedCounts(counts: StageCount[], from: string | null, to: string | null): StageCount[] {
  if (from === to) return counts
  return counts.map((count) => {
    if (count.stage_id === null) return count
    if (count.stage_id === from) return { ...count, records: Math.max(0, count.records - 1) }
    return count.stage_id === to ? { ...count, records: count.records + 1 } : count
  })
}

/** The record as some list of the cache shows it. */
export function findCached(
  client: QueryClient,
  { kind, id }: { kind: string; id: string },
): CrmRecord | undefined {
  for (const [, pages] of listsOf(client, kind)) {
    const found = pages?.pages.flatMap(({ items }) => items).find((record) => record.id === id)
    if (found) return found
  }
  return undefined
}

/**
 * Puts a record, as it is now, into every list that is in the cache, and corrects the counts of its pipelines. Answers the
 * keys of what has to ask the server.
 */
export function placeRecord(client: QueryClient, record: CrmRecord): QueryKey[] {
  const doubtful: QueryKey[] = []
  const before = findCached(client, record)
  for (const [key, pages] of listsOf(client, record.kind)) {
    const filter = (key[3] ?? {}) as RecordFilter
    const belongs = fits(record, filter)
    const placed =
      belongs !== null && pages ? withRecord(pages, record, belongs, filter.order === 'updated') : null
    if (placed) client.setQueryData(key, placed)
    else doubtful.push(key)
  }
  return [...doubtful, ...placeCounts(client, before, record)]
}

function listsOf(client: QueryClient, kind: string) {
  return client.getQueriesData<RecordPages>({ queryKey: ['records', kind, 'list'] })
}

function placeCounts(client: QueryClient, before: CrmRecord | undefined, after: CrmRecord): QueryKey[] {
  // Where it stood before is not known: its old stage has one too many.
  if (!before) return [['pipelines', 'counts', after.kind]]
  const touched = new Set([standing(before)?.pipeline, standing(after)?.pipeline])
  for (const pipeline of touched) {
    if (pipeline === undefined) continue
    const stageIn = (record: CrmRecord) => {
      const place = standing(record)
      return place?.pipeline === pipeline ? place.stage : null
    }
    client.setQueryData(stageCounts(after.kind, pipeline).queryKey, (counts) =>
      counts ? movedCounts(counts, stageIn(before), stageIn(after)) : counts,
    )
  }
  return []
}

/** Where it is counted: only active records are. */
function standing(record: CrmRecord): { pipeline: string; stage: string } | null {
  const { pipeline_id: pipeline, stage_id: stage } = record.fields
  if (!fits(record, { state: 'active' })) return null
  return typeof pipeline === 'string' && typeof stage === 'string' ? { pipeline, stage } : null
}

/** The tags of these records and of those that lists have read so far, in alphabetical order. */
export function knownTags(client: QueryClient, kind: string, records: CrmRecord[] = []): string[] {
  const listed = listsOf(client, kind).flatMap(
    ([, pages]) => pages?.pages.flatMap(({ items }) => items) ?? [],
  )
  const tags = [...listed, ...records].flatMap(({ fields }) => fields.tags ?? [])
  return [...new Set(tags.filter((tag) => typeof tag === 'string'))].toSorted((a, b) => a.localeCompare(b))
}
