import { notFound, type Webhook } from '../../model/index.ts'
import { newId } from '../../runtime/ids.ts'
import { newSigningSecret } from './secret-text.ts'
import { changedMeanwhile, type WebhookScene } from './webhooks.ts'

const nameCharactersMax = 200
/** Room for the longest end of a name, ` (copy 999999)`. */
const endCharactersMax = 14
/** Of so many webhooks that share the name, the names are looked at. */
const namesakesMax = 1000

/**
 * Makes another webhook with all settings of this one, the credentials that are kept for its receiver among them, and a
 * signing secret of its own. It is off until somebody switches it on. Throws a Problem `not_found`.
 */
export async function duplicateWebhook(scene: WebhookScene, webhookId: string): Promise<Webhook> {
  const { tx, clock, account_id, by } = scene
  const original = await tx.webhooks.get(account_id, webhookId)
  if (!original) throw notFound('webhook', webhookId)
  const base = cut(original.name.replace(/ \(copy(?: \d+)?\)$/, ''))
  const namesakes = await tx.webhooks.list(account_id, { search: base }, { limit: namesakesMax })
  const now = clock()
  const copy: Webhook = {
    ...original,
    id: newId('whk', now),
    version: 1,
    status: 'disabled',
    status_reason: 'a copy that nobody has switched on yet',
    name: copyName(base, new Set(namesakes.map(({ name }) => name))),
    signing_secrets: [{ secret: newSigningSecret(), until: null }],
    pauses: [],
    created_at: now,
    updated_at: now,
  }
  if (!(await tx.webhooks.put(copy, by))) throw changedMeanwhile()
  return copy
}

/** `Deals (copy)`, `Deals (copy 2)`…: the first one that is free. */
function copyName(base: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number++) {
    const end = number === 1 ? ' (copy)' : ` (copy ${number})`
    const name = base + end
    if (!taken.has(name)) return name
  }
}

/** Never inside a character that takes two units. */
function cut(name: string): string {
  return name
    .slice(0, nameCharactersMax - endCharactersMax)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trimEnd()
}
