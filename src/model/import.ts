import type { ProblemDetail } from './problem.ts'

/** Many records brought in at once, in the background: resumed after a crash, with progress and a report. */
export interface RecordImport {
  id: string
  account_id: string
  kind: string
  format: 'ndjson' | 'csv'
  /** False: records change, and no events come of it. */
  fire: boolean
  state: 'running' | 'done' | 'canceled'
  /** Who: `token tok_…`. */
  made_by: string
  lines_total: number
  lines_done: number
  chunks_total: number
  chunks_done: number
  created: number
  updated: number
  unchanged: number
  failed: number
  events: number
  created_at: number
  updated_at: number
}

/** A line that could not be taken; `line` counts from 1 in what was sent. */
export interface ImportError {
  line: number
  errors: ProblemDetail[]
  /** The line itself, cut where it is long. */
  content: string
}
