import type { JsonObject } from './json.ts'
import type { ProblemDetail } from './problem.ts'

/** An inbound address, `/in/<token>`, that turns another system's own webhooks into records and activities. */
export interface CrmSource {
  id: string
  account_id: string
  /** Which of `sources/` reads its calls: `amocrm`, `generic-json`, `site-tracker`. */
  adapter: string
  name: string
  token: string
  /** Signs what only we may say, e.g. which record a visitor is. */
  secret: string
  options: JsonObject
  status: 'active' | 'disabled'
  calls: number
  items: number
  problems: number
  last_call_at: number | null
  created_at: number
  updated_at: number
}

/** A call of which something could not be understood, kept so that nothing is lost silently. */
export interface SourceCall {
  id: string
  source_id: string
  at: number
  method: string
  path: string
  query: string
  headers: [name: string, value: string][]
  body: Uint8Array
  /** How many records and activities were taken from it all the same. */
  items: number
  problems: ProblemDetail[]
}
