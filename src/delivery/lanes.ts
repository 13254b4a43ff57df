/** What this process knows of one webhook's line of deliveries. */
interface Lane {
  underWay: number
  /** As of its last reservation; lanes that were only claimed from leave counting to the store. */
  slots: number
  /** It was full when the round of claiming began, and so was passed over. */
  passedOver: boolean
  /** The round in which deliveries were last known to wait in the store for a slot; 0 where none are. */
  backlogRound: number
  /** Nothing is sent before (Retry-After). */
  blockedUntil: number
  /** The circuit is open: all goes by the store, which gives single probes. */
  tripped: boolean
}

/** The slots of this process: how much is under way, in all and in each lane. */
export interface Lanes {
  /** Takes a slot of the lane; false where it is full, blocked, or has a backlog that goes first, or this process is full. */
  reserve(webhookId: string, slots: number, now: number): boolean
  /** Says that a delivery of the lane waits in the store, although it might have a slot here. */
  queue(webhookId: string, slots: number): void
  /** Takes a slot for a delivery that was claimed: claiming counted the slots already. */
  take(webhookId: string): void
  /** Gives a slot back. Answers whether the lane has more to claim. */
  release(webhookId: string): boolean
  block(webhookId: string, until: number): void
  /** From now on the lane reserves nothing, until `mend`. */
  trip(webhookId: string): void
  mend(webhookId: string): void
  /** Begins a round of claiming; what is written as pending from now on is not in its snapshot. */
  startRound(): number
  /** Ends a round over all lanes: those that gave something may have more, those that were asked and gave nothing have none. */
  endRound(round: number, gave: ReadonlySet<string>, now: number): void
  /** Slots that this process has left. */
  free(): number
  /** How much is under way, by webhook. */
  busy(): ReadonlyMap<string, number>
  underWay(): number
}

export function makeLanes(concurrency: number): Lanes {
  const lanes = new Map<string, Lane>()
  const busy = new Map<string, number>()
  let total = 0
  let currentRound = 1

  function laneOf(webhookId: string): Lane {
    let lane = lanes.get(webhookId)
    if (!lane)
      lanes.set(
        webhookId,
        (lane = {
          underWay: 0,
          slots: Infinity,
          passedOver: false,
          backlogRound: 0,
          blockedUntil: 0,
          tripped: false,
        }),
      )
    return lane
  }

  function take(webhookId: string, lane: Lane): void {
    lane.underWay++
    total++
    busy.set(webhookId, lane.underWay)
  }

  return {
    reserve(webhookId, slots, now) {
      const lane = laneOf(webhookId)
      lane.slots = slots
      if (
        lane.backlogRound > 0 ||
        lane.underWay >= slots ||
        total >= concurrency ||
        lane.blockedUntil > now ||
        lane.tripped
      ) {
        lane.backlogRound = currentRound
        return false
      }
      take(webhookId, lane)
      return true
    },
    queue(webhookId, slots) {
      const lane = laneOf(webhookId)
      lane.slots = slots
      lane.backlogRound = currentRound
    },
    take: (webhookId) => take(webhookId, laneOf(webhookId)),
    release(webhookId) {
      const lane = laneOf(webhookId)
      lane.underWay--
      total--
      if (lane.underWay > 0) busy.set(webhookId, lane.underWay)
      else busy.delete(webhookId)
      return lane.backlogRound > 0
    },
    block(webhookId, until) {
      const lane = laneOf(webhookId)
      lane.blockedUntil = Math.max(lane.blockedUntil, until)
    },
    trip(webhookId) {
      laneOf(webhookId).tripped = true
    },
    mend(webhookId) {
      const lane = lanes.get(webhookId)
      if (lane) lane.tripped = false
    },
    startRound() {
      for (const lane of lanes.values()) lane.passedOver = lane.underWay >= lane.slots
      return ++currentRound
    },
    endRound(round, gave, now) {
      for (const [webhookId, lane] of lanes) {
        if (gave.has(webhookId)) lane.backlogRound = round
        else if (lane.backlogRound < round && !lane.passedOver) lane.backlogRound = 0
        if (lane.underWay === 0 && lane.backlogRound === 0 && lane.blockedUntil <= now && !lane.tripped)
          lanes.delete(webhookId)
      }
    },
    free: () => concurrency - total,
    busy: () => busy,
    underWay: () => total,
  }
}
