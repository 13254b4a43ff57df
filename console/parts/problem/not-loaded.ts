const lost = new WeakSet<object>()

/** Remembers that the error is of a part of the console that could not be loaded. */
export function markNotLoaded(error: Error): void {
  lost.add(error)
}

/** The server was away when a part of the console was asked for, or has a newer console, whose parts have other names. */
export function isNotLoaded(error: Error): boolean {
  return lost.has(error)
}
