/** What a draft is tried with, as the user chooses it. */
import type { EventType } from '../../../data/catalogue.ts'
import type { CrmEvent } from '../../../data/events.ts'
import type { Subject } from '../../../data/preview.ts'

export interface Chosen {
  from: 'event' | 'record' | 'sample'
  /** Of a past event; null: the newest. */
  eventId: string | null
  /** The kind of record that is searched for; null: the first that there is. */
  kind: string | null
  recordId: string | null
  /** As which event the record or the sample is tried; null: the first of the webhook. */
  type: string | null
}

export const newest: Chosen = { from: 'event', eventId: null, kind: null, recordId: null, type: null }

/** What is asked of the server; null while nothing is chosen yet. `past` are the events that there are, null until they are known. */
export function subjectOf(
  chosen: Chosen,
  types: readonly EventType[],
  past: readonly CrmEvent[] | null,
): Subject | null {
  if (types.length === 0) return null
  const type = types.find((one) => one.type === chosen.type)?.type
  switch (chosen.from) {
    case 'event': {
      if (chosen.eventId !== null) return { event_id: chosen.eventId }
      if (past === null) return null
      // None of them has happened yet: a sample says more than nothing.
      return past[0] ? { event_id: past[0].id } : { sample: true }
    }
    case 'record': {
      const kind = kindOf(chosen, types)
      if (chosen.recordId === null || kind === null) return null
      const ofKind = types.find((one) => one.type === type && one.kind === kind)
      return { record: { kind, id: chosen.recordId }, ...(ofKind ? { type: ofKind.type } : {}) }
    }
    case 'sample':
      return { sample: true, ...(type ? { type } : {}) }
  }
}

/** The kind whose records are searched: the chosen one where the webhook still listens to it. */
export function kindOf({ kind }: Chosen, types: readonly EventType[]): string | null {
  return types.find((one) => one.kind === kind)?.kind ?? types[0]?.kind ?? null
}
