/**
 * Which webhooks an event is for, before any condition is asked.
 *
 * **Events.** A webhook subscribes to event types by names and patterns, joined by OR.
 *
 * **Scope.** Its entries are joined by OR, the parts of one by AND. They are compared with the record's pipeline, stage and
 * period after the change (for `deleted`, with those it had last). No scope means everywhere. A part that is left out or
 * lists nothing is not asked for; one that is asked for is not met by a record without that field.
 *
 * **Entering** says how a record comes to stand in the scope. It shapes the subscription to `<kind>.stage_changed`, and only
 * where there is a scope:
 * - `moved`: by a stage change. One that names the same stage before and after moved nothing.
 * - `created`: by being created there. `<kind>.created` matches although only `stage_changed` is named; stage changes do not.
 * - `moved_or_created`: by either.
 * What came the other way is answered with `entering`, so that a person can see that the webhook was asked. A webhook that
 * names `<kind>.created` itself (or by a pattern) gets it wherever its scope holds, whatever `entering` says.
 *
 * `matchVerdict` is this text as code, for one webhook. The matcher answers the same from an index by event type, pipeline,
 * and stage or period, so that an event costs nothing for the webhooks that wait elsewhere.
 */
import { actionOf, sameJson } from '../model/index.ts'
import type { CrmEvent, DecisionReason, Fields, ScopeEntry, Webhook } from '../model/index.ts'
import { patternMatches, patternsOf } from './patterns.ts'
import { idIn } from './read-value.ts'

/** What matching reads of a webhook. Its status is not matching's: a disabled one is matched, and decided last. */
export type Subscription = Pick<Webhook, 'events' | 'scope' | 'entering'>

export type MatchVerdict = Extract<DecisionReason, 'not_subscribed' | 'other_stage' | 'entering'>

/** A webhook that has a say in the event: its conditions are asked next, or it is skipped for `entering`. */
export interface Candidate<Entry> {
  webhook: Entry
  verdict: null | 'entering'
}

export interface Matcher<Entry> {
  /** The webhooks whose verdict is null or `entering`, in the order in which the matcher was given them. */
  candidates(event: CrmEvent): readonly Candidate<Entry>[]
}

/** Why a webhook is not for this event, or null where it is. */
export function matchVerdict(webhook: Subscription, event: CrmEvent): MatchVerdict | null {
  const asked = verdictOnType(webhook, event.type)
  if (asked === 'not_subscribed' || webhook.scope.length === 0) return asked
  if (!webhook.scope.some((entry) => standsIn(event.current, entry))) return 'other_stage'
  return movedNothing(event) ? 'entering' : asked
}

/** The part of the verdict that the type alone decides. */
function verdictOnType(webhook: Subscription, type: string): 'not_subscribed' | 'entering' | null {
  const subscribed = webhook.events.some((pattern) => patternMatches(pattern, type))
  const scoped = webhook.scope.length > 0
  const action = actionOf(type)
  if (subscribed) {
    return scoped && action === 'stage_changed' && webhook.entering === 'created' ? 'entering' : null
  }
  const waitsForMoves =
    scoped &&
    action === 'created' &&
    webhook.events.some((pattern) => patternMatches(pattern, stageChangedOf(type)))
  if (!waitsForMoves) return 'not_subscribed'
  return webhook.entering === 'moved' ? 'entering' : null
}

/** `lead.created` → `lead.stage_changed`. */
function stageChangedOf(type: string): string {
  return `${type.slice(0, type.indexOf('.'))}.stage_changed`
}

function standsIn(current: Fields, entry: ScopeEntry): boolean {
  const { pipeline_id: pipelineId, stage_ids: stageIds, period_ids: periodIds } = entry
  return (
    (pipelineId === undefined || pipelineId === idIn(current, 'pipeline_id')) &&
    (!stageIds?.length || stageIds.includes(idIn(current, 'stage_id') ?? noId)) &&
    (!periodIds?.length || periodIds.includes(idIn(current, 'period_id') ?? noId))
  )
}

/** No id holds a NUL: the API refuses it. */
const noId = '\0'

/** A stage change by another system that says itself that pipeline and stage stayed. One that does not say is believed. */
function movedNothing({ type, data }: CrmEvent): boolean {
  if (actionOf(type) !== 'stage_changed' || data.old_stage_id === undefined) return false
  const samePipeline = data.old_pipeline_id === undefined || sameJson(data.old_pipeline_id, data.pipeline_id)
  return samePipeline && sameJson(data.old_stage_id, data.stage_id)
}

