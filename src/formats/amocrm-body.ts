import type { FormatInput } from './format.ts'

/** One of the bodies that amoCRM sends. `form` and `json` are asked only for events that it expresses. */
export interface Body {
  /** What of amoCRM sends it, for the sentence that refuses an event. */
  sentBy: string
  expresses(eventType: string): boolean
  form(input: Pick<FormatInput, 'event' | 'context'>): string
  json(input: Pick<FormatInput, 'event' | 'context'>): string
}
