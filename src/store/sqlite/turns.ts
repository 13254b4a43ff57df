/** A lane that may send, and how many of its deliveries. */
export interface OpenLane {
  account_id: string
  webhook_id: string
  free: number
}

interface Hand<Item, Lane> {
  lane: Lane
  items: Item[]
  asked: number
}

/**
 * Deals out `limit` places: accounts take turns, and within an account its lanes do, so that neither a long lane nor an
 * account with many lanes crowds out the others. `due` reads the first so many of a lane's items; it is asked for little
 * more than is dealt.
 */
export function dealTurns<Item, Lane extends OpenLane>(
  lanes: readonly Lane[],
  limit: number,
  due: (lane: Lane, count: number) => Item[],
): { lane: Lane; item: Item }[] {
  const hands = lanes.map((lane): Hand<Item, Lane> => ({ lane, items: [], asked: 0 }))
  const accounts = [...Map.groupBy(hands, ({ lane }) => lane.account_id).values()]
  fill(accounts, limit, due)
  const turns = accounts.flatMap((account) => accountTurns(account).map((turn, place) => ({ turn, place })))
  // A stable sort: at the same place accounts keep their order.
  turns.sort((a, b) => a.place - b.place)
  return turns.slice(0, limit).map(({ turn }) => turn)
}

/** Asks every account for its even share, and for twice as much while others leave places free. */
function fill<Item, Lane extends OpenLane>(
  accounts: Hand<Item, Lane>[][],
  limit: number,
  due: (lane: Lane, count: number) => Item[],
): void {
  for (let share = Math.ceil(limit / accounts.length); ; share *= 2) {
    let found = 0
    let more = false
    for (const hands of accounts) {
      for (const hand of hands) {
        const wanted = Math.min(hand.lane.free, limit, Math.ceil(share / hands.length))
        if (hand.items.length === hand.asked && wanted > hand.asked) {
          hand.items = due(hand.lane, wanted)
          hand.asked = wanted
        }
        found += hand.items.length
        more ||= hand.items.length === hand.asked && hand.asked < Math.min(hand.lane.free, limit)
      }
    }
    if (found >= limit || !more) return
  }
}

/** First the first item of each lane, then the second of each, and so on. */
function accountTurns<Item, Lane>(hands: Hand<Item, Lane>[]): { lane: Lane; item: Item }[] {
  const deepest = Math.max(...hands.map(({ items }) => items.length))
  return Array.from({ length: deepest }, (_, depth) =>
    hands.flatMap(({ lane, items }) => {
      const item = items[depth]
      return item === undefined ? [] : [{ lane, item }]
    }),
  ).flat()
}
