import type { EventType } from '../../../data/catalogue.ts'

/** What an action is called, whatever the kind: "stage changed" of "Lead: stage changed"; its name where no kind has it. */
export function actionTitle(events: Pick<EventType, 'action' | 'title'>[], action: string): string {
  const title = events.find((event) => event.action === action)?.title
  return title?.replace(/^[^:]+:\s*/, '') ?? action
}
