/** In words, when a webhook fires: "Lead: moved to Won or Offer of Sales or created there". */
import type { TFunction } from 'i18next'
import { localeOf } from '../../i18n/languages.ts'
import type { Catalogue, EventType } from '../../data/catalogue.ts'
import type { Pipeline } from '../../data/pipelines.ts'
import type { ScopeEntry, WebhookSettings } from '../../data/webhooks.ts'
import { patternMeans, subscribedTypes } from './subscribed.ts'

export interface WhenContext {
  t: TFunction<'form'>
  language: string
  catalogue: Pick<Catalogue, 'events' | 'system_events' | 'kinds'>
  pipelines: readonly Pipeline[]
  /** Of a type or a pattern. */
  titleOf: (event: string) => string
}

export interface WhenText {
  /** Each by itself makes it fire. */
  clauses: string[]
  /** Kinds whose events are asked for but can never stand in the scope. */
  never: string[]
}

type When = Pick<WebhookSettings, 'events' | 'scope' | 'entering'>

/** How many events a clause names before it says how many more there are. */
const namedMax = 4

export function whenText(when: When, context: WhenContext): WhenText {
  const { events, scope } = when
  if (events.length === 0) return { clauses: [], never: [] }
  if (scope.length === 0) return { clauses: [eventList(events, context)], never: [] }
  const types = subscribedTypes({ ...when, entering: 'moved' }, context.catalogue)
  const texts = [...Map.groupBy(types, ({ kind }) => kind)].map(([kind, ofKind]) => ({
    kind,
    clauses: clausesOfKind(kind, ofKind, when, context),
  }))
  return {
    clauses: texts.flatMap(({ clauses }) => clauses),
    never: texts.filter(({ clauses }) => clauses.length === 0).map(({ kind }) => pluralOf(kind, context)),
  }
}

/** [] where its records can never stand in the scope. */
function clausesOfKind(
  kind: string,
  types: EventType[],
  { events, scope, entering }: When,
  context: WhenContext,
): string[] {
  const { t, catalogue } = context
  const capabilities = catalogue.kinds.find(({ name }) => name === kind)?.capabilities ?? []
  const entries = scope.filter((entry) => canStand(kind, capabilities, entry, context.pipelines))
  if (entries.length === 0) return []
  const moves = types.some(({ action }) => action === 'stage_changed')
  const others = types.filter(({ action }) => action !== 'stage_changed')
  const title = catalogue.kinds.find(({ name }) => name === kind)?.title ?? kind
  const clauses: string[] = []
  if (moves) {
    const places = placeList(kind, entries, entering === 'created' ? 'in' : 'to', context)
    clauses.push(t(`when.${entering}`, { kind: title, places }))
  }
  if (others.length > 0) {
    // A pattern is named as such where all that it means of this kind is there.
    const pattern = events.find(
      (event) => event.includes('*') && types.every((type) => patternMeans(event, type)),
    )
    const named =
      pattern === undefined
        ? eventList(
            others.map(({ type }) => type),
            context,
          )
        : context.titleOf(pattern)
    clauses.push(t('when.stands', { events: named, places: placeList(kind, entries, 'in', context) }))
  }
  return clauses
}

function canStand(
  kind: string,
  capabilities: string[],
  entry: ScopeEntry,
  pipelines: readonly Pipeline[],
): boolean {
  const { pipeline_id, stage_ids, period_ids } = entry
  if (period_ids && !capabilities.includes('periodic')) return false
  if (pipeline_id === undefined && !stage_ids) return true
  if (!capabilities.includes('staged')) return false
  const named = pipelines.filter(({ id }) => id === pipeline_id)
  // One that nobody has made yet may become any kind's.
  return named.length === 0 || named.some((pipeline) => pipeline.kind === kind)
}

/** "to Won or Offer of Sales or to any stage of Returns". */
function placeList(kind: string, entries: ScopeEntry[], way: 'to' | 'in', context: WhenContext): string {
  const { t, language, pipelines } = context
  const quoted = (name: string) => t('when.name', { name })
  const phrases = entries.map(({ pipeline_id, stage_ids, period_ids }) => {
    const pipeline =
      pipelines.find((one) => one.id === pipeline_id && one.kind === kind) ??
      pipelines.find(({ id }) => id === pipeline_id)
    const name = quoted(pipeline?.name || (pipeline_id ?? ''))
    const stages = orList(
      (stage_ids ?? []).map((id) => quoted(pipeline?.stages.find((stage) => stage.id === id)?.name || id)),
      language,
    )
    const place = placePhrase(
      { stages: stage_ids ? stages : null, pipeline: pipeline_id === undefined ? null : name },
      way,
      t,
    )
    if (!period_ids) return place
    const periods = t('when.periods', { periods: orList(period_ids.map(quoted), language) })
    return place === '' ? periods : `${place}, ${periods}`
  })
  return orList(phrases, language)
}

function placePhrase(
  { stages, pipeline }: { stages: string | null; pipeline: string | null },
  way: 'to' | 'in',
  t: TFunction<'form'>,
): string {
  if (stages !== null && pipeline !== null) return t(`when.${way}.stages`, { stages, pipeline })
  if (stages !== null) return t(`when.${way}.bare`, { stages })
  return pipeline === null ? '' : t(`when.${way}.whole`, { pipeline })
}

function eventList(events: readonly string[], { t, titleOf, language }: WhenContext): string {
  const shown = events.length > namedMax ? events.slice(0, namedMax - 1) : events
  const rest = events.length - shown.length
  const titles = shown.map(titleOf)
  return orList(rest > 0 ? [...titles, t('when.more', { count: rest })] : titles, language)
}

function pluralOf(kind: string, { catalogue }: WhenContext): string {
  return catalogue.kinds.find(({ name }) => name === kind)?.plural ?? kind
}

function orList(parts: readonly string[], language: string): string {
  return new Intl.ListFormat(localeOf(language), { type: 'disjunction' }).format(parts)
}
