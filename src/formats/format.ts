import type {
  CrmEvent,
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
  /** Added to the URL's own query. */
  query: [name: string, value: string][]
}

export interface FormatInput {
  event: CrmEvent
  context: Required<PathContext>
  /** Checked by `check` before; defaults filled in. */
  options: JsonObject
  /** The webhook's method: a GET carries parameters in its query, whatever the encoding says. */
  method: string
}

/** How an event becomes bytes. Pure: the same input gives the same bytes. */
export interface Format {
  name: string
  title: Text
  description: Text
  options: OptionDescription[]
  /** What `check` can say beyond the descriptions of the options; paths are relative to `request.options`. */
  check?(options: JsonObject): ProblemDetail[]
  /** Which of the event types (concrete, patterns resolved) it cannot express with these options. */
  cannotExpress?(eventTypes: string[], options: JsonObject): string[]
  render(input: FormatInput): Rendered
  examples: { title: string; input: Omit<FormatInput, 'context'>; rendered: Rendered }[]
}

export function defineFormat(format: Format): Format {
  return format
}
