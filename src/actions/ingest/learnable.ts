import { stagesMax } from '../../model/index.ts'
import type { AccountNames } from '../../record-events/index.ts'
import type { Applied } from './applied.ts'

const fieldsPerKindMax = 2000
const pipelinesPerKindMax = 200
const usersMax = 5000

/**
 * What of the names that were found an account remembers. All its names are read with its schema: whoever sends a new one
 * with every call, or with every item of it, would slow down all that the server does. A name above the bounds stays in its
 * record, and is only not known by itself.
 */
export function learnable(found: Applied['discovered'], names: AccountNames): Applied['discovered'] {
  const { users } = names
  return {
    fields: found.fields.filter(({ kind, name }) => hasRoom(names.fields(kind), name, fieldsPerKindMax)),
    pipelines: found.pipelines.filter(
      ({ kind, id, stages }) =>
        stages.length <= stagesMax && hasRoom(names.pipelines(kind), id, pipelinesPerKindMax),
    ),
    users: found.users.filter(({ id }) => hasRoom(users, id, usersMax)),
  }
}

function hasRoom(known: ReadonlyMap<string, unknown>, name: string, most: number): boolean {
  return known.has(name) || known.size < most
}
