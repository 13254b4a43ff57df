import type { AuditFilter } from '../../../data/audit.ts'
import { readSpan, type Span, spanBounds, writeSpan } from '../../../parts/filter/span.ts'

/** What is looked for; all of it stands in the page's address under the API's names. */
export interface AuditSearch {
  subjectKind: string | null
  subjectId: string | null
  actor: string | null
  action: string | null
  span: Span | null
}

export const noSearch: AuditSearch = {
  subjectKind: null,
  subjectId: null,
  actor: null,
  action: null,
  span: null,
}

export function readAuditSearch(params: URLSearchParams): AuditSearch {
  return {
    subjectKind: params.get('subject_kind') || null,
    subjectId: params.get('subject_id') || null,
    actor: params.get('actor') || null,
    action: params.get('action') || null,
    span: readSpan(params),
  }
}

export function writeAuditSearch({
  subjectKind,
  subjectId,
  actor,
  action,
  span,
}: AuditSearch): URLSearchParams {
  const written: Record<string, string | null> = {
    subject_kind: subjectKind,
    subject_id: subjectId,
    actor,
    action,
    ...writeSpan(span),
  }
  return new URLSearchParams(
    Object.entries(written).filter((entry): entry is [string, string] => Boolean(entry[1])),
  )
}

/** As the API asks for it. */
export function toAuditFilter(search: AuditSearch, now: number, timeZone: string): AuditFilter {
  const { subjectKind, subjectId, actor, action, span } = search
  return {
    subject_kind: subjectKind ?? undefined,
    subject_id: subjectId ?? undefined,
    actor: actor ?? undefined,
    action: action ?? undefined,
    ...spanBounds(span, now, timeZone),
  }
}
