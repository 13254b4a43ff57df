/** How a worker comes by what it may send. A part of the store's contract: see `../store.ts`. */
import type { CrmEvent, Delivery } from '../../model/index.ts'

/** A delivery that this process may send until `delivery.due_at`, with what it needs. */
export interface Lease {
  delivery: Delivery
  event: CrmEvent
  /** The account's present config version: webhooks loaded at another one are stale. */
  config_version: number
  /** The lane's circuit is open, and this is its one probe. */
  probe: boolean
}

/** Where the last round of claiming ended; the next one goes on behind it. */
export interface LaneCursor {
  account_id: string
  webhook_id: string
}

export interface ClaimOptions {
  now: number
  /** How many in all. */
  limit: number
  /** How many deliveries of a webhook this process is sending already; they count against its slots. */
  busy: ReadonlyMap<string, number>
  /** null for the first round. */
  after: LaneCursor | null
}

/** A lane that waits although something is due: for its rate, for what its receiver asked, or for a probe. */
export interface HeldLane {
  webhook_id: string
  until: number
  circuit_open: boolean
}

export interface Claim {
  leases: Lease[]
  /** null when every lane was visited; a round that began behind one comes round to it again. */
  cursor: LaneCursor | null
  /** Lanes with something due that were passed over for the sake of time. */
  held: HeldLane[]
  /** Nothing can be said of the lanes yet: another process had its turn, or the way had to be cleared. To be asked again. */
  unfinished: boolean
}
