/** What an edit sends: only what is another than it was, so that two people who change different things do not undo each other. */
import type { WebhookDraft, WebhookSettings } from '../../data/webhooks.ts'

/** The parts in which the server merges key by key; all else is replaced as a whole. */
const merged = ['request', 'delivery', 'limits'] as const

/** null where nothing changed. */
export function changesOf(before: WebhookSettings, after: WebhookSettings): WebhookDraft | null {
  const change: Record<string, unknown> = {}
  for (const key of Object.keys(after) as (keyof WebhookSettings)[]) {
    if (same(before[key], after[key])) continue
    change[key] = (merged as readonly string[]).includes(key)
      ? changedKeys(before[key] as object, after[key] as object)
      : after[key]
  }
  const request = change['request'] as WebhookDraft['request']
  // Another format has options of its own: those that are there belong to the old one.
  if (request?.format !== undefined) request.options = after.request.options
  return Object.keys(change).length > 0 ? (change as WebhookDraft) : null
}

function changedKeys(before: object, after: object): object {
  return Object.fromEntries(
    Object.entries(after).filter(([key, value]) => !same((before as Record<string, unknown>)[key], value)),
  )
}

/** Whether two JSON values say the same, whatever the order of their keys. */
export function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length &&
    keys.every(
      (key) =>
        Object.hasOwn(b, key) &&
        same((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]),
    )
  )
}
