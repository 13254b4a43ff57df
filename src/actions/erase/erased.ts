import { fieldsOf, findKind, vocabularyOf } from '../../crm/index.ts'
import type { AccountSchema, CrmEvent, Decision, RecordRef } from '../../model/index.ts'
import type { RecordedEvent } from '../../store/store.ts'

/** An event of the record itself: who, when and which stay; what it held is gone, also from the traces of decisions. */
export function blankOwn({ event, decisions, ...rest }: RecordedEvent): RecordedEvent {
  return {
    ...rest,
    event: { ...event, current: {}, previous: {}, data: {}, related: {} },
    decisions: decisions.map((decision) => blankTrace(decision, () => true)),
  }
}

/**
 * The names under which an event of another record shows this one: `related.contact` with its id. Where two kinds share an
 * id, the name tells them apart; a field that is not declared any more is taken for a link to it.
 */
export function namesShowing(event: CrmEvent, record: RecordRef, schema: AccountSchema): string[] {
  return Object.keys(event.related).filter(
    (name) => event.related[name]!['id'] === record.id && mayBe(name, record.kind, event.record.kind, schema),
  )
}

function mayBe(name: string, kind: string, ofKind: string, schema: AccountSchema): boolean {
  if (name === kind) return true
  const builtIn = vocabularyOf(schema).kinds.get(ofKind)
  const own = builtIn ? fieldsOf(builtIn) : {}
  const plain = name.startsWith('old_') ? name.slice('old_'.length) : name
  for (const field of [`${plain}_id`, plain]) {
    const described =
      (Object.hasOwn(own, field) ? own[field] : undefined) ??
      schema.fields.find((one) => one.kind === ofKind && one.name === field)
    if (described) return described.type === 'link' && described.links === kind
  }
  // The company of a lead's contact has no field of the lead's own.
  return findKind(name) === undefined
}

/** An event of another record, without what it shows of this one under these names but the id. */
export function blankShown({ event, decisions, ...rest }: RecordedEvent, names: string[]): RecordedEvent {
  const related = { ...event.related }
  for (const name of names) related[name] = { id: related[name]!['id']! }
  const isShown = (field: string) => names.some((name) => field.startsWith(`${name}.`))
  return {
    ...rest,
    event: { ...event, related },
    decisions: decisions.map((decision) => blankTrace(decision, isShown)),
  }
}

function blankTrace(decision: Decision, isBlank: (field: string) => boolean): Decision {
  const failed = decision.failed.map((row) => (isBlank(row.field) ? { ...row, seen: null } : row))
  return { ...decision, failed }
}

/** Whether a text names the record's id, as a word of its own; also as URLs and JSON write it. */
export function makeMention(id: string): (text: string) => boolean {
  const forms = [...new Set([id, encodeURIComponent(id), JSON.stringify(id).slice(1, -1)])]
  const either = forms.map((form) => RegExp.escape(form)).join('|')
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}_])(?:${either})(?![\\p{L}\\p{N}_])`, 'u')
  // `%2288%22`: the digits before are no part of a word.
  return (text) => pattern.test(text) || (text.includes('%') && pattern.test(withoutPercent(text)))
}

function withoutPercent(text: string): string {
  return text.replaceAll(/%[0-9a-f]{2}/gi, (code) => String.fromCharCode(Number.parseInt(code.slice(1), 16)))
}
