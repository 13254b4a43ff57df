import { Problem } from '../model/index.ts'
import type { Page } from '../store/store.ts'

const limitDefault = 50
const limitMax = 100

export interface PageQuery {
  limit?: string
  cursor?: string
}

/** What most lists go on behind: an id or a name. No store can look for a NUL. */
// oxlint-disable-next-line no-control-regex
const placeForm = /^[^\u0000]*$/

/**
 * Reads `limit` and `cursor` of a list. A cursor is good only for the list that handed it out. Anybody can write one: what it
 * holds is of the given `form`, and that is all that is known of it.
 */
export function readPage(query: PageQuery, list: string, form: RegExp = placeForm): Page {
  return {
    limit: readLimit(query.limit),
    after: query.cursor === undefined ? undefined : readCursor(query.cursor, list, form),
  }
}

/** The same of a list that goes by a number: versions, lines. */
export function readNumberedPage(
  query: PageQuery,
  list: string,
): { limit: number; after: number | undefined } {
  const { limit, after } = readPage(query, list, /^\d{1,9}$/)
  return { limit, after: after === undefined ? undefined : Number(after) }
}

function readLimit(text: string | undefined): number {
  if (text === undefined) return limitDefault
  const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0
  if (limit >= 1 && limit <= limitMax) return limit
  const message = `"limit" must be a whole number from 1 to ${limitMax}.`
  throw new Problem('bad_limit', message, { errors: [{ path: 'limit', code: 'out_of_range', message }] })
}

function readCursor(cursor: string, list: string, form: RegExp): string {
  const message = '"cursor" must be the next_cursor of an answer of this very list, unchanged.'
  const problem = new Problem('bad_cursor', message, {
    errors: [{ path: 'cursor', code: 'bad_cursor', message }],
  })
  if (!/^[A-Za-z0-9_-]{1,2000}$/.test(cursor)) throw problem
  let value: unknown
  try {
    value = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch {
    throw problem
  }
  const [of, lastId] = Array.isArray(value) ? (value as unknown[]) : []
  // Written back it must be the same text: base64 has several spellings of the same bytes.
  if (of !== list || typeof lastId !== 'string' || writeCursor(list, lastId) !== cursor) throw problem
  if (!form.test(lastId)) throw problem
  return lastId
}

function writeCursor(list: string, lastId: string): string {
  return Buffer.from(JSON.stringify([list, lastId])).toString('base64url')
}

/** A page of `{items, next_cursor}`. The rows are what the store answered for `page.limit + 1`, so that the last page is known. */
export function pageOf<Row, Item>(
  rows: Row[],
  page: Pick<Page, 'limit'>,
  list: string,
  idOf: (row: Row) => string,
  show: (row: Row) => Item,
): { items: Item[]; next_cursor: string | null } {
  const shown = rows.slice(0, page.limit)
  const last = rows.length > page.limit ? shown.at(-1) : undefined
  return { items: shown.map(show), next_cursor: last === undefined ? null : writeCursor(list, idOf(last)) }
}

/** A page that the store has cut itself: `next` is where it goes on. */
export function pageUpTo<Row, Item>(
  rows: Row[],
  next: string | null,
  list: string,
  show: (row: Row) => Item,
): { items: Item[]; next_cursor: string | null } {
  return { items: rows.map(show), next_cursor: next === null ? null : writeCursor(list, next) }
}

/** For rows that are shown together, once their page is cut. */
export const asItIs = <Row>(row: Row): Row => row

/** The page to ask the store for: one more than is shown. */
export function oneMore(page: Page): Page {
  return { ...page, limit: page.limit + 1 }
}

/** A page of a list that is read whole because it is small, by `idOf`, ascending. */
export function pageOfAll<Row>(
  rows: Row[],
  page: Page,
  list: string,
  idOf: (row: Row) => string,
): { items: Row[]; next_cursor: string | null } {
  const { after } = page
  const sorted = rows.toSorted((a, b) => compare(idOf(a), idOf(b)))
  const rest = after === undefined ? sorted : sorted.filter((row) => compare(idOf(row), after) > 0)
  return pageOf(rest, page, list, idOf, asItIs)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
