/**
 * What this folder knows: when a delivery that failed is tried again. One file is one policy; a webhook names it in
 * `delivery.retry`: `{"policy": "schedule", "waits_s": [5, 300]}`. The options stand beside `policy`.
 */
import { once } from './once.ts'
import type { RetryPolicy } from './policy.ts'
import { schedule } from './schedule.ts'

export type { RetryPolicy } from './policy.ts'

export const retryPolicies: readonly RetryPolicy[] = [schedule, once]

const byName = new Map(retryPolicies.map((policy) => [policy.name, policy]))

export function findRetryPolicy(name: string): RetryPolicy | undefined {
  return byName.get(name)
}
