import { queryOptions } from '@tanstack/react-query'
import { newestDeliveries } from '../../data/deliveries.ts'
import { decisionsQuery, newestEvents } from '../../data/events.ts'

/** Among so many events one is looked for that a condition held back. */
const eventsLooked = 8

/** A delivery that was given up, to look at; null where there is none. */
export const failedDelivery = queryOptions({
  queryKey: ['welcome', 'failed delivery'],
  queryFn: async () => (await newestDeliveries({ state: 'dead' })).items[0] ?? null,
})

/** An event that some webhook did not fire for because of its conditions; else the newest one; null where there is none. */
export const skippedEvent = queryOptions({
  queryKey: ['welcome', 'skipped event'],
  async queryFn({ client }) {
    const { items } = await newestEvents({ type: 'lead.stage_changed' })
    const held = items.filter(({ decisions }) => decisions.skipped > 0)
    for (const event of held.slice(0, eventsLooked)) {
      const decisions = await client.fetchQuery(decisionsQuery(event.id))
      if (decisions.some(({ reason }) => reason === 'condition')) return event
    }
    return items[0] ?? null
  },
})
