import { type Vocabulary, vocabularyOf } from '../crm/index.ts'
import { checkOptions, invalid } from '../model/index.ts'
import type { AccountSchema, JsonObject, ProblemDetail, RecordRef } from '../model/index.ts'
import { callOf, findSource, signVisitor, sources } from '../sources/index.ts'
import type { Reading, SampleCall, Source, SourceItem, SourcePreview } from '../sources/index.ts'
import { sampleSecret } from '../sources/source.ts'
import { notAChoice, unknownKind } from './ingest/not-a-choice.ts'
import { hmacSha256 } from './receive.ts'

/** @throws Problem `invalid` with the nearest adapter */
export function adapterOf(name: string): Source {
  const adapter = findSource(name)
  if (adapter) return adapter
  const names = sources.map((source) => source.name)
  throw invalid([notAChoice('adapter', name, names, { what: 'adapter' })])
}

/**
 * A source's options, whole: checked against the adapter's description, with its defaults filled in.
 * @throws Problem `invalid`
 */
export function sourceOptions(adapter: Source, sent: JsonObject): JsonObject {
  const { options, errors } = checkOptions(adapter.options, sent, 'options')
  const more = errors.length === 0 ? (adapter.check?.(options) ?? []) : []
  const problems = [...errors, ...more.map((detail) => ({ ...detail, path: `options.${detail.path}` }))]
  if (problems.length > 0) throw invalid(problems)
  return options
}

export interface Preview extends Pick<Reading, 'items' | 'problems' | 'ignored' | 'answer'> {
  /** The settings applied to the call, row by row; null for adapters that have no such settings. */
  mapping: SourcePreview | null
}

/**
 * What a call would come to, without a source and without writing anything. Items that the account has no kind or activity
 * for are named among the problems. Signatures in it are held against the secret of the samples.
 */
export function previewSource(
  adapter: Source,
  options: JsonObject,
  sample: SampleCall,
  at: number,
  schema: AccountSchema,
): Preview {
  const call = callOf(sample, at)
  const { items, problems, ignored, answer } = adapter.read(call, options, {
    secret: sampleSecret,
    hmacSha256,
  })
  const vocabulary = vocabularyOf(schema)
  return {
    items,
    problems: [...problems, ...items.flatMap((item, index) => itemProblems(item, index, vocabulary))],
    ignored,
    answer,
    mapping: adapter.preview?.(call, options) ?? null,
  }
}

function itemProblems(item: SourceItem, index: number, { kinds, eventTypes }: Vocabulary): ProblemDetail[] {
  const { kind } = item.record
  if (!kinds.has(kind)) return [unknownKind(`items[${index}].record.kind`, kind, kinds.keys())]
  if (item.do !== 'activity' || eventTypes.get(`${kind}.${item.type}`)?.activity) return []
  const known = [...eventTypes.values()].filter((one) => one.kind === kind && one.activity)
  const names = known.map(({ action }) => action)
  const words = { code: 'unknown_activity', what: `activity of a ${kind}` }
  return [notAChoice(`items[${index}].type`, item.type, names, words)]
}

/**
 * Says in a page which record its visitor is, so that only whoever holds the source's secret can say it.
 * @throws Problem `invalid` where records of this kind are not visited
 */
export function visitorToken(secret: string, record: RecordRef, schema: AccountSchema): string {
  const { kinds, eventTypes } = vocabularyOf(schema)
  if (!kinds.has(record.kind)) throw invalid([unknownKind('kind', record.kind, kinds.keys())])
  if (!eventTypes.has(`${record.kind}.site_visited`)) {
    const visited = [...kinds.keys()].filter((kind) => eventTypes.has(`${kind}.site_visited`)).join(', ')
    const message = `A ${record.kind} is not visited. These kinds are: ${visited}.`
    throw invalid([{ path: 'kind', code: 'not_visited', message }])
  }
  return signVisitor(secret, record, hmacSha256)
}
