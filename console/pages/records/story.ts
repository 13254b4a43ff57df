import type { KnownField } from '../../data/catalogue.ts'
import type { Delivery } from '../../data/deliveries.ts'
import type { CrmEvent } from '../../data/events.ts'
import type { Json } from '../../data/json.ts'

/** One write, or one activity: its events together, the newest first in the story. */
export interface Chapter {
  id: string
  at: string
  events: CrmEvent[]
}

/** Events newest first → what happened, newest first; the events of one write stand together, in their order. */
export function chaptersOf(events: CrmEvent[]): Chapter[] {
  const chapters = new Map<string, CrmEvent[]>()
  for (const event of events) {
    chapters.set(event.correlation_id, [event, ...(chapters.get(event.correlation_id) ?? [])])
  }
  return [...chapters].map(([id, together]) => ({ id, at: together[0]!.occurred_at, events: together }))
}

export interface FieldChange {
  field: Pick<KnownField, 'name' | 'title' | 'type' | 'links'>
  before: Json
  after: Json
  /** The pipelines that the values belong to: stage ids mean something only within them. */
  pipelineBefore: string | null
  pipelineAfter: string | null
}

/** What the write changed, field by field. All events of a write carry the same; the first one's are theirs all. */
export function changesOf({ events }: Chapter, known: KnownField[]): FieldChange[] {
  const { current = {}, previous = {} } = events[0] ?? {}
  const pipeline = (value: Json | undefined) => (typeof value === 'string' ? value : null)
  const pipelineAfter = pipeline(current.pipeline_id)
  const pipelineBefore = 'pipeline_id' in previous ? pipeline(previous.pipeline_id) : pipelineAfter
  return Object.entries(previous).map(([name, before]) => ({
    field: known.find((field) => field.name === name) ?? { name, title: name, type: 'text', links: null },
    before,
    after: current[name] ?? null,
    pipelineBefore,
    pipelineAfter,
  }))
}

/** The deliveries of a chapter, in the order in which they were made. */
export function deliveriesOf({ events }: Chapter, deliveries: Delivery[]): Delivery[] {
  const ids = new Set(events.map(({ id }) => id))
  return deliveries
    .filter(({ event_id }) => ids.has(event_id))
    .toSorted((a, b) => (a.created_at < b.created_at ? -1 : a.created_at > b.created_at ? 1 : 0))
}
