import { get, type Page, type Query } from './client.ts'

/** Reads a list to its end: for lists that people keep short. At most `itemsMax` are read. */
export async function wholeList<T>(
  path: string,
  query: Query,
  signal: AbortSignal,
  itemsMax = 5000,
): Promise<T[]> {
  const found: T[] = []
  let cursor: string | null = null
  do {
    const page: Page<T> = await get<Page<T>>(path, { ...query, limit: 100, cursor }, signal)
    found.push(...page.items)
    cursor = page.next_cursor
  } while (cursor !== null && found.length < itemsMax)
  return found
}
