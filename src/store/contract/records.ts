/** Records, and how often webhooks fired for them. A part of the store's contract: see `../store.ts`. */
import type { CrmRecord, RecordRef } from '../../model/index.ts'
import type { Page } from './accounts.ts'

export interface RecordKey extends RecordRef {
  account_id: string
}

export interface RecordFilter {
  /** Looked for in their text, ignoring case in every alphabet. */
  search?: string | undefined
  pipeline_id?: string | undefined
  stage_id?: string | undefined
  /** What their field `state` says: `active` (also where it says nothing), `archived`, `discarded`. */
  state?: string | undefined
  owner_id?: string | undefined
  /** One of their tags, exactly. */
  tag?: string | undefined
  order?: 'id' | 'updated' | undefined
}

/** A place in a list of records by when they changed. */
export function changedAt({ updated_at, id }: Pick<CrmRecord, 'updated_at' | 'id'>): string {
  return `${updated_at} ${id}`
}

/** A record as the key of a map: `lead 4831596`. Kinds hold no spaces. */
export function refKey({ kind, id }: RecordRef): string {
  return `${kind} ${id}`
}

export interface RecordReads {
  /** Present and deleted ones; a record that only events named is null. */
  get(accountId: string, ref: RecordRef): Promise<CrmRecord | null>
  /**
   * What these records are called now, by `refKey`: present and deleted ones that have a name. Those that have none (never
   * given, emptied or erased) are absent. Each is looked up by its key.
   */
  names(accountId: string, refs: readonly RecordRef[]): Promise<Map<string, string>>
  /**
   * Present records of a kind that the whole filter fits: by id, ascending, or with `order` `updated` those that changed
   * last first; `page.after` is then `changedAt` of the last one.
   */
  list(accountId: string, kind: string, filter: RecordFilter, page: Page): Promise<CrmRecord[]>
  /**
   * How many active records stand on each stage of a pipeline, by stage id; stages without any are absent. null stands for
   * records of the pipeline that have no stage.
   */
  countByStage(
    accountId: string,
    kind: string,
    pipelineId: string,
  ): Promise<{ stage_id: string | null; records: number }[]>
}

export interface RecordWrites extends RecordReads {
  /**
   * Locks the records until the transaction ends, in an order that cannot deadlock, and reads them.
   * One that nobody wrote or named yet is locked all the same, and absent from the answer.
   */
  lock(keys: RecordKey[]): Promise<CrmRecord[]>
  /** Reads without a lock, in whatever state: what the locked ones link to. */
  read(keys: RecordKey[]): Promise<CrmRecord[]>
  /** Inserts or replaces locked records. */
  put(records: CrmRecord[]): Promise<void>
}

/** How often a webhook has fired for a subject: `lead 4831596`, or the contact behind it. */
export interface Firing {
  account_id: string
  webhook_id: string
  subject: string
  fired: number
  last_at: number
}

export type FiringKey = Pick<Firing, 'account_id' | 'webhook_id' | 'subject'>

export interface FiringWrites {
  /**
   * Locks the counters until the transaction ends, in an order that cannot deadlock, also those that do not exist yet, and
   * reads them.
   */
  lock(keys: FiringKey[]): Promise<Firing[]>
  /** Inserts or replaces locked counters. */
  put(firings: Firing[]): Promise<void>
}
