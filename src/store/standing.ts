import type { CrmRecord, Json } from '../model/index.ts'

/** Where a record stands on a board, in columns of its own: so that a column of a board is a range of an index. */
export interface Standing {
  /** null where the record is not present. */
  pipeline_id: string | null
  stage_id: string | null
  /** 1: present, and neither archived nor discarded. A record without a state is active. */
  active: number
}

const nowhere: Standing = { pipeline_id: null, stage_id: null, active: 0 }

export function standingOf({ state, fields }: Pick<CrmRecord, 'state' | 'fields'>): Standing {
  if (state !== 'present') return nowhere
  const { pipeline_id, stage_id, state: activity = null } = fields
  return {
    pipeline_id: textOrNull(pipeline_id),
    stage_id: textOrNull(stage_id),
    active: activity === null || activity === 'active' ? 1 : 0,
  }
}

function textOrNull(value: Json | undefined): string | null {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' ? value : null
}
