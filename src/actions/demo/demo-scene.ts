import type { Cause } from '../../model/index.ts'
import type { WebhookScene } from '../webhooks/webhooks.ts'

/** What the demo is loaded with. */
export interface DemoScene extends WebhookScene {
  rateGuardPerMinute: number
  /** How many requests an inspector keeps, and how many calls a source. */
  inspectorKeep: number
  sourceKeep: number
  signCause(cause: Cause, accountId: string): string
}
