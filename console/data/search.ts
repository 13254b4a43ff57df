import { queryOptions } from '@tanstack/react-query'
import { api, get, type Page } from './client.ts'
import { type CrmRecord, recordName } from './record.ts'
import type { Webhook } from './webhooks.ts'

/** A few webhooks, and records of these kinds, whose text holds what is looked for. */
export const searchQuery = (search: string, kinds: string[]) =>
  queryOptions({
    queryKey: ['search', search, kinds],
    async queryFn({ signal }) {
      const [webhooks, ...records] = await Promise.all([
        get<Page<Webhook>>('/webhooks', { search, limit: 5 }, signal),
        ...kinds.map((kind) => get<Page<CrmRecord>>(api`/records/${kind}`, { search, limit: 4 }, signal)),
      ])
      return {
        webhooks: webhooks.items.map(({ id, name }) => ({ id, name })),
        records: records.flatMap(({ items }) =>
          items.map((record) => ({ kind: record.kind, id: record.id, name: recordName(record) })),
        ),
      }
    },
  })
