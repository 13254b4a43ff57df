import { Counter, Registry } from 'prom-client'

/** Attempts by webhook, for as many webhooks as may have a series of their own. */
export interface WebhookMetrics {
  attempted(accountId: string, webhookId: string, outcome: string): void
  /** Prometheus text: of one account, or of all with null. Accounts are walls here, too. */
  render(accountId: string | null): Promise<string>
}

/** Webhooks that come when all series are taken are counted together, under this name and no account. */
const others = { account: '', webhook: 'other' }

export function makeWebhookMetrics(webhooksMax: number): WebhookMetrics {
  const registry = new Registry()
  const attempts = new Counter({
    name: 'hookline_webhook_attempts_total',
    help: 'Attempts by webhook and outcome, of the webhooks that attempted first; the rest as "other".',
    labelNames: ['account', 'webhook', 'outcome'] as const,
    registers: [registry],
  })
  const named = new Set<string>()
  return {
    attempted(account, webhook, outcome) {
      if (!named.has(webhook) && named.size < webhooksMax) named.add(webhook)
      attempts.inc({ ...(named.has(webhook) ? { account, webhook } : others), outcome })
    },
    async render(accountId) {
      const text = await registry.metrics()
      if (accountId === null) return text
      const own = `account="${accountId}"`
      return text.replaceAll(/^.*\n/gm, (line) => (line.startsWith('#') || line.includes(own) ? line : ''))
    },
  }
}
