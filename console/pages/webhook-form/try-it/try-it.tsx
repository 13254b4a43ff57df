import type { WebhookSettings } from '../../../data/webhooks.ts'

export function TryIt({ draft }: { draft: WebhookSettings; savedId: string | null }) {
  return <output>{draft.name}</output>
}
