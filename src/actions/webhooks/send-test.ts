import type { TestInput, TestResult } from '../../delivery/index.ts'
import { type Trial, tryWebhook } from './test-webhook.ts'
import { eventOf, type TrialScene, type TriedWebhook, type TrialSubject } from './tried-event.ts'

export interface TestScene extends TrialScene {
  testSend(input: TestInput): Promise<TestResult>
}

/** What would be decided about one event, and what came of really sending it, once and either way. Keeps nothing. */
export async function sendTest(
  scene: TestScene,
  tried: TriedWebhook,
  subject: TrialSubject,
): Promise<Trial & TestResult> {
  const { webhook, account, schema } = tried
  const event = await eventOf(scene, tried, subject)
  const trial = tryWebhook(webhook, event, account, schema)
  return { ...trial, ...(await scene.testSend({ webhook, account, event })) }
}
