import type {
  Fields,
  Json,
  JsonObject,
  OptionDescription,
  ProblemDetail,
  RecordRef,
  Text,
} from '../model/index.ts'

/** One HTTP call to `/in/<token>`, as it came. */
export interface IncomingCall {
  method: string
  /** What stood behind the token, '' or '/…'. */
  path: string
  /** Without the question mark. */
  query: string
  /** As sent, with its parameters; null where there was none. */
  contentType: string | null
  headers: [name: string, value: string][]
  body: Uint8Array
  /** When it came, in ms. */
  at: number
}

/** What reading may need beyond the call: pure code has no cryptography of its own. */
export interface SourceContext {
  /** The source's own secret, for what its pages sign. It never stands in an address. */
  secret: string
  /** Hex HMAC-SHA256 of a text's UTF-8 bytes. */
  hmacSha256(secret: string, text: string): string
}

/**
 * One thing that a call says. Times are ISO 8601 in UTC with milliseconds; null means the time of the call.
 *
 * - `old` is what stood before by the sender's word. It counts as "before" where the record is not known yet, and where its
 *   kept value is neither the old nor the new one. Where the kept value is the new one already, nothing happened: amoCRM
 *   tells one move twice, as `update` and as `status`, and it must be one event.
 * - `created`: the sender says that it was just made. Only then may a record that was unknown yield `created`; every other
 *   write of an unknown record stores a baseline, from which only fields in `old` differ. On a known record it means nothing.
 * - `as_of` is the version of what the write says: an older one than the record's last is stale and changes nothing. An
 *   equal one is not stale, since senders count in seconds.
 * - `external_id` names an activity once and for all within its source; the second one is not recorded.
 */
export type SourceItem =
  | {
      do: 'write'
      record: RecordRef
      fields: Fields
      old: Fields
      created: boolean
      as_of: string | null
      occurred_at: string | null
      actor_id: string | null
      /** What people call fields whose names only machines read: titles for those that are discovered by this write. */
      titles: Record<string, string>
    }
  | {
      do: 'delete'
      record: RecordRef
      as_of: string | null
      occurred_at: string | null
      actor_id: string | null
    }
  /** It was deleted and is there again; `fields` merges as in a write. Of an unknown record it stores a baseline. */
  | {
      do: 'restore'
      record: RecordRef
      fields: Fields
      as_of: string | null
      occurred_at: string | null
      actor_id: string | null
      titles: Record<string, string>
    }
  | {
      do: 'activity'
      record: RecordRef
      /** The bare action: `email_received`. Whether the record's kind has it is for the caller to check. */
      type: string
      data: JsonObject
      occurred_at: string | null
      external_id: string | null
    }

/** What the sender is told once the call is on disk. */
export interface SourceAnswer {
  status: number
  contentType: string | null
  body: string
}

/** What a call means. All three lists are in the order of the call. */
export interface Reading {
  items: SourceItem[]
  /** Parts that were not understood: `path` is where in the sender's own words (`leads[status][0]`), '' for the whole. */
  problems: ProblemDetail[]
  /** Parts that were understood and left out on purpose, each with the reason. */
  ignored: ProblemDetail[]
  answer: SourceAnswer
  /** True where the call must not be kept, not even for inspection: a visitor asked not to be tracked. */
  leaveNoTrace?: true
}

/** What a user sees before switching on: the settings applied to one call, row by row. */
export interface SourcePreview {
  /** One row per setting and item of the call; `found` is false where nothing stands at the place that it names. */
  rows: { item: number; to: string; from: string; found: boolean; value: Json }[]
  /** Every place in the call that a setting could name, with what stands there. */
  places: { path: string; value: Json }[]
}

/** A call as people write it down; `callOf` makes a real one of it. */
export interface SampleCall {
  method?: string
  path?: string
  query?: string
  contentType: string | null
  headers?: [name: string, value: string][]
  body: string
}

/** Turns another system's own webhooks into records and activities. Pure: the same call gives the same reading. */
export interface Source {
  name: string
  title: Text
  description: Text
  options: OptionDescription[]
  /** What can be said of the options beyond their descriptions; paths are relative to the options. */
  check?(options: JsonObject): ProblemDetail[]
  /** Never throws, whatever the bytes. `options` are checked, with the defaults filled in. */
  read(call: IncomingCall, options: JsonObject, context: SourceContext): Reading
  /**
   * What the sender is told where the account did not take all of the items: how many it took, and why not the others.
   * Without it the sender is told what the reading says.
   */
  answerAfter?(reading: Reading, taken: number, refused: ProblemDetail[]): SourceAnswer
  /** For sources whose settings say where things stand. */
  preview?(call: IncomingCall, options: JsonObject): SourcePreview
  /** Real calls, or such as the sender's documents show. They are the source's tests and what its form offers to try. */
  samples: { title: string; call: SampleCall; options: JsonObject; reading: Reading }[]
}

export function defineSource(source: Source): Source {
  return source
}

/** The secret that the samples of sources are signed with. */
export const sampleSecret = 'a secret for samples only'

/** The call that a sample writes down, as if it came at `at`. */
export function callOf(sample: SampleCall, at = Date.UTC(2026, 10, 20, 9)): IncomingCall {
  const { method = 'POST', path = '', query = '', contentType, headers = [], body } = sample
  return { method, path, query, contentType, headers, body: new TextEncoder().encode(body), at }
}
