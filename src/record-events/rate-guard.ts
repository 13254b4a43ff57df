/**
 * The backstop against loops that lose their chain on the way through another system: how often one webhook has fired for
 * one record within a minute, in this process. Kept in memory, because it is about seconds, and coarse, because it must
 * not cost the millions of firings that are no loop anything.
 */
export interface RateGuard {
  /** Counts a firing; false where it is one too many. */
  allows(webhookId: string, recordId: string, now: number): boolean
}

const windowMs = 60_000
const cells = 1 << 18

/**
 * Firings are counted in a table of hashed cells first. Only where a cell has seen half of the bound is it counted who it
 * was, so neighbours of a cell can make the guard strike early by at most that half, and never for somebody quiet.
 */
export function makeRateGuard(perMinuteMax: number): RateGuard {
  const rough = new Uint16Array(cells)
  const exact = new Map<string, number>()
  const suspicious = Math.ceil(perMinuteMax / 2)
  let windowEnd = 0

  return {
    allows(webhookId, recordId, now) {
      if (now >= windowEnd) {
        rough.fill(0)
        exact.clear()
        windowEnd = now + windowMs
      }
      const cell = cellOf(webhookId, recordId)
      if (rough[cell]! < suspicious) {
        rough[cell]!++
        return true
      }
      const key = `${webhookId} ${recordId}`
      const count = (exact.get(key) ?? 0) + 1
      exact.set(key, count)
      return count <= perMinuteMax - suspicious
    },
  }
}

/** FNV-1a over both ids. */
function cellOf(webhookId: string, recordId: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < webhookId.length; index++)
    hash = Math.imul(hash ^ webhookId.charCodeAt(index), 0x01000193)
  for (let index = 0; index < recordId.length; index++)
    hash = Math.imul(hash ^ recordId.charCodeAt(index), 0x01000193)
  return (hash >>> 0) % cells
}
