import type { RecordRef } from './record.ts'

/** An account's demo data: when it was loaded, and what it consists of. */
export interface Demo {
  account_id: string
  loaded_at: number
  made: DemoThings
}

/** By their ids. Events and deliveries are not listed: they hang on records and webhooks. */
export interface DemoThings {
  records: RecordRef[]
  webhooks: string[]
  pipelines: { kind: string; id: string }[]
  fields: { kind: string; name: string }[]
  users: string[]
  inspectors: string[]
  sources: string[]
}
