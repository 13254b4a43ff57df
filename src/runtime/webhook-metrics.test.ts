import { expect, test } from 'vitest'
import { makeWebhookMetrics } from './webhook-metrics.ts'

test('webhooks have series of their own up to a bound, and accounts see only theirs', () => {
  const metrics = makeWebhookMetrics(2)
  metrics.attempted('acc_1', 'whk_1', 'delivered')
  metrics.attempted('acc_1', 'whk_1', 'retry')
  metrics.attempted('acc_2', 'whk_2', 'delivered')
  metrics.attempted('acc_1', 'whk_3', 'delivered')
  metrics.attempted('acc_2', 'whk_4', 'delivered')
  metrics.attempted('acc_1', 'whk_1', 'delivered')
  const series = (accountId: string | null) =>
    metrics
      .render(accountId)
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
  const own = (outcome: string, count: number) =>
    `hookline_webhook_attempts_total{account="acc_1",webhook="whk_1",outcome="${outcome}"} ${count}`
  expect(series('acc_1')).toEqual([own('delivered', 2), own('retry', 1)])
  expect(series('acc_3')).toEqual([])
  expect(series(null)).toHaveLength(4)
  expect(series(null)).toContain(
    'hookline_webhook_attempts_total{account="",webhook="other",outcome="delivered"} 2',
  )
})
