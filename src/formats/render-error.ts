/**
 * The request cannot be built from this event, and no retry can change that: the delivery is rejected, reason `template`.
 * The message is a sentence for people.
 */
export class RenderError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'RenderError'
  }
}
