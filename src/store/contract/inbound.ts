/** What comes in: answers to requests that may be repeated, sources, imports, inspectors. A part of the store's contract: see `../store.ts`. */
import type {
  CrmSource,
  ImportError,
  Inspector,
  InspectorRequest,
  RecordImport,
  SourceCall,
} from '../../model/index.ts'
import type { Page } from './accounts.ts'

/** An answer kept for an `Idempotency-Key`. */
export interface AnswerKey {
  account_id: string
  /** Of the token or the member that sent it. */
  token_id: string
  route: string
  key: string
}

export interface KeptAnswer extends AnswerKey {
  /** Hex SHA-256 of the request's body. */
  body_hash: string
  status_code: number
  /** The answer's body; null where it held secrets and was not kept, or an erasure emptied it. */
  body: string | null
  created_at: number
}

export interface AnswerWrites {
  find(keys: AnswerKey[]): Promise<KeptAnswer[]>
  /** A concurrent twin that committed first makes the transaction run again; see `transaction`. */
  insert(answers: KeptAnswer[]): Promise<void>
  /** Forgets up to `limit` answers from before `before`; answers how many. */
  expire(before: number, limit: number): Promise<number>
}

export interface SourceReads {
  get(accountId: string, sourceId: string): Promise<CrmSource | null>
  list(accountId: string, page: Page): Promise<CrmSource[]>
  /** Of any account: the token is the right to call it. */
  findByToken(token: string): Promise<CrmSource | null>
  /** Calls that held something which could not be understood, newest first. */
  calls(accountId: string, sourceId: string, page: Page): Promise<SourceCall[]>
}

/** The secret is kept sealed, like those of webhooks. */
export interface SourceWrites extends SourceReads {
  insert(source: CrmSource): Promise<void>
  /** Name, options and status. */
  update(source: CrmSource): Promise<void>
  delete(accountId: string, sourceId: string): Promise<boolean>
  /** Counts a call, and keeps it where it has problems: the newest `keep` of the source. */
  recordCall(call: SourceCall, keep: number): Promise<void>
}

export interface ImportReads {
  get(accountId: string, importId: string): Promise<RecordImport | null>
  list(accountId: string, page: Page): Promise<RecordImport[]>
  /** Lines that failed, by line, ascending; `after` is a line. */
  errors(
    accountId: string,
    importId: string,
    page: { limit: number; after?: number | undefined },
  ): Promise<ImportError[]>
  /** Imports of all accounts that are not finished, oldest first. */
  running(limit: number): Promise<RecordImport[]>
}

/** Some lines of an import, as they were sent. */
export interface ImportChunk {
  number: number
  lines: { line: number; content: string }[]
}

export interface ImportWrites extends ImportReads {
  insert(recordImport: RecordImport, chunks: ImportChunk[]): Promise<void>
  /**
   * Locks a running import until the transaction ends and reads its next chunk. null where it is not running, or where
   * another process has it: never waits.
   */
  lockNext(importId: string): Promise<{ recordImport: RecordImport; chunk: ImportChunk } | null>
  /** Writes the counts and the errors of the chunk that was locked, and forgets the chunk. */
  finishChunk(recordImport: RecordImport, chunk: ImportChunk, errors: ImportError[]): Promise<void>
  /** Running → canceled; what was done stays. False where it is not running. */
  cancel(accountId: string, importId: string, now: number): Promise<boolean>
}

export interface InspectorReads {
  get(accountId: string, inspectorId: string): Promise<Inspector | null>
  list(accountId: string, page: Page): Promise<Inspector[]>
  /** Of any account: the token is the right to call it. */
  findByToken(token: string): Promise<Inspector | null>
  requests(accountId: string, inspectorId: string, page: Page): Promise<InspectorRequest[]>
}

export interface InspectorWrites extends InspectorReads {
  insert(inspector: Inspector): Promise<void>
  update(inspector: Inspector): Promise<void>
  delete(accountId: string, inspectorId: string): Promise<boolean>
  /** Keeps the newest `keep` requests of each inspector. */
  addRequests(requests: InspectorRequest[], keep: number): Promise<void>
  clearRequests(accountId: string, inspectorId: string): Promise<void>
}
