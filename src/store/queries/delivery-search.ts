import type { Kysely } from 'kysely'
import type { Delivery } from '../../model/index.ts'
import { holds } from '../holds.ts'
import type { Schema } from '../schema.ts'
import {
  type DeliveryFilter,
  type DeliveryReads,
  lookedThroughMax,
  type Page,
  searchedDeliveriesMax,
} from '../store.ts'

/** Answers which of these deliveries hold the text, in lower case, in what lies in other tables: their attempts and events. */
export type FindIn = (
  db: Kysely<Schema>,
  accountId: string,
  deliveries: readonly Pick<Delivery, 'id' | 'event_id'>[],
  text: string,
) => Promise<Set<string>>

/** Read at once. With answers of 16 KiB each it is 8 MB that are looked through. */
const stretch = 500

/** Newest first, a stretch at a time, until the page is full, the list at its end, or enough was looked through. */
export async function searchDeliveries(
  db: Kysely<Schema>,
  { list, horizon }: Pick<DeliveryReads, 'list' | 'horizon'>,
  findIn: FindIn,
  accountId: string,
  filter: DeliveryFilter,
  text: string,
  page: Page,
): Promise<{ found: Delivery[]; next: string | null }> {
  const wanted = text.toLowerCase()
  const named = await webhooksNamed(db, accountId, filter.webhook_id, wanted)
  const found: Delivery[] = []
  const end = await horizon(accountId, filter, page.after, lookedThroughMax)
  const bounded = end === null ? filter : { ...filter, from_id: end }
  let after = page.after
  for (let searched = 0; searched < searchedDeliveriesMax; searched += stretch) {
    const deliveries = await list(accountId, bounded, { limit: stretch, after })
    const fits = ({ webhook_id, event_type, record, reason }: Delivery) =>
      named.has(webhook_id) || [event_type, record.id, reason].some((value) => holds(value, wanted))
    const rest = deliveries.filter((delivery) => !fits(delivery))
    const deeper = rest.length > 0 ? await findIn(db, accountId, rest, wanted) : new Set<string>()
    for (const delivery of deliveries) {
      if (!fits(delivery) && !deeper.has(delivery.id)) continue
      if (found.length === page.limit) return { found, next: found.at(-1)!.id }
      found.push(delivery)
    }
    if (deliveries.length < stretch) return { found, next: end }
    after = deliveries.at(-1)!.id
  }
  return { found, next: after ?? null }
}

/** Deleted ones, too: their history stays. */
async function webhooksNamed(
  db: Kysely<Schema>,
  accountId: string,
  webhookId: string | undefined,
  wanted: string,
): Promise<Set<string>> {
  let query = db.selectFrom('webhooks').select(['id', 'name']).where('account_id', '=', accountId)
  if (webhookId !== undefined) query = query.where('id', '=', webhookId)
  const rows = await query.execute()
  return new Set(rows.filter(({ name }) => holds(name, wanted)).map(({ id }) => id))
}
