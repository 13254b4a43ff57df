/**
 * Waits for parts of one transaction that do not wait for each other: PostgreSQL gets all their statements at once, in their
 * order, instead of one for each round trip. Where one fails, the others are waited for, too: none may go on when the
 * transaction is run again.
 */
export async function together<Parts extends readonly unknown[]>(
  parts: readonly [...{ [Index in keyof Parts]: Promise<Parts[Index]> }],
): Promise<Parts> {
  const promises: readonly Promise<unknown>[] = parts
  const ends = await Promise.allSettled(promises)
  const values = ends.map((end) => {
    if (end.status === 'rejected') throw end.reason
    return end.value
  })
  return values as unknown as Parts
}
