/** What holds a lane back for a while: what its receiver asked for, its circuit, its rate. */
export interface LaneBounds {
  /** Microseconds between two requests; null: no rate. */
  pace_us: number | null
  /** How many may come at once after a rest. */
  burst: number
  /** The moment, in microseconds, up to which the rate is used up; null: never used. */
  paced_us: number | null
  blocked_until: number | null
  circuit_opened_at: number | null
  probe_at: number | null
}

/** How many deliveries it may give now; where none, from when on (in ms) it may. */
export function roomOf(lane: LaneBounds, now: number): { room: number; heldUntil: number } {
  const probing = lane.circuit_opened_at !== null
  const closedUntil = Math.max(lane.blocked_until ?? 0, probing ? (lane.probe_at ?? 0) : 0)
  if (closedUntil > now) return { room: 0, heldUntil: closedUntil }
  const most = probing ? 1 : Infinity
  if (lane.pace_us === null) return { room: most, heldUntil: 0 }
  // A bucket of `burst` tokens, told as the time at which it will be full: each token taken moves that on by one pace.
  const missing = Math.ceil(Math.max(0, (lane.paced_us ?? 0) - now * 1000) / lane.pace_us)
  if (missing < lane.burst) return { room: Math.min(most, lane.burst - missing), heldUntil: 0 }
  return { room: 0, heldUntil: Math.ceil(((lane.paced_us ?? 0) - (lane.burst - 1) * lane.pace_us) / 1000) }
}

/** The lane's `paced_us` after so many were given; null where it has no rate. */
export function pacedAfter({ pace_us, paced_us }: LaneBounds, given: number, now: number): number | null {
  return pace_us === null ? null : Math.max(paced_us ?? 0, now * 1000) + given * pace_us
}