/** A candidate with its place in the given order. */
interface Placed<Entry> extends Candidate<Entry> {
  order: number
  scope: readonly ScopeEntry[]
}

/** The webhooks of one event type. */
interface TypeIndex<Entry> {
  everywhere: Placed<Entry>[]
  /** By the ids that a scope entry asks for; see `placesOf`. */
  byPlace: Map<string, Placed<Entry>[]>
}

/**
 * Indexes webhooks; build it again when one of them changes. An event type's index is built when its first event comes, from
 * the webhooks that name it, so that kinds may be declared at any time.
 */
export function buildMatcher<Entry extends Subscription>(webhooks: readonly Entry[]): Matcher<Entry> {
  const byPattern = new Map<string, number[]>()
  webhooks.forEach((webhook, order) => {
    for (const pattern of new Set(webhook.events)) append(byPattern, pattern, order)
  })
  const byType = new Map<string, TypeIndex<Entry>>()

  function indexOf(type: string): TypeIndex<Entry> {
    let index = byType.get(type)
    if (!index) byType.set(type, (index = buildTypeIndex(type, webhooks, byPattern)))
    return index
  }
  return { candidates: (event) => candidatesOf(event, indexOf(event.type)) }
}

function buildTypeIndex<Entry extends Subscription>(
  type: string,
  webhooks: readonly Entry[],
  byPattern: Map<string, number[]>,
): TypeIndex<Entry> {
  const patterns = patternsOf(type)
  if (actionOf(type) === 'created') patterns.push(...patternsOf(stageChangedOf(type)))
  const orders = new Set(patterns.flatMap((pattern) => byPattern.get(pattern) ?? []))

  const index: TypeIndex<Entry> = { everywhere: [], byPlace: new Map() }
  for (const order of [...orders].sort((a, b) => a - b)) {
    const webhook = webhooks[order]!
    const verdict = verdictOnType(webhook, type)
    if (verdict === 'not_subscribed') continue
    const { scope } = webhook
    const placed: Placed<Entry> = { webhook, verdict, order, scope }
    if (scope.length === 0) index.everywhere.push(placed)
    for (const place of new Set(scope.flatMap(placesOf))) append(index.byPlace, place, placed)
  }
  return index
}

/**
 * Under which keys a scope entry is found: its pipeline, with each of its stages, or without stages each of its periods. An
 * entry with stages and periods is found by its stages alone, lest a hundred of each become ten thousand keys.
 */
function placesOf({
  pipeline_id: pipelineId,
  stage_ids: stageIds,
  period_ids: periodIds,
}: ScopeEntry): string[] {
  const pipeline = pipelineId ?? null
  if (stageIds?.length) return stageIds.map((stageId) => placeKey(pipeline, stageId, null))
  if (periodIds?.length) return periodIds.map((periodId) => placeKey(pipeline, null, periodId))
  return [placeKey(pipeline, null, null)]
}

/** A part that is not asked for is the separator alone, which no id can be. */
function placeKey(pipelineId: string | null, stageId: string | null, periodId: string | null): string {
  return `${pipelineId ?? noId}\n${stageId ?? noId}\n${periodId ?? noId}`
}

function candidatesOf<Entry>(event: CrmEvent, index: TypeIndex<Entry>): readonly Candidate<Entry>[] {
  if (index.byPlace.size === 0) return index.everywhere
  const { current } = event
  const pipelineId = idIn(current, 'pipeline_id')
  const stageId = idIn(current, 'stage_id')
  const periodId = idIn(current, 'period_id')

  const scoped = new Set<Placed<Entry>>()
  for (const pipeline of pipelineId === null ? [null] : [pipelineId, null]) {
    collect(placeKey(pipeline, null, null))
    if (stageId !== null) collect(placeKey(pipeline, stageId, null))
    if (periodId !== null) collect(placeKey(pipeline, null, periodId))
  }
  function collect(place: string): void {
    for (const placed of index.byPlace.get(place) ?? []) {
      // The key of an entry with stages and periods says nothing of its periods.
      if (!scoped.has(placed) && placed.scope.some((entry) => standsIn(current, entry))) scoped.add(placed)
    }
  }
  if (scoped.size === 0) return index.everywhere
  const stayed = movedNothing(event)
  const found = index.everywhere.slice()
  for (const placed of scoped) found.push(stayed ? { ...placed, verdict: 'entering' } : placed)
  return found.sort((a, b) => a.order - b.order)
}

function append<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const values = map.get(key)
  if (values) values.push(value)
  else map.set(key, [value])
}
