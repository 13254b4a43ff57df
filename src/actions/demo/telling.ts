import type { Fields, JsonObject, RecordRef } from '../../model/index.ts'
import type { Change } from '../ingest/change.ts'
import type { BaseRecord, DemoCrm } from './crm.ts'
import type { DemoText, Role } from './demo-text.ts'
import type { Random } from './random.ts'
import type { WorkingTime } from './working-time.ts'

/** Where a change comes from: somebody's screen, the web site, or another CRM. */
export type Via = 'ui' | 'site' | 'amocrm'

/** One thing that happens in the story. */
export type Step =
  | { at: number; do: 'change'; change: Change; by: string | null; via: Via }
  | { at: number; do: 'pause'; role: Role }
  /** Somebody cancels what this webhook has waiting. */
  | { at: number; do: 'cancel'; role: Role }

/** What the parts of the story are told with, and into. */
export interface Telling {
  text: DemoText
  random: Random
  time: WorkingTime
  /** The story's first moment, and its last. */
  start: number
  now: number
  crm: DemoCrm
  /** Records that are there before the story begins, beside those of `crm`. */
  base: BaseRecord[]
  steps: Step[]
}

export function write(
  { steps }: Telling,
  at: number,
  record: RecordRef,
  fields: Fields,
  by: string | null,
  via: Via = 'ui',
): void {
  const change: Change = {
    do: 'write',
    record,
    fields,
    replace: false,
    occurred_at: null,
    as_of: null,
    told: null,
  }
  steps.push({ at, do: 'change', change, by, via })
}

export function activity(
  { steps }: Telling,
  at: number,
  record: RecordRef,
  type: string,
  data: JsonObject,
  by: string | null = null,
  via: Via = 'ui',
): void {
  const change: Change = { do: 'activity', record, type, data, occurred_at: null, external_id: null }
  steps.push({ at, do: 'change', change, by, via })
}
