import type { CrmEvent, DecisionReason, Webhook } from '../model/index.ts'
import type { Firing, FiringKey, Transaction } from '../store/store.ts'

export function hasLimits({ limits }: Webhook): boolean {
  return limits.per_record !== null || limits.min_interval_s !== null
}

/** What of an event says whose firings it counts among. */
export type Subject = Pick<CrmEvent, 'record' | 'current'>

/** Whose firings are counted together: the record's, or those of the contact behind it. */
function firingKey({ id, account_id, limits }: Webhook, { record, current }: Subject): FiringKey {
  const contactId = record.kind === 'contact' ? record.id : current['contact_id']
  const perContact = limits.per === 'contact' && typeof contactId === 'string'
  const subject = perContact ? `contact ${contactId}` : `${record.kind} ${record.id}`
  return { account_id, webhook_id: id, subject }
}

/** The counters of a transaction's firings, locked: two processes never count the same one at once. */
export interface FiringCounters {
  /** Why the webhook may not fire for this event, or null where it may. */
  refusal(webhook: Webhook, event: Subject, now: number): Extract<DecisionReason, 'limit' | 'interval'> | null
  count(webhook: Webhook, event: Subject, now: number): void
  /** Writes what was counted. */
  write(): Promise<void>
}

export async function lockFirings(
  tx: Pick<Transaction, 'firings'>,
  wanted: { webhook: Webhook; event: Subject }[],
): Promise<FiringCounters> {
  const keys = new Map(
    wanted.map(({ webhook, event }) => {
      const key = firingKey(webhook, event)
      return [textOf(key), key]
    }),
  )
  const stored = keys.size > 0 ? await tx.firings.lock([...keys.values()]) : []
  const counters = new Map<string, Firing>(stored.map((firing) => [textOf(firing), firing]))
  const changed = new Set<string>()

  return {
    refusal(webhook, event, now) {
      const before = counters.get(textOf(firingKey(webhook, event)))
      const { per_record, min_interval_s } = webhook.limits
      if (before && per_record !== null && before.fired >= per_record) return 'limit'
      if (before && min_interval_s !== null && now - before.last_at < min_interval_s * 1000) return 'interval'
      return null
    },
    count(webhook, event, now) {
      const key = firingKey(webhook, event)
      const text = textOf(key)
      counters.set(text, { ...key, fired: (counters.get(text)?.fired ?? 0) + 1, last_at: now })
      changed.add(text)
    },
    async write() {
      if (changed.size > 0) await tx.firings.put([...changed].map((text) => counters.get(text)!))
    },
  }
}

function textOf({ account_id, webhook_id, subject }: FiringKey): string {
  return `${account_id}\0${webhook_id}\0${subject}`
}
