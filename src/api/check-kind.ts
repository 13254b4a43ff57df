import { unknownKind } from '../actions/ingest/not-a-choice.ts'
import { findKind, vocabularyOf } from '../crm/index.ts'
import { Problem } from '../model/index.ts'
import type { Reads } from '../store/store.ts'

/**
 * The kind is a part of the path, so an unknown one is nothing that exists: a Problem `not_found`. Built-in kinds cost no
 * look into the store.
 */
export async function checkKind(
  { schema }: Pick<Reads, 'schema'>,
  accountId: string,
  name: string,
): Promise<void> {
  if (findKind(name)) return
  const { kinds } = vocabularyOf(await schema.get(accountId))
  if (!kinds.has(name)) throw new Problem('not_found', unknownKind('kind', name, kinds.keys()).message)
}
