/** Attempts by webhook, for as many webhooks as may have a series of their own. */
export interface WebhookMetrics {
  attempted(accountId: string, webhookId: string, outcome: string): void
  /** Prometheus text: of one account, or of all with null. Accounts are walls here, too. */
  render(accountId: string | null): string
}

interface Series {
  account: string
  webhook: string
  outcomes: Map<string, number>
}

const name = 'hookline_webhook_attempts_total'
const head = `# HELP ${name} Attempts by webhook and outcome, of the webhooks that attempted first; the rest as "other".
# TYPE ${name} counter
`

/** Counted by hand: this runs for every attempt, and a label that is looked up in a map costs next to nothing. */
export function makeWebhookMetrics(webhooksMax: number): WebhookMetrics {
  const known = new Map<string, Series>()
  /** Webhooks that come when all series are taken are counted together, and belong to no account. */
  const others: Series = { account: '', webhook: 'other', outcomes: new Map() }

  function seriesOf(account: string, webhook: string): Series {
    let series = known.get(webhook)
    if (!series && known.size < webhooksMax)
      known.set(webhook, (series = { account, webhook, outcomes: new Map() }))
    return series ?? others
  }

  return {
    attempted(account, webhook, outcome) {
      const { outcomes } = seriesOf(account, webhook)
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
    },
    render(accountId) {
      let text = head
      for (const { account, webhook, outcomes } of [...known.values(), others]) {
        if (accountId !== null && account !== accountId) continue
        for (const [outcome, count] of outcomes)
          text += `${name}{account="${account}",webhook="${webhook}",outcome="${outcome}"} ${count}\n`
      }
      return text
    },
  }
}
