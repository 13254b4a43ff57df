import type {
  CrmEvent,
  HttpMethod,
  JsonObject,
  OptionDescription,
  PathContext,
  ProblemDetail,
  Text,
} from '../model/index.ts'

/** What a format turns one event into. */
export interface Rendered {
  /** null where the body is empty. */
  contentType: string | null
  body: string | null
  /** Added to the URL's own query, as plain text: `appendQuery` encodes it. */
  query: [name: string, value: string][]
}

export interface FormatInput {
  event: CrmEvent
  context: Required<PathContext>
  /**
   * Checked by `check` before; defaults filled in. Formats may keep what they compiled from this very object, so it must
   * not be changed afterwards, and the same object for the same version of a webhook makes rendering fast.
   */
  options: JsonObject
  /** The webhook's method: a GET carries parameters in its query, whatever the encoding says. */
  method: HttpMethod
}

/** What stands behind a key: a field by its path, whose title others know, or words of the format's own. */
export type KeyMeaning = { field: string; note?: Text } | { title: Text; note?: Text }

/** How an event becomes bytes. Pure: the same input gives the same bytes. */
export interface Format {
  name: string
  title: Text
  description: Text
  /** The methods that can carry it: one that needs a body cannot go by GET. */
  methods: readonly HttpMethod[]
  options: OptionDescription[]
  /** What `check` can say beyond the descriptions of the options; paths are relative to `request.options`. */
  check?(options: JsonObject): ProblemDetail[]
  /** What may be meant so but often is not; never a reason to refuse. Paths as in `check`. */
  warnings?(options: JsonObject): ProblemDetail[]
  /** Which of the event types (concrete, patterns resolved) it cannot express with these options. */
  cannotExpress?(eventTypes: string[], options: JsonObject): string[]
  /**
   * What a key of the body or query means, for the one who reads it at the other end. Parts of nested names are joined by
   * dots, places in lists among them: `leads.status.0.id`. null where there is nothing to say.
   */
  explain?(key: string, options: JsonObject): KeyMeaning | null
  /** Throws a RenderError where this event has no form in this format, or would be larger than `renderedCharactersMax`. */
  render(input: FormatInput): Rendered
  examples: { title: string; input: Omit<FormatInput, 'context'>; rendered: Rendered }[]
}

export function defineFormat(format: Format): Format {
  return format
}

/** A body that only a receiver without a body limit would take; parameters can name the same large field many times. */
export const renderedCharactersMax = 4 * 1024 * 1024
