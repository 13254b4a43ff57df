/** What a draft is tried with, as the user chooses it. */
import type { EventType } from '../../../data/catalogue.ts'
import type { Subject } from '../../../data/preview.ts'

export interface Chosen {
  from: 'event' | 'record' | 'sample'
  /** Of a past event; null: the one to begin with. */
  eventId: string | null
  /** The kind of record that is searched for; null: the first that there is. */
  kind: string | null
  recordId: string | null
  /** As which event the record or the sample is tried; null: the first of the webhook. */
  type: string | null
}

export const atFirst: Chosen = { from: 'event', eventId: null, kind: null, recordId: null, type: null }

/**
 * What is asked of the server; null while nothing is chosen yet. `firstEvent` is the past event to begin with: null where
 * there is none, undefined until that is known.
 */
export function subjectOf(
  chosen: Chosen,
  types: readonly EventType[],
  firstEvent: string | null | undefined,
): Subject | null {
  if (types.length === 0) return null
  const type = types.find((one) => one.type === chosen.type)?.type
  switch (chosen.from) {
    case 'event': {
      if (chosen.eventId !== null) return { event_id: chosen.eventId }
      if (firstEvent === undefined) return null
      // None of them has happened yet: a sample says more than nothing.
      return firstEvent === null ? { sample: true } : { event_id: firstEvent }
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
