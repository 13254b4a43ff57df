import type { Delivery } from '../../data/deliveries.ts'

interface Props {
  record: Delivery['record']
  webhookName: (id: string) => string
}

/** What the record of a delivery is called now. The server's own events are about webhooks. */
export function RecordLabel({ record: { kind, id, name }, webhookName }: Props) {
  return kind === 'webhook' ? webhookName(id) : (name ?? id)
}
