import type { Json, JsonObject } from '../../data/json.ts'

/** One row of a mapping: what it fills, and where that stands. */
export interface MapRow {
  to: string
  from: string
  value: string
}

/** What a row can fill beside fields: the record's own things, and what happened to it. */
export const targets = [
  'record.id',
  'record.kind',
  'event',
  'occurred_at',
  'as_of',
  'actor_id',
  'external_id',
] as const
export type Target = (typeof targets)[number]

export function isTarget(to: string): to is Target {
  return (targets as readonly string[]).includes(to)
}

const listName = 'map'

/** Whether settings say where in a call things stand; their rows are those of `mapRows`. */
export function areMapped(
  options: readonly { name: string; columns?: readonly { name: string }[] }[],
): boolean {
  const columns = options.find(({ name }) => name === listName)?.columns?.map(({ name }) => name) ?? []
  return ['to', 'from', 'value'].every((name) => columns.includes(name))
}

export function mapRows(options: JsonObject): MapRow[] {
  const rows = options[listName]
  if (!Array.isArray(rows)) return []
  return rows.flatMap((row) =>
    isObject(row)
      ? [{ to: text(row['to']), from: text(row['from']) || 'path', value: text(row['value']) }]
      : [],
  )
}

/** What is filled from this place of the call; null where nothing is. */
export function filledFrom(options: JsonObject, path: string): string | null {
  return mapRows(options).find(({ from, value }) => from === 'path' && value === path)?.to ?? null
}

/** Fills `to` from this place, and from nowhere else; null takes the place out. */
export function fillFrom(options: JsonObject, path: string, to: string | null): JsonObject {
  const rows = mapRows(options)
  const others = rows.filter((row) => row.to !== to && !(row.from === 'path' && row.value === path))
  const row = to === null ? [] : [{ to, from: 'path', value: path }]
  // What filled it before, or was filled from here, stays where it stood in the list.
  const at = rows.findIndex((one) => one.to === to || (one.from === 'path' && one.value === path))
  return withRows(options, others.toSpliced(at < 0 ? others.length : Math.min(at, others.length), 0, ...row))
}

/** The kind that all calls are about; null where the calls say it, or nothing does. */
export function fixedKind(options: JsonObject): string | null {
  return mapRows(options).find(({ to, from }) => to === 'record.kind' && from === 'value')?.value ?? null
}

/** All calls are about records of this kind. */
export function withFixedKind(options: JsonObject, kind: string): JsonObject {
  const others = mapRows(options).filter(({ to }) => to !== 'record.kind')
  return withRows(options, [{ to: 'record.kind', from: 'value', value: kind }, ...others])
}

/** Settings that find nothing but are complete: what a call is asked with for the places that it has. */
export function emptyMapping(options: JsonObject): JsonObject {
  const nowhere: MapRow[] = [
    { to: 'record.kind', from: 'value', value: 'lead' },
    { to: 'record.id', from: 'value', value: '1' },
  ]
  return withRows(typeof options['items'] === 'string' ? { items: options['items'] } : {}, nowhere)
}

/** What a field would be called after the place: `customer.full name` → `full_name`. */
export function fieldNameOf(path: string): string {
  const last = /(?:\["([^"]+)"\]|([^.[\]]+))(?:\[\d*\])*$/.exec(path)
  return (last?.[1] ?? last?.[2] ?? path).trim().replaceAll(/\s+/g, '_').slice(0, 100)
}

function withRows(options: JsonObject, rows: MapRow[]): JsonObject {
  return { ...options, [listName]: rows.map((row) => ({ ...row })) }
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : ''
}
